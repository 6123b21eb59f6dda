import type { connectionMessages } from '../../internal/messages/en-connection.js';
import type { Translated } from '../../internal/messages/en.js';

export const connection: Translated<typeof connectionMessages, 'one' | 'other'> = {
  connecting: 'Verbindung wird hergestellt …',
  catchingUp: 'Wird aktualisiert …',
  offlineSince: 'Offline seit {time}',
  retryIn: { one: 'Neuer Versuch in {count} s', other: 'Neuer Versuch in {count} s' },
  retryingNow: 'Neuer Versuch …',
  tryNow: 'Jetzt versuchen',
  offlineHint: 'Weiterschreiben ist möglich; Nachrichten warten hier.',
  signedOut: 'Abgemeldet',
  signedOutHint: 'Zum Chatten wieder anmelden.',
  locked: 'Gesperrt',
  lockedHint: 'Arbeitsplatz entsperren, um weiterzumachen.',
  sessionExpired: 'Die Anmeldung ist abgelaufen.',
  accessRevoked: 'Der Zugang wurde entzogen.',
  signInRefused: 'Die Anmeldung wurde abgelehnt.',
  forbiddenOrigin: 'Diese Seite darf den Chat nicht verwenden.',
  clientTooOld: 'Diese Seite ist veraltet. Bitte zum Chatten neu laden.',
  serverTooOld: 'Der Chat-Server ist veraltet.',
  restored: 'Der Verlauf wurde aus einer Sicherung wiederhergestellt.',
  restoredHint: 'Die neuesten Nachrichten von vorher können fehlen.',
  notIn: 'Sie sind nicht mehr in „{name}“.',
};
