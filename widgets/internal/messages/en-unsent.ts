import type { PluralForms } from './en.js';

/** What is said of messages that were written and not sent, wherever in the panel one is. */
export const unsentMessages = {
  unsentCount: { one: '{count} message was not sent', other: '{count} messages were not sent' },
  reviewUnsent: 'Look at them',
  hideUnsent: 'Hide',
  unsentIn: '{name}, {time}',
  keptInPage: 'This browser cannot keep what waits to be sent. Leave this page open until it is sent.',
} as const satisfies Record<string, string | PluralForms>;
