import type { wideMessages } from '../../internal/messages/en-wide.js';
import type { Translated } from '../../internal/messages/en.js';

export const wide: Translated<typeof wideMessages, 'one' | 'many' | 'other'> = {
  openChats: 'Chats abiertos',
  closeTab: 'Cerrar {name}',
  aboutChat: 'Acerca de este chat',
  linkedItems: 'Elementos enlazados',
  noLinkedItems: 'No hay enlaces en los mensajes mostrados aquí.',
};
