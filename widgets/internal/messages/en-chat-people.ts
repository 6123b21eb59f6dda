import type { PluralForms } from './en.js';

/** What is said about the people of a chat and what one may do with it, and on invitations; loaded with the first of them. */
export const chatPeopleMessages = {
  personInvited: 'Invited',
  inviteHint: 'They are asked first and see what is written after they join.',
  addHint: 'They see what is written from now on.',
  invite: 'Invite',
  renameChat: 'Name and description',
  chatName: 'Name',
  chatDescription: 'Description',
  endChat: 'End chat for all',
  endQuestion: 'End this chat for everybody? It stays readable, but nobody can write in it any more.',
  invitations: 'Invitations',
  invitedYou: '{name} invites you',
  invitedYouTo: '{name} invites you to “{title}”',
  invitationMembers: { one: '{count} person is in', other: '{count} people are in' },
  join: 'Join',
  decline: 'Decline',
  openChat: 'Open',
  openInNewTab: 'Open in new tab',
  leaveEllipsis: 'Leave …',
  add: 'Add',
  leaveChat: 'Leave chat',
  leaveQuestion: 'Leave this chat? You can still read your part, but nothing new comes to you.',
  leave: 'Leave',
} as const satisfies Record<string, string | PluralForms>;
