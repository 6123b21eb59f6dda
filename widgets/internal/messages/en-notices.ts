import type { PluralForms } from './en.js';

/** What banner, title and desktop notification say; loaded when somebody is signed in. */
export const noticesMessages = {
  unreadInTitle: 'Unread messages',
  notices: 'Chat notices',
  noticeMessage: 'New message from {name}',
  noticeGroup: 'New message from {name} in a group',
  noticeInvitation: '{name} invites you to a chat',
  noticeOpen: 'Open',
  noticeDismiss: 'Dismiss',
  noticeMore: { one: '{count} more', other: '{count} more' },
  noticeAt: '{what}, {time}',
} as const satisfies Record<string, string | PluralForms>;
