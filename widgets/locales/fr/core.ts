import type { coreMessages } from '../../internal/messages/en-core.js';
import type { Translated } from '../../internal/messages/en.js';

export const core: Translated<typeof coreMessages, 'one' | 'many' | 'other'> = {
  chat: 'Chat',
  retry: 'Réessayer',
  unknownPerson: 'Personne inconnue',
  loading: 'Chargement',
  unreadMessages: { one: '{count} message non lu', many: '{count} de messages non lus', other: '{count} messages non lus' },
  manyUnreadMessages: 'Plus de 99 messages non lus',
  closePanel: 'Fermer le chat',
  panelFailed: 'Le chat n’a pas pu être chargé.',
  available: 'Disponible',
  busy: 'Occupé',
  away: 'Absent',
  dnd: 'Ne pas déranger',
  presenceOffline: 'Hors ligne',
  presenceUnknown: 'Statut inconnu',
  chatUnavailable: 'Chat indisponible',
  phoneIdle: 'Téléphone libre',
  phoneRinging: 'Téléphone qui sonne',
  phoneOnCall: 'En communication',
  phoneHold: 'Appel en attente',
  phoneUnknown: 'Téléphone inconnu',
  presenceWithPhone: '{presence}. {phone}',
  presenceWithMessage: '{status}, {message}',
  presenceOf: '{name} : {status}',
  presenceOpensChat: '{name} : {status}. Démarrer un chat',
};
