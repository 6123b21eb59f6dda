import type { wideMessages } from '../../internal/messages/en-wide.js';
import type { Translated } from '../../internal/messages/en.js';

export const wide: Translated<typeof wideMessages, Intl.LDMLPluralRule> = {
  openChats: 'الدردشات المفتوحة',
  closeTab: 'إغلاق {name}',
  aboutChat: 'حول هذه الدردشة',
  linkedItems: 'العناصر المرتبطة',
  noLinkedItems: 'لا روابط في الرسائل المعروضة هنا.',
};
