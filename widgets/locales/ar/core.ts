import type { coreMessages } from '../../internal/messages/en-core.js';
import type { Translated } from '../../internal/messages/en.js';

export const core: Translated<typeof coreMessages, Intl.LDMLPluralRule> = {
  chat: 'الدردشة',
  retry: 'إعادة المحاولة',
  unknownPerson: 'شخص غير معروف',
  loading: 'جارٍ التحميل',
  unreadMessages: {
    zero: 'لا رسائل غير مقروءة',
    one: 'رسالة واحدة غير مقروءة',
    two: 'رسالتان لم تُقرآ',
    few: '{count} رسائل غير مقروءة',
    many: '{count} رسالة غير مقروءة',
    other: '{count} رسالة غير مقروءة',
  },
  manyUnreadMessages: 'أكثر من 99 رسالة غير مقروءة',
  closePanel: 'إغلاق الدردشة',
  panelFailed: 'تعذّر تحميل الدردشة.',
  available: 'متاح',
  busy: 'مشغول',
  away: 'بعيد',
  presenceOffline: 'غير متصل',
  presenceUnknown: 'الحالة غير معروفة',
  presenceWithMessage: '{status}، {message}',
  presenceOf: '{name}: {status}',
  presenceOpensChat: '{name}: {status}. بدء دردشة',
};
