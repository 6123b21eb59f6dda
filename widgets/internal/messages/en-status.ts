import type { PluralForms } from './en.js';

/** What the menu of one's own status says; loaded with it. */
export const statusMessages = {
  statusWords: 'Words for “{status}”',
  statusWordsHint: 'For example: back at 15:00',
} as const satisfies Record<string, string | PluralForms>;
