import type { ReactiveController } from 'lit';
import type { Conversation, Session } from '#sdk';
import { titleOf } from '../internal/names.js';
import type { ParleyElement } from '../internal/parley-element.js';
import { StoreController } from '../internal/store-controller.js';
import type { ConnectionText } from './connection-text.js';

/** Whether the chat that was open is the person's no more because somebody took them out of it (B22). */
export class LostChat implements ReactiveController {
  readonly #host: ParleyElement;
  readonly #open: StoreController<string | null>;
  readonly #chats: StoreController<readonly Conversation[]>;
  /** As the page had known it, never asked for again; empty while nothing was lost. */
  #title = '';
  #was: Conversation | undefined;
  #of: Session | null = null;

  constructor(host: ParleyElement) {
    this.#host = host;
    this.#open = new StoreController<string | null>(host, (client) => client.select((session) => session.open$, null), null);
    this.#chats = new StoreController<readonly Conversation[]>(
      host,
      (client) => client.select((session) => session.conversations.list$, []),
      [],
    );
    // After its stores, which are read when it is told.
    host.addController(this);
  }

  said(): ConnectionText | null {
    const name = this.#title;
    return name === '' ? null : { tone: 'quiet', icon: 'leave', text: this.#host.text('notIn', { name }) };
  }

  /** It was read, and is said no more. */
  seen(): void {
    this.#title = '';
    this.#host.requestUpdate();
  }

  hostUpdate(): void {
    const { client, localisation } = this.#host;
    const session = client?.session ?? null;
    const [open, was] = [this.#open.value, this.#was];
    const held = (id: string | null | undefined): Conversation | undefined => this.#chats.value.find((chat) => chat.id === id);
    if (session !== this.#of || (open !== null && open !== was?.id)) this.#title = '';
    if (session !== null && session === this.#of && was && was.id !== open && !held(was.id))
      this.#title = titleOf(was, session.info.user.id, (id) => session.directory.person(id), localisation);
    this.#of = session;
    // While everything is loaded anew the list lacks even what is open.
    this.#was = held(open) ?? (open !== null && was?.id === open ? was : undefined);
  }
}
