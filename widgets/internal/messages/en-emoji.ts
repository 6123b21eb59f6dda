import type { PluralForms } from './en.js';

/** What the emoji picker says; loaded with it. */
export const emojiMessages = {
  emojiPicker: 'Emoji',
  emojiSearch: 'Search emoji',
  emojiLoading: 'Loading emoji …',
  emojiFailed: 'The emoji could not be loaded.',
  emojiNone: 'No emoji found for “{text}”.',
  emojiHits: { one: '{count} emoji found', other: '{count} emoji found' },
  emojiGroups: 'Groups of emoji',
  emojiRecent: 'Recently used',
  emojiSmileys: 'Smileys and feelings',
  emojiPeople: 'People and hands',
  emojiNature: 'Animals and nature',
  emojiFood: 'Food and drink',
  emojiTravel: 'Travel and places',
  emojiActivities: 'Activities',
  emojiObjects: 'Objects',
  emojiSymbols: 'Symbols',
  emojiFlags: 'Flags',
  skinTone: 'Skin tone',
  skinToneNone: 'Without skin tone',
  skinToneLight: 'Light',
  skinToneMediumLight: 'Medium-light',
  skinToneMedium: 'Medium',
  skinToneMediumDark: 'Medium-dark',
  skinToneDark: 'Dark',
} as const satisfies Record<string, string | PluralForms>;
