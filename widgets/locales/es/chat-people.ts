import type { chatPeopleMessages } from '../../internal/messages/en-chat-people.js';
import type { Translated } from '../../internal/messages/en.js';

export const chatPeople: Translated<typeof chatPeopleMessages, 'one' | 'many' | 'other'> = {
  personInvited: 'Invitado',
  inviteHint: 'Primero se les pregunta y ven lo que se escriba después de unirse.',
  addHint: 'Ven lo que se escriba a partir de ahora.',
  invite: 'Invitar',
  renameChat: 'Nombre y descripción',
  chatName: 'Nombre',
  chatDescription: 'Descripción',
  endChat: 'Terminar el chat para todos',
  endQuestion: '¿Terminar este chat para todos? Se podrá leer, pero nadie podrá escribir más en él.',
  invitations: 'Invitaciones',
  invitedYou: '{name} le invita',
  invitedYouTo: '{name} le invita a «{title}»',
  invitationMembers: { one: '{count} persona participa', many: '{count} de personas participan', other: '{count} personas participan' },
  join: 'Unirse',
  decline: 'Rechazar',
  openChat: 'Abrir',
  openInNewTab: 'Abrir en una pestaña nueva',
  leaveEllipsis: 'Salir…',
  add: 'Añadir',
  leaveChat: 'Salir del chat',
  leaveQuestion: '¿Salir de este chat? Podrá leer su parte, pero no recibirá nada nuevo.',
  leave: 'Salir',
};
