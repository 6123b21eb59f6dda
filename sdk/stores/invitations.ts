import type { Conversation, EventPayload, Invitation, Person } from '#protocol';
import type { InvitationsStore } from '../api.js';
import { newId } from '../new-id.js';
import { Store } from './store.js';
import type { Wire } from './wire.js';

type Change = Extract<EventPayload<'state:changed'>['change'], { type: 'invitations' }>;

/** What a conversation that was joined means to the other stores. */
export interface JoinedConversation {
  conversation: Conversation;
  people: readonly Person[];
}

/** Conversations that the user was asked to join (B15). One that was answered here goes at once; the server's word follows. */
export class Invitations extends Store<{ list: readonly Invitation[] }> implements InvitationsStore {
  readonly list$ = this.select(({ list }) => list);
  readonly #wire: Wire;
  readonly #people: (people: readonly Person[]) => void;
  readonly #joined: (joined: JoinedConversation) => void;

  constructor(wire: Wire, people: (people: readonly Person[]) => void, joined: (joined: JoinedConversation) => void) {
    super({ list: [] });
    this.#wire = wire;
    this.#people = people;
    this.#joined = joined;
  }

  snapshot(list: readonly Invitation[]): void {
    this.update({ list });
  }

  changed({ invitations, people }: Change): void {
    this.#people(people);
    this.update({ list: invitations });
  }

  async join(conversation: string): Promise<Conversation> {
    const joined = await this.#wire.insist('conversation:join', { conversation, cid: newId() });
    this.#joined(joined);
    this.#answered(conversation);
    return joined.conversation;
  }

  async decline(conversation: string): Promise<void> {
    await this.#wire.insist('conversation:decline', { conversation, cid: newId() });
    this.#answered(conversation);
  }

  #answered(conversation: string): void {
    this.update({ list: this.state.list.filter((invitation) => invitation.conversation !== conversation) });
  }
}
