import type { deliveryMessages } from '../../internal/messages/en-delivery.js';
import type { Translated } from '../../internal/messages/en.js';

export const delivery: Translated<typeof deliveryMessages, Intl.LDMLPluralRule> = {
  deliveryOfMessage: 'من وصلته هذه الرسالة',
  deliveryQueued: 'في انتظار تسجيل الدخول',
  deliveryHeld: 'محفوظة حتى الإتاحة',
  deliveryEnded: 'انتهت الجلسة',
  deliveryNobody: 'لم يكن في الدردشة أحد غيرك.',
};
