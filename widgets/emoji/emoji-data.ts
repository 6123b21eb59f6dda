import type { MessageKey } from '../internal/messages/en.js';

/** The groups of Unicode, in its order, and what each is called. The build names them in its files (widgets/bundle/emoji-file.ts). */
export const GROUP_NAMES = {
  smileys: 'emojiSmileys',
  people: 'emojiPeople',
  nature: 'emojiNature',
  food: 'emojiFood',
  travel: 'emojiTravel',
  activities: 'emojiActivities',
  objects: 'emojiObjects',
  symbols: 'emojiSymbols',
  flags: 'emojiFlags',
} as const satisfies Record<string, MessageKey>;

export type EmojiGroupId = keyof typeof GROUP_NAMES;

export interface Emoji {
  emoji: string;
  /** In the reader's language. */
  name: string;
  /** Folded words of the name and of what else it is found by. */
  words: readonly string[];
  /** It is a person or a hand, and may have a skin tone. */
  toned: boolean;
  /** Of the Unicode list that it came with; 0 for those that every device has. */
  version: number;
}

export interface EmojiGroup {
  id: EmojiGroupId;
  emoji: readonly Emoji[];
}

/** Light to dark; 0 is without. */
const SKIN_TONES = ['', '\u{1F3FB}', '\u{1F3FC}', '\u{1F3FD}', '\u{1F3FE}', '\u{1F3FF}'] as const;
export type SkinTone = 0 | 1 | 2 | 3 | 4 | 5;

/** There is a file in each. */
export const LANGUAGES = ['en', 'de', 'fr', 'es', 'ar'];

/** One emoji of a file: what else it is found by, 1 when it takes a skin tone, and its version when not all devices have it. */
export type Row = [emoji: string, name: string, words?: string, toned?: number, version?: number];

/** Case, accents and marks do not count when one searches. */
function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

function wordsOf(text: string): string[] {
  return fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** From Parley's own server and nowhere else; in English where there is no file in the reader's language. Rejects when it cannot be had. */
export async function loadEmoji(server: string, locale: string): Promise<readonly EmojiGroup[]> {
  const wanted = locale.slice(0, 2);
  const language = LANGUAGES.includes(wanted) ? wanted : 'en';
  const response = await fetch(new URL(`/parley/emoji/${language}.json`, server), { credentials: 'omit', referrerPolicy: 'no-referrer' });
  if (!response.ok) throw new Error(`emoji: ${response.status}`);
  const groups = (await response.json()) as [EmojiGroupId, Row[]][];
  return groups
    .filter(([id]) => id in GROUP_NAMES)
    .map(([id, rows]) => ({
      id,
      emoji: rows.map(([emoji, name, words = '', toned = 0, version = 0]) => ({
        emoji,
        name,
        words: wordsOf(`${name} ${words}`),
        toned: toned === 1,
        version,
      })),
    }));
}

/** Each word sought begins a word of the emoji. Those whose name has them come before those found by another word. */
export function searchEmoji(groups: readonly EmojiGroup[], text: string): Emoji[] {
  const sought = wordsOf(text);
  const all = groups.flatMap(({ emoji }) => emoji);
  const hits = all.filter(({ words }) => sought.every((part) => words.some((word) => word.startsWith(part))));
  const inName = new Set(hits.filter(({ name }) => sought.every((part) => wordsOf(name).some((word) => word.startsWith(part)))));
  return [...inName, ...hits.filter((hit) => !inName.has(hit))];
}

/** With the tone, where it can have one: the tone stands after the person, in place of the mark that asks for the picture. */
export function withTone({ emoji, toned }: Pick<Emoji, 'emoji' | 'toned'>, tone: SkinTone): string {
  return toned && tone > 0 ? emoji.replace(/^(\p{Emoji_Modifier_Base})\uFE0F?/u, `$1${SKIN_TONES[tone]}`) : emoji;
}
