import type { connectionMessages } from '../../internal/messages/en-connection.js';
import type { Translated } from '../../internal/messages/en.js';

export const connection: Translated<typeof connectionMessages, Intl.LDMLPluralRule> = {
  connecting: 'جارٍ الاتصال…',
  catchingUp: 'جارٍ التحديث…',
  offlineSince: 'غير متصل منذ {time}',
  retryIn: {
    zero: 'إعادة المحاولة الآن',
    one: 'إعادة المحاولة بعد ثانية',
    two: 'إعادة المحاولة بعد ثانيتين',
    few: 'إعادة المحاولة بعد {count} ثوانٍ',
    many: 'إعادة المحاولة بعد {count} ثانية',
    other: 'إعادة المحاولة بعد {count} ثانية',
  },
  retryingNow: 'جارٍ إعادة المحاولة…',
  tryNow: 'المحاولة الآن',
  offlineHint: 'يمكن متابعة الكتابة؛ الرسائل تنتظر هنا.',
  signedOut: 'تم تسجيل الخروج',
  signedOutHint: 'يلزم تسجيل الدخول من جديد للدردشة.',
  locked: 'مقفل',
  lockedHint: 'ألغِ قفل محطة العمل للمتابعة.',
  sessionExpired: 'انتهت صلاحية تسجيل الدخول.',
  accessRevoked: 'تم سحب حق الوصول.',
  signInRefused: 'تم رفض تسجيل الدخول.',
  forbiddenOrigin: 'لا يُسمح لهذه الصفحة باستخدام الدردشة.',
  clientTooOld: 'هذه الصفحة قديمة. يُرجى إعادة تحميلها للدردشة.',
  serverTooOld: 'خادم الدردشة قديم.',
  restored: 'استُعيد السجل من نسخة احتياطية.',
  restoredHint: 'قد تكون أحدث الرسائل السابقة مفقودة.',
  notIn: 'لم تعد في «{name}».',
};
