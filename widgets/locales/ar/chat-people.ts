import type { chatPeopleMessages } from '../../internal/messages/en-chat-people.js';
import type { Translated } from '../../internal/messages/en.js';

export const chatPeople: Translated<typeof chatPeopleMessages, Intl.LDMLPluralRule> = {
  personInvited: 'مدعو',
  inviteHint: 'يُسألون أولًا، ويرون ما يُكتب بعد انضمامهم.',
  addHint: 'يرون ما يُكتب من الآن فصاعدًا.',
  invite: 'دعوة',
  renameChat: 'الاسم والوصف',
  chatName: 'الاسم',
  chatDescription: 'الوصف',
  endChat: 'إنهاء الدردشة للجميع',
  endQuestion: 'إنهاء هذه الدردشة للجميع؟ تبقى مقروءة، ولن يستطيع أحد الكتابة فيها بعد ذلك.',
  invitations: 'الدعوات',
  invitedYou: 'دعوة من {name}',
  invitedYouTo: 'دعوة من {name} إلى «{title}»',
  invitationMembers: {
    zero: 'لا أحد فيها',
    one: 'فيها شخص واحد',
    two: 'فيها شخصان',
    few: 'فيها {count} أشخاص',
    many: 'فيها {count} شخصًا',
    other: 'فيها {count} شخص',
  },
  join: 'انضمام',
  decline: 'رفض',
  openChat: 'فتح',
  openInNewTab: 'فتح في علامة تبويب جديدة',
  leaveEllipsis: 'مغادرة…',
  add: 'إضافة',
  leaveChat: 'مغادرة الدردشة',
  leaveQuestion: 'مغادرة هذه الدردشة؟ يبقى الجزء الخاص بك مقروءًا، ولن يصلك شيء جديد.',
  leave: 'مغادرة',
};
