import type { wideMessages } from '../../internal/messages/en-wide.js';
import type { Translated } from '../../internal/messages/en.js';

export const wide: Translated<typeof wideMessages, 'one' | 'other'> = {
  openChats: 'Offene Chats',
  closeTab: '{name} schließen',
  aboutChat: 'Über diesen Chat',
  linkedItems: 'Verknüpfte Elemente',
  noLinkedItems: 'In den hier gezeigten Nachrichten ist nichts verknüpft.',
};
