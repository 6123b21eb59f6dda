import type { unsentMessages } from '../../internal/messages/en-unsent.js';
import type { Translated } from '../../internal/messages/en.js';

export const unsent: Translated<typeof unsentMessages, 'one' | 'many' | 'other'> = {
  unsentCount: {
    one: '{count} message n’a pas été envoyé',
    many: '{count} messages n’ont pas été envoyés',
    other: '{count} messages n’ont pas été envoyés',
  },
  reviewUnsent: 'Voir',
  hideUnsent: 'Masquer',
  unsentIn: '{name}, {time}',
  keptInPage: 'Ce navigateur ne peut pas conserver ce qui attend d’être envoyé. Gardez cette page ouverte jusqu’à l’envoi.',
};
