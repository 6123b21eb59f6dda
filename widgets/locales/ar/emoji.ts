import type { emojiMessages } from '../../internal/messages/en-emoji.js';
import type { Translated } from '../../internal/messages/en.js';

export const emoji: Translated<typeof emojiMessages, Intl.LDMLPluralRule> = {
  emojiPicker: 'الرموز التعبيرية',
  emojiSearch: 'البحث عن رمز تعبيري',
  emojiLoading: 'جارٍ تحميل الرموز التعبيرية…',
  emojiFailed: 'تعذّر تحميل الرموز التعبيرية.',
  emojiNone: 'لم يُعثر على رمز تعبيري لـ«{text}».',
  emojiHits: { zero: 'لا رموز', one: 'رمز واحد', two: 'رمزان', few: '{count} رموز', many: '{count} رمزًا', other: '{count} رمز' },
  emojiGroups: 'مجموعات الرموز',
  emojiRecent: 'المستخدمة حديثًا',
  emojiSmileys: 'وجوه ومشاعر',
  emojiPeople: 'أشخاص وأيدٍ',
  emojiNature: 'حيوانات وطبيعة',
  emojiFood: 'طعام وشراب',
  emojiTravel: 'سفر وأماكن',
  emojiActivities: 'أنشطة',
  emojiObjects: 'أشياء',
  emojiSymbols: 'رموز',
  emojiFlags: 'أعلام',
  skinTone: 'لون البشرة',
  skinToneNone: 'بلا لون بشرة',
  skinToneLight: 'فاتح',
  skinToneMediumLight: 'فاتح متوسط',
  skinToneMedium: 'متوسط',
  skinToneMediumDark: 'داكن متوسط',
  skinToneDark: 'داكن',
};
