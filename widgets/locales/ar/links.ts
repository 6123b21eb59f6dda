import type { linkMessages } from '../../internal/messages/en-links.js';
import type { Translated } from '../../internal/messages/en.js';

export const links: Translated<typeof linkMessages, Intl.LDMLPluralRule> = {
  linkResolving: 'جارٍ البحث…',
  linkDenied: 'لا يحق لك رؤية هذا العنصر.',
  linkFailed: 'تعذّر البحث عن هذا العنصر.',
  removeLink: 'إزالة الرابط',
  linkElsewhere: 'يُفتح في التطبيق الخاص به.',
  linkCannotOpen: 'تعذّر فتحه هنا.',
  leaveForSite: 'هذا يؤدي إلى {host}.',
  openSite: 'فتح {host}',
};
