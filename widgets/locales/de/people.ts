import type { conferenceMessages } from '../../internal/messages/en-conference.js';
import type { peopleMessages } from '../../internal/messages/en-people.js';
import type { Translated } from '../../internal/messages/en.js';

export const people: Translated<typeof peopleMessages & typeof conferenceMessages, 'one' | 'other'> = {
  peopleName: 'Name',
  peopleOrganisation: 'Einrichtung',
  peopleNone: 'Hierzu gehört niemand.',
  peopleGroupChat: 'Gruppenchat beginnen',
  peopleChatWith: 'Chat mit {name}',
  peopleChatFailed: 'Der Chat konnte nicht begonnen werden.',
  conference: 'Gruppenchat beginnen',
  conferenceRoom: 'Name des Raums',
  conferenceDescription: 'Beschreibung (freiwillig)',
  conferenceFind: 'Personen suchen',
  conferenceAll: 'Alle Personen',
  conferenceBy_name: 'Name enthält',
  conferenceBy_title: 'Titel enthält',
  conferenceBy_organisation: 'Einrichtung enthält',
  conferenceBy_email: 'E-Mail enthält',
  conferenceBy_phone: 'Telefon enthält',
  conferenceByGroup: 'Gruppe oder Ressource',
  conferenceText: 'Text',
  conferenceNobody: 'Niemand gefunden.',
  conferenceMore: 'Mehr anzeigen',
  conferenceSelectAll: 'Alle gezeigten auswählen',
  conferenceChosen: { one: '{count} Person ausgewählt', other: '{count} Personen ausgewählt' },
  conferenceNobodyChosen: 'Noch niemand ausgewählt',
  conferenceCreate: 'Anlegen',
  conferenceFailed: 'Der Raum konnte nicht angelegt werden.',
  conferenceSearchFailed: 'Die Suche hat nicht geklappt.',
};
