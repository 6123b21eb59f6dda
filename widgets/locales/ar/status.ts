import type { statusMessages } from '../../internal/messages/en-status.js';
import type { Translated } from '../../internal/messages/en.js';

export const status: Translated<typeof statusMessages, Intl.LDMLPluralRule> = {
  statusWords: 'نص الحالة «{status}»',
  statusWordsHint: 'مثلاً: العودة عند 15:00',
};
