/** Shown before "Show more": about a page of the narrow panel. */
const SHOWN_LENGTH = 1_200;
const SHOWN_LINES = 24;
/** Real writing stacks two or three marks on a letter; Zalgo text stacks hundreds. */
const SHOWN_MARKS = 6;

const MARKS = new RegExp(`(\\p{M}{${SHOWN_MARKS}})\\p{M}+`, 'gu');

/** Control characters have no look of their own: C0 gets its picture (␛), the rest the replacement sign. Line breaks and tabs stay. */
export function harmless(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000B-\u001F]/g, (control) => String.fromCharCode(0x2400 + control.charCodeAt(0)))
    .replace(/[\u007F-\u009F]/g, '\uFFFD');
}

/** What is shown at first, and whether that is less than all: thousands of stacked marks or lines must not cost a frame (attack 61). */
export function preview(text: string): { shown: string; cut: boolean } {
  let shown = text.replace(MARKS, '$1');
  const lines = shown.split('\n', SHOWN_LINES + 1);
  if (lines.length > SHOWN_LINES) shown = lines.slice(0, SHOWN_LINES).join('\n');
  if (shown.length > SHOWN_LENGTH) {
    const room = shown.slice(0, SHOWN_LENGTH);
    const space = room.search(/\s\S*$/u);
    // A surrogate pair is not cut in two.
    shown = space > SHOWN_LENGTH / 2 ? room.slice(0, space) : room.replace(/[\uD800-\uDBFF]$/u, '');
  }
  return { shown, cut: shown.length < text.length };
}

/** The first words, on one line, for lists, the ribbon and announcements. */
export function firstWords(text: string, length = 120): string {
  const line = harmless(text.slice(0, 4 * length))
    .replace(MARKS, '$1')
    .replace(/\s+/g, ' ')
    .trim();
  return line.length <= length ? line : `${line.slice(0, length).replace(/[\uD800-\uDBFF]$/u, '')}…`;
}
