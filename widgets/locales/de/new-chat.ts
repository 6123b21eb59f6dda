import type { newChatMessages } from '../../internal/messages/en-new-chat.js';
import type { Translated } from '../../internal/messages/en.js';

export const newChat: Translated<typeof newChatMessages, 'one' | 'other'> = {
  addPerson: 'Personen hinzufügen',
  personHint: 'Name, Titel oder Einrichtung',
  groupTitle: 'Titel (freiwillig)',
  groupDescription: 'Beschreibung (freiwillig)',
  startChat: 'Chat beginnen',
  removePerson: '{name} entfernen',
  personAdded: '{name} hinzugefügt',
  personRemoved: '{name} entfernt',
  hits: { one: '{count} Person gefunden', other: '{count} Personen gefunden' },
};
