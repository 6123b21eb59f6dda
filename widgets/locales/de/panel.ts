import type { panelMessages } from '../../internal/messages/en-panel.js';
import type { Translated } from '../../internal/messages/en.js';

export const panel: Translated<typeof panelMessages, 'one' | 'other'> = {
  // Words used everywhere
  close: 'Schließen',
  back: 'Zurück',
  cancel: 'Abbrechen',
  save: 'Speichern',
  discard: 'Verwerfen',
  you: 'Sie',
  failed: 'Das hat nicht geklappt. Bitte noch einmal versuchen.',

  // Launcher and panel
  signedInAs: 'Angemeldet als {name}',

  // Connection
  connecting: 'Verbindung wird hergestellt …',
  catchingUp: 'Wird aktualisiert …',
  offlineSince: 'Offline seit {time}',
  offline: 'Offline',
  retryIn: { one: 'Neuer Versuch in {count} s', other: 'Neuer Versuch in {count} s' },
  retryingNow: 'Neuer Versuch …',
  tryNow: 'Jetzt versuchen',
  offlineHint: 'Weiterschreiben ist möglich; Nachrichten warten hier.',
  unreachable: 'Der Chat ist nicht erreichbar.',
  signedOut: 'Abgemeldet',
  signedOutHint: 'Zum Chatten wieder anmelden.',
  notSignedIn: 'Nicht angemeldet',
  sessionExpired: 'Die Anmeldung ist abgelaufen.',
  accessRevoked: 'Der Zugang wurde entzogen.',
  signInRefused: 'Die Anmeldung wurde abgelehnt.',
  forbiddenOrigin: 'Diese Seite darf den Chat nicht verwenden.',
  clientTooOld: 'Diese Seite ist veraltet. Bitte zum Chatten neu laden.',
  serverTooOld: 'Der Chat-Server ist veraltet.',

  // Presence and own status
  invisible: 'Offline erscheinen',
  yourStatus: 'Eigener Status',
  statusWords: 'Text zu „{status}“',
  statusWordsHint: 'Zum Beispiel: zurück um 15:00',
  statusFailed: 'Der Status konnte nicht geändert werden.',

  // Linking the current item
  linkToCurrent: '{noun} verknüpfen',
  item: 'Element',
  nothingToLink: 'Nichts zu verknüpfen: zurzeit nicht geöffnet ({noun}).',
  noChatToLink: 'Zum Verknüpfen zuerst einen Chat öffnen.',
  linkNotSignedIn: 'Nicht beim Chat angemeldet.',
  itemLinked: 'In die Nachricht eingefügt, noch nicht gesendet.',
  itemAlreadyLinked: 'Schon in der Nachricht: {noun}.',
  tooManyLinks: 'Mehr Verknüpfungen passen nicht in diese Nachricht.',

  // Avatars
  chats: 'Chats',
  newChat: 'Neuer Chat',
  newShort: 'Neu',
  searchPeople: 'Personen und Chats suchen',
  noChats: 'Noch keine Chats. Zum Beginnen eine Person suchen.',
  noHits: 'Niemand gefunden für „{text}“.',
  noChatHits: 'Kein Chat gefunden für „{text}“. Antworten ist möglich, Beginnen nicht.',
  loadMore: 'Mehr anzeigen',
  showLess: 'Weniger anzeigen',
  people: 'Personen',
  noChatsReadOnly: 'Noch keine Chats. Andere können hierher schreiben.',
  chooseChat: 'Einen Chat wählen oder beginnen.',
  youSaid: 'Sie: {text}',
  linkedItem: 'Verknüpfung',
  searchFailed: 'Die Suche hat nicht geklappt. Bitte noch einmal versuchen.',
  clearSearch: 'Suche leeren',

  // Places of the panel

  // Starting a chat
  addPerson: 'Personen hinzufügen',
  personHint: 'Name, Titel oder Einrichtung',
  groupTitle: 'Titel der Gruppe (freiwillig)',
  startChat: 'Chat beginnen',
  removePerson: '{name} entfernen',
  personAdded: '{name} hinzugefügt',
  personRemoved: '{name} entfernt',
  hits: { one: '{count} Person gefunden', other: '{count} Personen gefunden' },

  // Conversation
  newMessages: 'Neu',
  typing: '{names} schreibt',
  typingSeveral: '{names} schreiben',
  members: { one: '{count} Person', other: '{count} Personen' },
  joinedHere: 'Ab hier dabei, {time}',
  loadingOlder: 'Ältere Nachrichten werden geladen',
  timelineFailed: 'Die Nachrichten konnten nicht geladen werden.',
  messages: 'Nachrichten',
  toNewest: 'Zur neuesten Nachricht',
  saidBy: '{name}: {text}',
  newMessagesCount: { one: '{count} neue Nachricht', other: '{count} neue Nachrichten' },
  latestBy: '{name}: „{text}“',
  gapLoading: 'Nachrichten werden geladen',
  participants: 'Personen in diesem Chat',
  add: 'Hinzufügen',
  leaveChat: 'Chat verlassen',
  leaveQuestion: 'Diesen Chat verlassen? Das Bisherige bleibt lesbar, Neues kommt nicht mehr an.',
  leave: 'Verlassen',

  // Entries that are not messages
  started: 'Chat begonnen: {name}',
  joined: 'Neu dabei: {names}',
  left: 'Nicht mehr dabei: {names}',
  renamed: 'Der Chat heißt jetzt „{title}“',
  ended: 'Der Chat wurde beendet',

  // Composer and delivery
  composerLabel: 'Nachricht',
  composerPlaceholder: 'Nachricht schreiben',
  send: 'Senden',
  sending: 'Wird gesendet',
  waiting: 'Wartet auf die Verbindung',
  sent: 'Gesendet',
  delivered: 'Zugestellt',
  read: 'Gelesen',
  readBy: 'Gelesen von {count}',
  notSent: 'Nicht gesendet',
  endedComposer: 'Dieser Chat ist beendet. Er bleibt lesbar.',
  leftComposer: 'Dieser Chat wurde verlassen. Das Bisherige bleibt lesbar.',
  charactersLeft: { one: 'Noch {count} Zeichen', other: 'Noch {count} Zeichen' },
  tooLong: { one: '{count} Zeichen zu viel', other: '{count} Zeichen zu viel' },
  nothingVisible: 'In diesem Text ist nichts zu sehen.',
  cannotSend: 'Dieser Text kann so nicht gesendet werden.',
  sentWhenConnected: 'Wird gesendet, sobald die Verbindung steht.',

  // Why something was refused
  refusedNotFound: 'Dieser Chat ist nicht mehr zugänglich.',
  refusedEnded: 'Der Chat wurde beendet.',
  refusedFull: 'Der Chat hat schon so viele Personen wie möglich.',
  refusedBusy: 'Zu viele Nachrichten auf einmal. Bitte kurz warten.',
  refusedInitiate: 'Teilnehmen ist erlaubt, Chats beginnen nicht.',
  refusedStale: 'Zu lange gewartet. Bitte erneut senden, falls es noch stimmt.',
  refusedOffline: 'Im Moment besteht keine Verbindung.',

  // Link cards
  linkResolving: 'Wird nachgeschlagen …',
  linkDenied: 'Für dieses Element fehlt die Berechtigung.',
  linkFailed: 'Dieses Element konnte nicht nachgeschlagen werden.',
  removeLink: 'Verknüpfung entfernen',
  linkElsewhere: 'In der zugehörigen Anwendung öffnen.',
  linkCannotOpen: 'Hier konnte es nicht geöffnet werden.',
  leaveForSite: 'Das führt zu {host}.',
  openSite: '{host} öffnen',
};
