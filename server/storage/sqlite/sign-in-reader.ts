import { headsOf, toSignInState } from '../sign-in-state.js';
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
    const known = { person, tokensSince };
    const stands = held === undefined ? undefined : this.#lists.settingsOf(tenant, user);
    if (stands && stands.revision === held) {
      const active = this.#lists.activeConversations(tenant, user);
      return { ...known, ...stands, active, heads: this.#lists.heads(tenant, user, limit).heads, state: null };
    }
    const { state, active } = this.#lists.stateAndActive(tenant, user, limit);
    const { revision, settings } = state;
    return { ...known, revision, settings, active, heads: headsOf(state), state: toSignInState(state) };
  }
}
