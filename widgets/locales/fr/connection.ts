import type { connectionMessages } from '../../internal/messages/en-connection.js';
import type { Translated } from '../../internal/messages/en.js';

export const connection: Translated<typeof connectionMessages, 'one' | 'many' | 'other'> = {
  connecting: 'Connexion…',
  catchingUp: 'Mise à jour…',
  offlineSince: 'Hors ligne depuis {time}',
  retryIn: { one: 'Nouvel essai dans {count} s', many: 'Nouvel essai dans {count} s', other: 'Nouvel essai dans {count} s' },
  retryingNow: 'Nouvel essai…',
  tryNow: 'Réessayer maintenant',
  offlineHint: 'Vous pouvez continuer à écrire ; les messages attendent ici.',
  signedOut: 'Déconnecté',
  signedOutHint: 'Reconnectez-vous pour utiliser le chat.',
  locked: 'Verrouillé',
  lockedHint: 'Déverrouillez ce poste pour continuer.',
  sessionExpired: 'Votre session a expiré.',
  accessRevoked: 'Votre accès a été retiré.',
  signInRefused: 'La connexion a été refusée.',
  forbiddenOrigin: 'Cette page n’est pas autorisée à utiliser le chat.',
  clientTooOld: 'Cette page n’est plus à jour. Rechargez-la pour utiliser le chat.',
  serverTooOld: 'Le serveur de chat n’est pas à jour.',
  restored: 'L’historique a été restauré depuis une sauvegarde.',
  restoredHint: 'Les derniers messages d’avant peuvent manquer.',
  notIn: 'Vous n’êtes plus dans « {name} ».',
};
