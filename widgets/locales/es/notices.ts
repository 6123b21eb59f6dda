import type { noticesMessages } from '../../internal/messages/en-notices.js';
import type { Translated } from '../../internal/messages/en.js';

export const notices: Translated<typeof noticesMessages, 'one' | 'many' | 'other'> = {
  unreadInTitle: 'Mensajes sin leer',
  notices: 'Avisos del chat',
  noticeMessage: 'Mensaje nuevo de {name}',
  noticeGroup: 'Mensaje nuevo de {name} en un grupo',
  noticeInvitation: '{name} le invita a un chat',
  noticeOpen: 'Abrir',
  noticeDismiss: 'Descartar',
  noticeMore: { one: '{count} más', many: '{count} más', other: '{count} más' },
  noticeAt: '{what}, {time}',
};
