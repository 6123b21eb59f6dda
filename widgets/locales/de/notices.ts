import type { noticesMessages } from '../../internal/messages/en-notices.js';
import type { Translated } from '../../internal/messages/en.js';

export const notices: Translated<typeof noticesMessages, 'one' | 'other'> = {
  unreadInTitle: 'Ungelesene Nachrichten',
  notices: 'Chat-Hinweise',
  noticeMessage: 'Neue Nachricht von {name}',
  noticeGroup: 'Neue Nachricht von {name} in einer Gruppe',
  noticeInvitation: 'Einladung zu einem Chat von {name}',
  noticeOpen: 'Öffnen',
  noticeDismiss: 'Ausblenden',
  noticeMore: { one: '{count} weitere', other: '{count} weitere' },
  noticeAt: '{what}, {time}',
};
