import type { contactsMessages } from '../../internal/messages/en-contacts.js';
import type { Translated } from '../../internal/messages/en.js';

export const contacts: Translated<typeof contactsMessages, 'one' | 'other'> = {
  contacts: 'Kontakte',
  searchContacts: 'Personen suchen',
  showOffline: 'Offline-Personen anzeigen',
  noContacts: 'Noch keine Kontakte. Eine Person suchen und mit dem Stern markieren.',
  favourites: 'Favoriten',
  notInList: 'Nicht in der Liste',
  moreFromDirectory: 'Weitere Personen',
  contactHits: { one: '{count} Person gefunden', other: '{count} Personen gefunden' },
  onlineOf: '{online} von {count} online',
  bannerLabel: '{name}, {status}',
  allOffline: { one: 'Die einzige Person hier ist offline.', other: 'Alle {count} Personen hier sind offline.' },
  showThem: 'Offline-Personen anzeigen',
  emptyGroup: 'Noch niemand in dieser Gruppe. Personen hierher ziehen oder an einer Person „Zur Gruppe hinzufügen“ wählen.',
  requested: 'Anfrage gesendet',
  isFavourite: 'Favorit',
  moreActs: 'Weiteres zu {name}',

  // Requests
  requests: 'Anfragen',
  wantsStatus: 'möchte Ihren Status sehen',
  accept: 'Annehmen',
  decline: 'Ablehnen',
  acceptFrom: 'Annehmen: {name}',
  declineFrom: 'Ablehnen: {name}',
  requestAccepted: 'Angenommen: {name}. Der Status ist jetzt gegenseitig sichtbar.',
  requestDeclined: 'Anfrage abgelehnt: {name}',

  // Menus
  newMessage: 'Neue Nachricht',
  newMessageTo: { one: 'Neue Nachricht an {count} Person', other: 'Neue Nachricht an {count} Personen' },
  newMessageToAll: 'Neue Nachricht an alle',
  addToFavourites: 'Zu Favoriten hinzufügen',
  removeFromFavourites: 'Aus Favoriten entfernen',
  addToGroup: 'Zur Gruppe hinzufügen',
  newGroup: 'Neue Gruppe anlegen …',
  removeFromGroup: 'Aus „{name}“ entfernen',
  rename: 'Umbenennen …',
  moveUp: 'Nach oben',
  moveDown: 'Nach unten',
  deleteGroup: 'Gruppe löschen …',
  deleteGroupQuestion: 'Die Gruppe „{name}“ löschen? Die Personen bleiben überall sonst erhalten.',
  deleteGroupYes: 'Löschen',
  removeSeveralQuestion: {
    one: '{count} Person aus den Favoriten entfernen? Der Status ist danach gegenseitig nicht mehr sichtbar.',
    other: '{count} Personen aus den Favoriten entfernen? Der Status ist danach gegenseitig nicht mehr sichtbar.',
  },

  // Groups
  createGroup: 'Neue Gruppe anlegen',
  renameGroup: 'Gruppe umbenennen',
  groupName: 'Name der Gruppe',
  groupNameHint: 'Zum Beispiel: Thorax-Team',
  groupWith: { one: 'Mit {count} Person', other: 'Mit {count} Personen' },
  groupsFull: 'Mehr Gruppen sind nicht möglich.',
  groupFull: 'So viele Personen passen nicht in eine Gruppe.',
  groupCreated: 'Gruppe „{name}“ angelegt',
  addedToGroup: { one: '{count} Person zu „{name}“ hinzugefügt', other: '{count} Personen zu „{name}“ hinzugefügt' },
  groupMoved: '„{name}“ steht jetzt an Stelle {count} der Gruppen',
};
