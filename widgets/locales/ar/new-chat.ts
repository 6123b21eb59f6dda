import type { newChatMessages } from '../../internal/messages/en-new-chat.js';
import type { Translated } from '../../internal/messages/en.js';

export const newChat: Translated<typeof newChatMessages, Intl.LDMLPluralRule> = {
  addPerson: 'إضافة أشخاص',
  personHint: 'الاسم أو اللقب أو المؤسسة',
  groupTitle: 'العنوان (اختياري)',
  groupDescription: 'الوصف (اختياري)',
  startChat: 'بدء الدردشة',
  removePerson: 'إزالة {name}',
  personAdded: 'تمت إضافة {name}',
  personRemoved: 'تمت إزالة {name}',
  hits: {
    zero: 'لم يُعثر على أحد',
    one: 'عُثر على شخص واحد',
    two: 'عُثر على شخصين',
    few: 'عُثر على {count} أشخاص',
    many: 'عُثر على {count} شخصًا',
    other: 'عُثر على {count} شخص',
  },
};
