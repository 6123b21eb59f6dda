import type { statusMessages } from '../../internal/messages/en-status.js';
import type { Translated } from '../../internal/messages/en.js';

export const status: Translated<typeof statusMessages, Intl.LDMLPluralRule> = {
  statusWords: 'Text zu „{status}“',
  statusWordsHint: 'Etwa: zurück um 15:00',
};
