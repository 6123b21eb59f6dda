import type { Conversation, Person } from '#sdk';
import type { Localisation } from './localisation.js';

export type Lookup = (id: string) => Person | null;

/** What names may not do: break the line or turn its direction (attack 57). The server refuses these already; a host's directory may not. */
const DECEIVING = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu;

/** A name that came from elsewhere, as one harmless line. */
export function oneLine(text: string): string {
  return text.replace(DECEIVING, ' ').trim();
}

export function nameOf(id: string, me: string, look: Lookup, localisation: Localisation): string {
  return id === me ? localisation.text('you') : oneLine(look(id)?.name ?? '') || localisation.text('unknownPerson');
}

/** The other one of a chat of two; null in groups and when nobody else is in. */
export function otherOf(conversation: Conversation, me: string): string | null {
  return conversation.kind === 'direct' ? (conversation.members.find((id) => id !== me) ?? null) : null;
}

/** The title, or else the names of the others; a group says that it is one where its names do not (B9). */
export function titleOf(conversation: Conversation, me: string, look: Lookup, localisation: Localisation): string {
  const title = oneLine(conversation.title ?? '');
  if (title !== '') return title;
  const others = conversation.members.filter((id) => id !== me);
  const names = localisation.list(others.map((id) => nameOf(id, me, look, localisation)));
  if (others.length > 1 || conversation.kind === 'direct') return names || localisation.text('chat');
  // With the name alone it would look like the chat of two with that person, and somebody would write to the wrong one.
  return names === '' ? localisation.text('untitledGroup') : localisation.text('theirGroup', { name: names });
}
