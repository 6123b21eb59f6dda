import type { PluralForms } from './en.js';

/** What the context menu of a person says; loaded with it. */
export const badgeMessages = {
  sendInstantMessage: 'Send instant message',
} as const satisfies Record<string, string | PluralForms>;
