import type { Conversation, Entry, Person } from '#sdk';

/** Parts of the list, by the text above them. */
export type Section = 'chats' | 'sessionEnded' | 'chatsLeft' | 'people' | 'messages';

/** One line of the list. */
export type Line = { key: string; section: Section } & (
  { type: 'heading' } | { type: 'chat'; chat: Conversation } | { type: 'person'; person: Person } | { type: 'message'; entry: Entry }
);

export type Chosen = Exclude<Line, { type: 'heading' }>;

export const chatLine =
  (section: Section) =>
  (chat: Conversation): Line => ({ type: 'chat', key: chat.id, section, chat });

/** With its heading; nothing where there is nothing under it. */
export function headed(section: Section, lines: readonly Line[]): readonly Line[] {
  return lines.length === 0 ? [] : [{ type: 'heading', key: `heading ${section}`, section }, ...lines];
}

/** The list when nothing is searched: below the chats that go on those that were ended (E6), and those that one has left (B22). */
export function listed(chats: readonly Conversation[]): readonly Line[] {
  const section = (name: Section): readonly Line[] => chats.filter((chat) => sectionOf(chat) === name).map(chatLine(name));
  return [...section('chats'), ...headed('sessionEnded', section('sessionEnded')), ...headed('chatsLeft', section('chatsLeft'))];
}

function sectionOf({ active, ended }: Conversation): Section {
  if (ended) return 'sessionEnded';
  return active ? 'chats' : 'chatsLeft';
}
