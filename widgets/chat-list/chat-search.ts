import type { Conversation, Entry, Person } from '#sdk';
import { DirectorySearch } from '../internal/directory-search.js';
import type { Lookup } from '../internal/names.js';
import { Search, type SearchHost } from '../internal/search.js';
import { chatLine, headed, type Line } from './chat-lines.js';

export { renderFound } from './found-option.js';

/** Words of messages are asked for less often than names: they cost the server more, and few people look for them. ms */
const PAUSE = 350;
/** Below so many letters every second message is a hit. */
const LEAST = 2;

export interface Known {
  chats: readonly Conversation[];
  me: string;
  title: (chat: Conversation) => string;
  people: Lookup;
}

const personLine = (person: Person): Line => ({ type: 'person', key: `person ${person.id}`, section: 'people', person });

const messageLine = (entry: Entry): Line => ({
  type: 'message',
  key: `message ${entry.conversation} ${entry.seq}`,
  section: 'messages',
  entry,
});

/** What is typed above the list, and what was found for it: people, chats and messages (M7). */
export class ChatSearch {
  #sought = '';
  /** Nothing can be said to be the first yet: the directory's answer is under way and will stand before what is shown. */
  unsettled = false;
  readonly #people: DirectorySearch;
  readonly #messages: Search<Entry>;

  constructor(host: SearchHost) {
    this.#people = new DirectorySearch(host);
    this.#messages = new Search(host, async (session, text) => (await session.conversations.searchMessages(text)).hits, PAUSE);
  }

  get searching(): boolean {
    return this.#people.state === 'searching' || this.#messages.state === 'searching';
  }

  get failed(): boolean {
    return this.#people.state === 'failed' || this.#messages.state === 'failed';
  }

  /** People are asked for by those who may start a chat with them (E3). */
  ask(text: string, people: boolean): void {
    this.#sought = text;
    if (people) this.#people.ask(this.#sought);
    this.#messages.ask(this.#sought.trim().length < LEAST ? '' : this.#sought);
  }

  lines({ chats, me, title, people }: Known): readonly Line[] {
    const named = chats.filter((chat) => this.#matches(title(chat)));
    const others = chats.filter((chat) => !named.includes(chat));
    const withThem = others.filter(({ members }) =>
      this.#matches(...members.map(people).flatMap((person) => [person?.name ?? '', person?.organisation ?? ''])),
    );
    const ofChats = headed('chats', [...named, ...withThem].map(chatLine('chats')));
    const ofPeople = headed('people', this.#people.people.filter(({ id }) => id !== me).map(personLine));
    const ofMessages = headed('messages', this.#messages.hits.map(messageLine));
    this.unsettled = named.length === 0 && this.#people.state === 'searching';
    // Enter takes the first: whoever types a name means that person and not a group that they happen to be in.
    return [...(named.length > 0 ? [...ofChats, ...ofPeople] : [...ofPeople, ...ofChats]), ...ofMessages];
  }

  /** Words may come in any order; accents and case do not matter, as in the directory. */
  #matches(...texts: readonly string[]): boolean {
    const haystack = plain(texts.join(' '));
    return plain(this.#sought)
      .split(/\s+/)
      .every((word) => haystack.includes(word));
  }
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase().trim();
}
