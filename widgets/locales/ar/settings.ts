import type { settingsMessages } from '../../internal/messages/en-settings.js';
import type { Translated } from '../../internal/messages/en.js';

export const settings: Translated<typeof settingsMessages, Intl.LDMLPluralRule> = {
  settings: 'الإعدادات',
  settingsFailed: 'تعذّر الحفظ.',
  settingsNoticing: 'التنبيهات',
  settingsSound: 'رنين عند وصول رسالة',
  settingsTry: 'تجربة الصوت',
  settingsBanner: 'شريط تنبيه أسفل الصفحة',
  settingsDesktop: 'إشعارات على سطح المكتب',
  settingsDesktopDenied: 'لا يسمح المتصفح بالإشعارات لهذه الصفحة.',
  settingsTitle: '«رسائل غير مقروءة» في عنوان النافذة',
  settingsPreview: 'عرض النص في التنبيهات والإشعارات',
  settingsPreviewOff: 'غير مسموح هنا.',
  settingsPresence: 'حالتك',
  settingsAway: 'بعيد بعد',
  settingsAwayNever: 'أبدًا',
  settingsMinutes: {
    zero: 'أقل من دقيقة',
    one: 'دقيقة واحدة',
    two: 'دقيقتان',
    few: '{count} دقائق',
    many: '{count} دقيقة',
    other: '{count} دقيقة',
  },
  settingsOnCall: 'مشغول أثناء المكالمة',
  settingsLists: 'القوائم والأوقات',
  settingsOffline: 'عرض جهات الاتصال غير المتصلة',
  settingsClock: 'الساعة',
  settingsClock24: '24 ساعة، 14:05',
  settingsClock12: '12 ساعة، 2:05 م',
  settingsClockAuto: 'حسب المعتاد في اللغة',
};
