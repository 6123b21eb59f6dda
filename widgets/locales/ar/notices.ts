import type { noticesMessages } from '../../internal/messages/en-notices.js';
import type { Translated } from '../../internal/messages/en.js';

export const notices: Translated<typeof noticesMessages, Intl.LDMLPluralRule> = {
  unreadInTitle: 'رسائل غير مقروءة',
  notices: 'إشعارات الدردشة',
  noticeMessage: 'رسالة جديدة من {name}',
  noticeGroup: 'رسالة جديدة من {name} في مجموعة',
  noticeInvitation: 'دعوة إلى دردشة من {name}',
  noticeOpen: 'فتح',
  noticeDismiss: 'تجاهل',
  noticeMore: { zero: 'لا مزيد', one: 'واحد آخر', two: 'اثنان آخران', few: '{count} أخرى', many: '{count} أخرى', other: '{count} أخرى' },
  noticeAt: '{what}، {time}',
};
