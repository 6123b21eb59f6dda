import type { newChatMessages } from '../../internal/messages/en-new-chat.js';
import type { Translated } from '../../internal/messages/en.js';

export const newChat: Translated<typeof newChatMessages, 'one' | 'many' | 'other'> = {
  addPerson: 'Ajouter des personnes',
  personHint: 'Nom, titre ou organisation',
  groupTitle: 'Titre (facultatif)',
  groupDescription: 'Description (facultative)',
  startChat: 'Démarrer le chat',
  removePerson: 'Retirer {name}',
  personAdded: '{name} : ajout effectué',
  personRemoved: '{name} : retrait effectué',
  hits: { one: '{count} personne trouvée', many: '{count} de personnes trouvées', other: '{count} personnes trouvées' },
};
