import type { CommandReply, ContactsState } from '#protocol';
import type { ContactsStore } from '../api.js';
import { newId } from '../new-id.js';
import { Store } from './store.js';
import type { Wire } from './wire.js';

type Reply = CommandReply<'contact:add'>;

const NOBODY: ContactsState = { contacts: [], requests: [], groups: [] };

/**
 * Favourites, requests and personal groups (S9-S16, B31-B34), always as the server has them: nothing is shown before it holds. Each command
 * may be repeated, since doing it again changes nothing, and a group has the id that this client gave it.
 */
export class Contacts extends Store<{ contacts: ContactsState }> implements ContactsStore {
  readonly state$ = this.select(({ contacts }) => contacts);

  readonly #wire: Wire;
  readonly #applied: (reply: Reply) => void;
  readonly #acceptance: (users: readonly string[]) => void;

  /** `acceptance` hears whose presence may be seen now, or no longer. */
  constructor(wire: Wire, applied: (reply: Reply) => void, acceptance: (users: readonly string[]) => void) {
    super({ contacts: NOBODY });
    this.#wire = wire;
    this.#applied = applied;
    this.#acceptance = acceptance;
  }

  async add(user: string): Promise<void> {
    this.#applied(await this.#wire.insist('contact:add', { user }));
  }

  async accept(user: string): Promise<void> {
    this.#applied(await this.#wire.insist('contact:accept', { user }));
  }

  async decline(user: string): Promise<void> {
    this.#applied(await this.#wire.insist('contact:decline', { user }));
  }

  async remove(user: string): Promise<void> {
    this.#applied(await this.#wire.insist('contact:remove', { user }));
  }

  async saveGroup({ id = newId(), name, users }: { id?: string; name: string; users: readonly string[] }): Promise<string> {
    this.#applied(await this.#wire.insist('contact-group:save', { id, name, users: [...new Set(users)] }));
    return id;
  }

  async removeGroup(id: string): Promise<void> {
    this.#applied(await this.#wire.insist('contact-group:remove', { id }));
  }

  async arrangeGroups(ids: readonly string[]): Promise<void> {
    this.#applied(await this.#wire.insist('contact-group:arrange', { ids: [...ids] }));
  }

  /** As the server has it now. */
  put(contacts: ContactsState): void {
    const [before, now] = [accepted(this.state.contacts), accepted(contacts)];
    this.update({ contacts });
    const changed = [...before, ...now].filter((user) => before.has(user) !== now.has(user));
    if (changed.length > 0) this.#acceptance(changed);
  }
}

function accepted({ contacts }: ContactsState): Set<string> {
  return new Set(contacts.filter(({ state }) => state === 'accepted').map(({ user }) => user));
}
