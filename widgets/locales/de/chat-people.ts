import type { chatPeopleMessages } from '../../internal/messages/en-chat-people.js';
import type { Translated } from '../../internal/messages/en.js';

export const chatPeople: Translated<typeof chatPeopleMessages, 'one' | 'other'> = {
  personInvited: 'Eingeladen',
  inviteHint: 'Sie werden erst gefragt und sehen, was nach dem Beitritt geschrieben wird.',
  addHint: 'Sichtbar ist für sie, was ab jetzt geschrieben wird.',
  invite: 'Einladen',
  renameChat: 'Name und Beschreibung',
  chatName: 'Name',
  chatDescription: 'Beschreibung',
  endChat: 'Chat für alle beenden',
  endQuestion: 'Diesen Chat für alle beenden? Er bleibt lesbar, aber niemand kann mehr darin schreiben.',
  invitations: 'Einladungen',
  invitedYou: 'Einladung von {name}',
  invitedYouTo: 'Einladung von {name} zu „{title}“',
  invitationMembers: { one: '{count} Person ist dabei', other: '{count} Personen sind dabei' },
  join: 'Beitreten',
  decline: 'Ablehnen',
  openChat: 'Öffnen',
  openInNewTab: 'In neuem Tab öffnen',
  leaveEllipsis: 'Verlassen …',
  add: 'Hinzufügen',
  leaveChat: 'Chat verlassen',
  leaveQuestion: 'Diesen Chat verlassen? Das Bisherige bleibt lesbar, Neues kommt nicht mehr an.',
  leave: 'Verlassen',
};
