import type { PluralForms } from './en.js';

/** What the elements say that every page of a host has at once. */
export const coreMessages = {
  chat: 'Chat',
  retry: 'Try again',
  unknownPerson: 'Unknown person',
  loading: 'Loading',
  unreadMessages: { one: '{count} unread message', other: '{count} unread messages' },
  manyUnreadMessages: 'More than 99 unread messages',
  closePanel: 'Close chat',
  panelFailed: 'The chat could not be loaded.',
  available: 'Available',
  busy: 'Busy',
  away: 'Away',
  presenceOffline: 'Offline',
  presenceUnknown: 'Status unknown',
  presenceWithMessage: '{status}, {message}',
  presenceOf: '{name}: {status}',
  presenceOpensChat: '{name}: {status}. Start chat',
} as const satisfies Record<string, string | PluralForms>;
