import type { statusMessages } from '../../internal/messages/en-status.js';
import type { Translated } from '../../internal/messages/en.js';

export const status: Translated<typeof statusMessages, Intl.LDMLPluralRule> = {
  statusWords: 'Texte pour « {status} »',
  statusWordsHint: 'Ex. : retour à 15:00',
};
