import type { PluralForms } from './en.js';

/** What the menu of predefined messages and its editor say; loaded with them. */
export const predefinedMessages = {
  predefinedNone: 'No predefined messages yet.',
  predefinedManage: 'My predefined messages …',
  predefinedTitle: 'My predefined messages',
  predefinedHint: 'They are put into the message and never sent by themselves.',
  predefinedText: 'Text {count}',
  predefinedAdd: 'Add a text',
  predefinedRemove: 'Remove text {count}',
  predefinedFull: 'There are as many texts as one may have.',
  predefinedFailed: 'The texts could not be saved.',
} as const satisfies Record<string, string | PluralForms>;
