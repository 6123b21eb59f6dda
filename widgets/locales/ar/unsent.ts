import type { unsentMessages } from '../../internal/messages/en-unsent.js';
import type { Translated } from '../../internal/messages/en.js';

export const unsent: Translated<typeof unsentMessages, 'zero' | 'one' | 'two' | 'few' | 'many' | 'other'> = {
  unsentCount: {
    zero: 'لا رسائل غير مرسلة',
    one: 'لم تُرسل رسالة واحدة',
    two: 'لم تُرسل رسالتان',
    few: 'لم تُرسل {count} رسائل',
    many: 'لم تُرسل {count} رسالة',
    other: 'لم تُرسل {count} رسالة',
  },
  reviewUnsent: 'عرض',
  hideUnsent: 'إخفاء',
  unsentIn: '{name}، {time}',
  keptInPage: 'لا يستطيع هذا المتصفح حفظ ما ينتظر الإرسال. اترك هذه الصفحة مفتوحة حتى يُرسل.',
};
