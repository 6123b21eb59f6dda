import type { wideMessages } from '../../internal/messages/en-wide.js';
import type { Translated } from '../../internal/messages/en.js';

export const wide: Translated<typeof wideMessages, 'one' | 'many' | 'other'> = {
  openChats: 'Chats ouverts',
  closeTab: 'Fermer {name}',
  aboutChat: 'À propos de ce chat',
  linkedItems: 'Éléments liés',
  noLinkedItems: 'Aucun lien dans les messages affichés ici.',
};
