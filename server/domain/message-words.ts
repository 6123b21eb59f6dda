import type { EntryBody } from '#protocol';
import { fold, indexWords, wordsOf } from './search-words.js';

/** Characters of a word that count; what is longer is no word but a blob, and is found by its beginning. */
const LONGEST = 48;

/** Scripts that are written without spaces: every character is a word of its own there. */
const UNSPACED =
  /(?<=[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}])|(?=[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}])/u;

/** Where such a script, or a word that is long when it is folded, may be: asked once of a text instead of once of each word. */
const PECULIAR = /[\u0e00-\uffff]|\S{24}/;

/** What somebody looks for: messages with all of these words, and a word that begins with `beginning`. */
export interface MessageQuery {
  words: readonly string[];
  beginning: string;
}

/** The words under which an entry is found: of a message its text and the labels of its links, of everything else none. */
export function entryWords(body: EntryBody): string[] {
  if (body.kind !== 'message') return [];
  const texts = [body.text, ...body.links.flatMap(({ label }) => label ?? [])];
  const words = indexWords(texts);
  return texts.some((text) => PECULIAR.test(text)) ? [...new Set(words.flatMap(apart))] : words;
}

/** Null when the text has no letter and no digit: it finds nothing. The last word may still be being typed. */
export function messageQuery(text: string): MessageQuery | null {
  const words = wordsOf(text).flatMap(apart);
  const beginning = words.at(-1);
  if (beginning === undefined) return null;
  return { words: [...new Set(words.slice(0, -1))], beginning };
}

/** Whether an entry with these words is meant. */
export function answers(found: readonly string[], { words, beginning }: MessageQuery): boolean {
  return words.every((word) => found.includes(word)) && found.some((word) => word.startsWith(beginning));
}

/** Where a word of a text may stand in its folded canonical JSON in another way than in the index: escapes, and apostrophes within words. */
const UNLIKE = /[\\'\u2019\u02BC]/;

/** Whether an entry with this body, as it is stored, can be meant: it costs a tenth of looking at its words, or a third where not all is ASCII. */
export function mayAnswer(body: string, { words, beginning }: MessageQuery): boolean {
  const folded = fold(body);
  return UNLIKE.test(folded) || (folded.includes(beginning) && words.every((word) => folded.includes(word)));
}

function apart(word: string): string[] {
  return word.split(UNSPACED).map((part) => (part.length > LONGEST ? [...part].slice(0, LONGEST).join('') : part));
}
