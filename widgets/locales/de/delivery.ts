import type { deliveryMessages } from '../../internal/messages/en-delivery.js';
import type { Translated } from '../../internal/messages/en.js';

export const delivery: Translated<typeof deliveryMessages, 'one' | 'other'> = {
  deliveryOfMessage: 'Wer diese Nachricht hat',
  deliveryQueued: 'Wartet auf die Anmeldung',
  deliveryHeld: 'Zugestellt, sobald verfügbar',
  deliveryEnded: 'Sitzung beendet',
  deliveryNobody: 'Sonst war niemand im Chat.',
};
