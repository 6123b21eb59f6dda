import type { SignIn, SignInRecord } from '../storage.js';
import type { ListReader } from './list-reader.js';
import type { PeopleReader } from './people-reader.js';
import type { RevocationReader } from './revocations.js';

/** All that a sign-in reads. */
export class SignInReader {
  readonly #lists: ListReader;
  readonly #people: PeopleReader;
  readonly #revocations: RevocationReader;

  constructor(parts: { lists: ListReader; people: PeopleReader; revocations: RevocationReader }) {
    this.#lists = parts.lists;
    this.#people = parts.people;
    this.#revocations = parts.revocations;
  }

  /** See `Storage.signIn`. */
  read(tenant: string, user: string, { limit, held }: SignIn): SignInRecord {
    const [person = null] = this.#people.records(tenant, [user]);
    const tokensSince = this.#revocations.tokensSince(tenant, user);
    const active = this.#lists.activeConversations(tenant, user);
    const state = held === undefined ? this.#lists.userState(tenant, user, limit) : null;
    const { revision, settings } = state ?? this.#lists.settingsOf(tenant, user);
    const known = { person, tokensSince, active, revision, settings };
    if (revision === held) return { ...known, heads: this.#lists.heads(tenant, user, limit).heads, state: null };
    const whole = state ?? this.#lists.userState(tenant, user, limit);
    return { ...known, heads: whole.conversations.map(({ id, head }) => ({ conversation: id, head })), state: whole };
  }
}
