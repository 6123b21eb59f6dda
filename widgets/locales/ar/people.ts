import type { conferenceMessages } from '../../internal/messages/en-conference.js';
import type { peopleMessages } from '../../internal/messages/en-people.js';
import type { Translated } from '../../internal/messages/en.js';

export const people: Translated<typeof peopleMessages & typeof conferenceMessages, Intl.LDMLPluralRule> = {
  peopleName: 'الاسم',
  peopleOrganisation: 'المؤسسة',
  peopleNone: 'لا أحد مرتبط بهذا.',
  peopleGroupChat: 'بدء دردشة جماعية',
  peopleChatWith: 'دردشة مع {name}',
  peopleChatFailed: 'تعذّر بدء الدردشة.',
  conference: 'بدء دردشة جماعية',
  conferenceRoom: 'اسم الغرفة',
  conferenceDescription: 'الوصف (اختياري)',
  conferenceFind: 'البحث عن أشخاص',
  conferenceAll: 'كل الأشخاص',
  conferenceBy_name: 'الاسم يحتوي على',
  conferenceBy_title: 'اللقب يحتوي على',
  conferenceBy_organisation: 'المؤسسة تحتوي على',
  conferenceBy_email: 'البريد الإلكتروني يحتوي على',
  conferenceBy_phone: 'الهاتف يحتوي على',
  conferenceByGroup: 'مجموعة أو مورد',
  conferenceText: 'النص',
  conferenceNobody: 'لم يُعثر على أحد.',
  conferenceMore: 'عرض المزيد',
  conferenceSelectAll: 'تحديد كل المعروضين',
  conferenceChosen: {
    zero: 'لا أحد مختار',
    one: 'شخص واحد مختار',
    two: 'شخصان مختاران',
    few: '{count} أشخاص مختارون',
    many: '{count} شخصًا مختارًا',
    other: '{count} شخص مختار',
  },
  conferenceNobodyChosen: 'لم يُختر أحد بعد',
  conferenceCreate: 'إنشاء',
  conferenceFailed: 'تعذّر إنشاء الغرفة.',
  conferenceSearchFailed: 'لم ينجح البحث.',
};
