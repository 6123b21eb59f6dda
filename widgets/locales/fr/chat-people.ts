import type { chatPeopleMessages } from '../../internal/messages/en-chat-people.js';
import type { Translated } from '../../internal/messages/en.js';

export const chatPeople: Translated<typeof chatPeopleMessages, 'one' | 'many' | 'other'> = {
  personInvited: 'Invité',
  inviteHint: 'Ces personnes sont d’abord invitées et voient ce qui est écrit après leur arrivée.',
  addHint: 'Ces personnes voient ce qui est écrit à partir de maintenant.',
  invite: 'Inviter',
  renameChat: 'Nom et description',
  chatName: 'Nom',
  chatDescription: 'Description',
  endChat: 'Terminer le chat pour tous',
  endQuestion: 'Terminer ce chat pour tous ? Il reste lisible, mais personne ne pourra plus y écrire.',
  invitations: 'Invitations',
  invitedYou: '{name} vous invite',
  invitedYouTo: '{name} vous invite à « {title} »',
  invitationMembers: {
    one: '{count} personne y participe',
    many: '{count} de personnes y participent',
    other: '{count} personnes y participent',
  },
  join: 'Rejoindre',
  decline: 'Refuser',
  openChat: 'Ouvrir',
  openInNewTab: 'Ouvrir dans un nouvel onglet',
  leaveEllipsis: 'Quitter…',
  add: 'Ajouter',
  leaveChat: 'Quitter le chat',
  leaveQuestion: 'Quitter ce chat ? Vous pourrez relire votre partie, mais rien de nouveau ne vous parviendra.',
  leave: 'Quitter',
  removeName: 'Retirer {name} du chat',
  removeQuestion: 'Retirer {name} de ce chat ? Cette personne ne pourra plus rien en lire, et les autres en seront informés.',
  remove: 'Retirer',
};
