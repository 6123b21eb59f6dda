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
  dnd: 'Do not disturb',
  presenceOffline: 'Offline',
  presenceUnknown: 'Status unknown',
  chatUnavailable: 'Chat not available',
  phoneIdle: 'Phone free',
  phoneRinging: 'Phone ringing',
  phoneOnCall: 'On a call',
  phoneHold: 'Call on hold',
  phoneUnknown: 'Phone not known',
  presenceWithPhone: '{presence}. {phone}',
  presenceWithMessage: '{status}, {message}',
  presenceOf: '{name}: {status}',
  presenceOpensChat: '{name}: {status}. Start chat',
} as const satisfies Record<string, string | PluralForms>;
