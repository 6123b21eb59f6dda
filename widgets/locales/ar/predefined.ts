import type { predefinedMessages } from '../../internal/messages/en-predefined.js';
import type { Translated } from '../../internal/messages/en.js';

export const predefined: Translated<typeof predefinedMessages, Intl.LDMLPluralRule> = {
  predefinedNone: 'لا رسائل جاهزة بعد.',
  predefinedManage: 'رسائلي الجاهزة…',
  predefinedTitle: 'رسائلي الجاهزة',
  predefinedHint: 'توضع في الرسالة ولا تُرسل من تلقاء نفسها أبدًا.',
  predefinedText: 'النص {count}',
  predefinedAdd: 'إضافة نص',
  predefinedRemove: 'إزالة النص {count}',
  predefinedFull: 'بلغ عدد النصوص حده الأقصى.',
  predefinedFailed: 'تعذّر حفظ النصوص.',
};
