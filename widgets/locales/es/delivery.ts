import type { deliveryMessages } from '../../internal/messages/en-delivery.js';
import type { Translated } from '../../internal/messages/en.js';

export const delivery: Translated<typeof deliveryMessages, 'one' | 'many' | 'other'> = {
  deliveryOfMessage: 'Quién tiene este mensaje',
  deliveryQueued: 'En espera de inicio de sesión',
  deliveryHeld: 'En espera hasta que esté disponible',
  deliveryEnded: 'Sesión terminada',
  deliveryNobody: 'No había nadie más en el chat.',
};
