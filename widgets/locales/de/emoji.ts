import type { emojiMessages } from '../../internal/messages/en-emoji.js';
import type { Translated } from '../../internal/messages/en.js';

export const emoji: Translated<typeof emojiMessages, 'one' | 'other'> = {
  emojiPicker: 'Emoji',
  emojiSearch: 'Emoji suchen',
  emojiLoading: 'Emoji werden geladen …',
  emojiFailed: 'Die Emoji konnten nicht geladen werden.',
  emojiNone: 'Kein Emoji gefunden für „{text}“.',
  emojiHits: { one: '{count} Emoji gefunden', other: '{count} Emoji gefunden' },
  emojiGroups: 'Emoji-Gruppen',
  emojiRecent: 'Zuletzt verwendet',
  emojiSmileys: 'Smileys und Gefühle',
  emojiPeople: 'Personen und Hände',
  emojiNature: 'Tiere und Natur',
  emojiFood: 'Essen und Trinken',
  emojiTravel: 'Reisen und Orte',
  emojiActivities: 'Aktivitäten',
  emojiObjects: 'Gegenstände',
  emojiSymbols: 'Symbole',
  emojiFlags: 'Flaggen',
  skinTone: 'Hautton',
  skinToneNone: 'Ohne Hautton',
  skinToneLight: 'Hell',
  skinToneMediumLight: 'Mittelhell',
  skinToneMedium: 'Mittel',
  skinToneMediumDark: 'Mitteldunkel',
  skinToneDark: 'Dunkel',
};
