import type { historyMessages } from '../../internal/messages/en-history.js';
import type { Translated } from '../../internal/messages/en.js';

export const history: Translated<typeof historyMessages, 'one' | 'other'> = {
  historyTitle: 'Verlauf senden',
  historyHint: 'Gesendet wird als Text, was in diesem Chat für Sie sichtbar ist. Alle im Chat sehen, dass dies geschah.',
  historyTo: 'An',
  historyToHint: 'Person, Gruppe, Postfach, E-Mail',
  historyEmailOption: 'An diese Adresse senden',
  historyKindPerson: 'Person',
  historyKindGroup: 'Gruppe',
  historyKindMailbox: 'Gemeinsames Postfach',
  historyKindEmail: 'E-Mail-Adresse',
  historyRecipients: 'Empfänger',
  historyNoHits: 'Niemand gefunden für „{text}“. Eine ganze E-Mail-Adresse geht auch.',
  historyHits: { one: '{count} gefunden', other: '{count} gefunden' },
  historyNoAddress: 'Keine E-Mail-Adresse',
  historyFull: 'Mehr Empfänger sind nicht möglich.',
  historySave: 'Als Textdatei speichern',
  historySaved: 'Die Datei wurde dem Browser übergeben.',
  historySaving: 'Nachrichten werden gesammelt …',
  historyNoMail: 'Dieser Server kann keine E-Mails senden. Der Verlauf lässt sich als Textdatei speichern.',
  historyForbidden: 'Ihre Organisation erlaubt den Versand dorthin nicht.',
  historyFailed: 'Der Verlauf konnte nicht gesendet werden.',
  historyFileName: 'Chatverlauf',
};
