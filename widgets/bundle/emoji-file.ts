import { type EmojiGroupId, GROUP_NAMES, type Row } from '../emoji/emoji-data.js';

/** An emoji in Unicode's list, as `unicode-emoji-json` has it. */
export interface ListedEmoji {
  emoji: string;
  emoji_version: string;
  skin_tone_support: boolean;
}

/** Name and further words of each emoji, as `cldr-annotations-full` has them. */
export type Annotations = Readonly<Record<string, { default?: readonly string[]; tts?: readonly string[] }>>;

/** The version of Unicode's list that every device has. */
const EVERYWHERE = 11;

/**
 * The file that the picker asks for (widgets/emoji/emoji-data.ts), written when the bundle is built: the emoji by group, in the order of
 * Unicode's own list, named in one language.
 */
export function emojiFile(groups: readonly { emojis: readonly ListedEmoji[] }[], annotations: Annotations, language: string): string {
  const regions = new Intl.DisplayNames(language, { type: 'region' });
  const ids = Object.keys(GROUP_NAMES) as EmojiGroupId[];
  const rows = ids.map((id, index): [EmojiGroupId, Row[]] => [
    id,
    (groups[index]?.emojis ?? []).flatMap((listed) => rowOf(listed, annotations, regions) ?? []),
  ]);
  return JSON.stringify(rows);
}

function rowOf(listed: ListedEmoji, annotations: Annotations, regions: Intl.DisplayNames): [Row] | null {
  const { emoji } = listed;
  const letters = /^[\u{1F1E6}-\u{1F1FF}]{2}$/u.test(emoji)
    ? String.fromCharCode(...[...emoji].map((letter) => (letter.codePointAt(0) ?? 0) - 0x1f1a5))
    : '';
  const { tts, default: keywords = [] } = annotations[emoji] ?? annotations[emoji.replaceAll('\uFE0F', '')] ?? {};
  const name = letters === '' ? tts?.[0] : regions.of(letters);
  // Variants that Unicode names by rule, such as red hair or "facing right", are left out: they would double what one looks through.
  if (!name) return null;
  const words = new Set(
    [...keywords, letters]
      .join(' ')
      .toLowerCase()
      .split(/[\s|]+/),
  );
  for (const word of name.toLowerCase().split(/\s+/)) words.delete(word);
  // A sequence of several people would need a tone for each of them.
  const toned = listed.skin_tone_support && emoji.match(/\p{Emoji_Modifier_Base}/gu)?.length === 1;
  const version = Number(listed.emoji_version);
  const row: Row = [emoji, name, [...words].filter(Boolean).join(' '), toned ? 1 : 0, version > EVERYWHERE ? version : 0];
  while (row.at(-1) === 0) row.pop();
  return [row];
}
