import type { Notice, Person } from '#sdk';
import { learn, type Localisation } from '../internal/localisation.js';
import { noticesMessages } from '../internal/messages/en-notices.js';
import { oneLine } from '../internal/names.js';
import '../internal/times.js';

/* Importing this file teaches every Localisation the texts of notices. */
learn({ messages: noticesMessages });

/** Whose it is and of what kind: never the title of a chat, which others at the screen could read. */
export function noticeWords({ type, group }: Notice, from: Person | null, { text }: Pick<Localisation, 'text'>): string {
  const name = oneLine(from?.name ?? '') || text('unknownPerson');
  return text(type === 'invitation' ? 'noticeInvitation' : group ? 'noticeGroup' : 'noticeMessage', { name });
}
