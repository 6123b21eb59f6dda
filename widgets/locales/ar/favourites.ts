import type { favouriteMessages } from '../../internal/messages/en-favourites.js';
import type { Translated } from '../../internal/messages/en.js';

export const favourites: Translated<typeof favouriteMessages, Intl.LDMLPluralRule> = {
  addFavourite: 'إضافة {name} إلى المفضلة',
  removeFavourite: 'إزالة {name} من المفضلة',
  withdrawRequest: 'سحب الطلب المرسل إلى {name}',
  askForStatus: 'طلب مشاركة الحالة من {name}',
  removeFavouriteQuestion: 'إزالة {name} من المفضلة؟ لن يرى أيّ منكما حالة الآخر.',
  withdrawQuestion: 'سحب الطلب المرسل إلى {name}؟',
  removeContact: 'إزالة',
  takeBack: 'سحب',
  favouritesFull: 'بلغت الحد الأقصى من المفضلة.',
  contactUnknown: 'لم يعد هذا الشخص في الدليل.',
};
