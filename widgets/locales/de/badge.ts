import type { badgeMessages } from '../../internal/messages/en-badge.js';
import type { Translated } from '../../internal/messages/en.js';

export const badge: Translated<typeof badgeMessages, 'one' | 'other'> = {
  sendInstantMessage: 'Sofortnachricht senden',
};
