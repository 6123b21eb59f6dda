import type { noticesMessages } from '../../internal/messages/en-notices.js';
import type { Translated } from '../../internal/messages/en.js';

export const notices: Translated<typeof noticesMessages, 'one' | 'many' | 'other'> = {
  unreadInTitle: 'Messages non lus',
  notices: 'Notifications du chat',
  noticeMessage: 'Nouveau message de {name}',
  noticeGroup: 'Nouveau message de {name} dans un groupe',
  noticeInvitation: '{name} vous invite à un chat',
  noticeOpen: 'Ouvrir',
  noticeDismiss: 'Ignorer',
  noticeMore: { one: '{count} autre', many: '{count} d’autres', other: '{count} autres' },
  noticeAt: '{what}, {time}',
};
