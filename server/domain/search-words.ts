/** Letters that NFKD leaves whole but that people type without their stroke or ligature. */
const PLAIN: Readonly<Record<string, string>> = { ø: 'o', đ: 'd', ð: 'd', ł: 'l', ħ: 'h', æ: 'ae', œ: 'oe', þ: 'th', ς: 'σ' };

const ASCII = /^\p{ASCII}*$/u;

/** A text without the differences that a search overlooks: accents, case, width, ligatures. */
export function fold(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toUpperCase() // first up, then down: ß becomes ss and the dotless i becomes i
    .toLowerCase()
    .replace(/[øđðłħæœþς]/gu, (letter) => PLAIN[letter] ?? letter);
}

/** A telephone number without the signs that people put between the digits. */
export function foldNumber(text: string): string {
  return fold(text).replace(/[\s()./\u2010-\u2015-]+/gu, '');
}

/** The words under which a person is found: of O'Brien both `obrien` and `o`, `brien`. */
export function indexWords(texts: readonly string[]): string[] {
  const found = new Set<string>();
  for (const folded of texts.map(fold)) {
    const joined = withoutApostrophes(folded);
    for (const word of split(folded)) found.add(word);
    if (joined !== folded) for (const word of split(joined)) found.add(word);
  }
  return [...found];
}

/** The words that somebody searches for; one that begins another is left out, because the longer one says it already. */
export function queryWords(text: string): string[] {
  const words = [...new Set(wordsOf(text))];
  return words.filter((word) => !words.some((other) => other !== word && other.startsWith(word)));
}

/** The words of a text as it stands, folded: of O'Brien `obrien`. */
export function wordsOf(text: string): string[] {
  return split(withoutApostrophes(fold(text)));
}

function split(folded: string): string[] {
  return folded.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}

function withoutApostrophes(text: string): string {
  return text.replace(/(?<=\p{L})['\u2019\u02BC](?=\p{L})/gu, '');
}
