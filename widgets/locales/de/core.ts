import type { coreMessages } from '../../internal/messages/en-core.js';
import type { Translated } from '../../internal/messages/en.js';

export const core: Translated<typeof coreMessages, 'one' | 'other'> = {
  chat: 'Chat',
  retry: 'Erneut versuchen',
  unknownPerson: 'Unbekannte Person',
  loading: 'Wird geladen',
  unreadMessages: { one: '{count} ungelesene Nachricht', other: '{count} ungelesene Nachrichten' },
  manyUnreadMessages: 'Mehr als 99 ungelesene Nachrichten',
  closePanel: 'Chat schließen',
  panelFailed: 'Der Chat konnte nicht geladen werden.',
  available: 'Verfügbar',
  busy: 'Beschäftigt',
  away: 'Abwesend',
  dnd: 'Nicht stören',
  presenceOffline: 'Offline',
  presenceUnknown: 'Status unbekannt',
  chatUnavailable: 'Chat nicht verfügbar',
  phoneIdle: 'Telefon frei',
  phoneRinging: 'Telefon klingelt',
  phoneOnCall: 'Im Gespräch',
  phoneHold: 'Gespräch gehalten',
  phoneUnknown: 'Telefon unbekannt',
  presenceWithPhone: '{presence}. {phone}',
  presenceWithMessage: '{status}, {message}',
  presenceOf: '{name}: {status}',
  presenceOpensChat: '{name}: {status}. Chat beginnen',
};
