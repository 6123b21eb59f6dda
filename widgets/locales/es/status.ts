import type { statusMessages } from '../../internal/messages/en-status.js';
import type { Translated } from '../../internal/messages/en.js';

export const status: Translated<typeof statusMessages, Intl.LDMLPluralRule> = {
  statusWords: 'Texto para «{status}»',
  statusWordsHint: 'P. ej.: vuelvo a las 15:00',
};
