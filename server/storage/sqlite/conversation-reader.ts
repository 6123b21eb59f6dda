import { membersOf } from '../sql/summaries.js';
import type { ConversationRecord } from '../storage.js';
import type { ListReader } from './list-reader.js';
import type { LogReader } from './log-reader.js';
import type { PeopleReader } from './people-reader.js';

/** One conversation with all that is told of it. */
export class ConversationReader {
  readonly #lists: ListReader;
  readonly #logs: LogReader;
  readonly #people: PeopleReader;

  constructor(parts: { lists: ListReader; logs: LogReader; people: PeopleReader }) {
    this.#lists = parts.lists;
    this.#logs = parts.logs;
    this.#people = parts.people;
  }

  /** See `Storage.conversation`. */
  read(tenant: string, user: string, id: string): ConversationRecord | null {
    const conversation = this.#lists.conversation(tenant, user, id);
    if (!conversation) return null;
    const members = this.#logs.members(tenant, id, user);
    return { conversation, members, people: this.#people.people(tenant, membersOf(conversation, members)) };
  }
}
