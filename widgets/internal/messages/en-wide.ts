import type { PluralForms } from './en.js';

/** What is said only where there is room for tabs and for details (panel/). */
export const wideMessages = {
  openChats: 'Open chats',
  closeTab: 'Close {name}',
  aboutChat: 'About this chat',
  linkedItems: 'Linked items',
  noLinkedItems: 'Nothing was linked in the messages shown here.',
} as const satisfies Record<string, string | PluralForms>;
