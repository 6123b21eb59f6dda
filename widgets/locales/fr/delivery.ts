import type { deliveryMessages } from '../../internal/messages/en-delivery.js';
import type { Translated } from '../../internal/messages/en.js';

export const delivery: Translated<typeof deliveryMessages, 'one' | 'many' | 'other'> = {
  deliveryOfMessage: 'Qui a reçu ce message',
  deliveryQueued: 'En attente de connexion',
  deliveryHeld: 'En attente de disponibilité',
  deliveryEnded: 'Session terminée',
  deliveryNobody: 'Personne d’autre n’était dans le chat.',
};
