import type { historyMessages } from '../../internal/messages/en-history.js';
import type { Translated } from '../../internal/messages/en.js';

export const history: Translated<typeof historyMessages, Intl.LDMLPluralRule> = {
  historyTitle: 'إرسال السجل',
  historyHint: 'يُرسل ما يمكنك رؤيته من هذه الدردشة كنص. وسيرى كل من في الدردشة ذلك.',
  historyTo: 'إلى',
  historyToHint: 'شخص أو مجموعة أو صندوق أو بريد',
  historyEmailOption: 'إرسال إلى هذا العنوان',
  historyKindPerson: 'شخص',
  historyKindGroup: 'مجموعة',
  historyKindMailbox: 'صندوق بريد مشترك',
  historyKindEmail: 'عنوان بريد إلكتروني',
  historyRecipients: 'المستلمون',
  historyNoHits: 'لم يُعثر على أحد باسم «{text}». يمكن أيضًا استخدام عنوان بريد إلكتروني كامل.',
  historyHits: {
    zero: 'لا نتائج',
    one: 'نتيجة واحدة',
    two: 'نتيجتان',
    few: '{count} نتائج',
    many: '{count} نتيجة',
    other: '{count} نتيجة',
  },
  historyNoAddress: 'لا عنوان بريد إلكتروني',
  historyFull: 'بلغ عدد المستلمين حده الأقصى.',
  historySave: 'حفظ كملف نصي',
  historySaved: 'تم تسليم الملف إلى المتصفح.',
  historySaving: 'جارٍ جمع الرسائل…',
  historyNoMail: 'لا يستطيع هذا الخادم إرسال البريد. يمكن حفظ السجل كملف نصي.',
  historyForbidden: 'لا تسمح مؤسستك بالإرسال إلى هناك.',
  historyFailed: 'تعذّر إرسال السجل.',
  historyFileName: 'سجل الدردشة',
};
