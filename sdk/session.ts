import { filter } from 'rxjs';
import { ParleyError } from '#protocol';
import type { CommandInput, CommandName, CommandReply, ContextLink, Conversation, SessionInfo } from '#protocol';
import type { OutboxItem, Session, TimelineStore } from './api.js';
import type { PageMemory } from './environment.js';
import { newId } from './new-id.js';
import { Drafts } from './stores/drafts.js';
import { checked } from './stores/outbox.js';
import type { ServerState } from './stores/server-state.js';
import { Workspace } from './stores/workspace.js';
import { backoff } from './transport/backoff.js';
import type { ServerConnection } from './transport/server-connection.js';

/** A command that a person waits for is repeated so often before they are told. */
const ATTEMPTS = 5;

/**
 * One user on one device: what the interface asks of the stores and of the connection. Nothing is shared with another
 * session, so that throwing it away is all that a change of user needs (reliability G14).
 */
export class LiveSession implements Session {
  readonly drafts = new Drafts();
  readonly open$;
  readonly tabs$;
  readonly panelOpen$;
  readonly info$;
  readonly settings$;
  readonly conversations;
  readonly directory;
  readonly presence;
  readonly outbox;

  readonly #state: ServerState;
  readonly #connection: ServerConnection;
  readonly #workspace: Workspace;

  constructor(state: ServerState, connection: ServerConnection, memory: PageMemory) {
    this.#state = state;
    this.#connection = connection;
    ({ conversations: this.conversations, directory: this.directory, presence: this.presence, outbox: this.outbox } = state);
    this.info$ = state.info$.pipe(filter((info): info is SessionInfo => info !== null));
    this.#workspace = new Workspace(memory);
    ({ open$: this.open$, tabs$: this.tabs$, panelOpen$: this.panelOpen$ } = this.#workspace);
    this.info$.subscribe(({ tenant, user }) => this.#workspace.begin(tenant, user.id));
    // A tab may be of a chat further down the list, or of one that is not there any more: asking brings it, or closes the tab.
    this.conversations.loading$.subscribe((loading) => loading || this.#workspace.tabs.forEach((id) => this.#know(id)));
    this.settings$ = state.settings$.asObservable();
  }

  get info(): SessionInfo {
    const info = this.#state.info$.value;
    if (!info) throw new ParleyError('OFFLINE', 'not signed in yet');
    return info;
  }

  open(conversation: string | null): void {
    this.#workspace.open(conversation);
    if (conversation !== null) this.#know(conversation);
  }

  close(conversation: string): void {
    this.#workspace.close(conversation);
  }

  setPanelOpen(open: boolean): void {
    this.#workspace.setPanelOpen(open);
  }

  timeline(conversation: string): TimelineStore {
    return this.#state.timeline(conversation);
  }

  send(conversation: string, { text, links = [] }: { text: string; links?: ContextLink[] }): OutboxItem {
    if (this.#over) throw new ParleyError('SESSION_ENDED');
    const item = this.outbox.add(conversation, { text, links });
    this.conversations.setTyping(conversation, false);
    return item;
  }

  async startChat({
    to,
    title,
    description,
    text = '',
    links = [],
  }: {
    to: string[];
    title?: string;
    description?: string;
    text?: string;
    links?: ContextLink[];
  }): Promise<Conversation> {
    const content = text || links.length > 0 ? checked({ text, links }) : null;
    const kind = to.length === 1 && !title && !description ? 'direct' : 'group';
    const { conversation, people } = await this.#insist('conversation:create', {
      cid: newId(),
      kind,
      members: to,
      ...(title ? { title } : {}),
      ...(description ? { description } : {}),
    });
    if (this.#over) throw new ParleyError('SESSION_ENDED');
    this.directory.add(people);
    this.conversations.put(conversation);
    if (content) this.send(conversation.id, content);
    this.open(conversation.id);
    return conversation;
  }

  async invite(conversation: string, users: string[]): Promise<void> {
    await this.#insist('conversation:invite', { conversation, cid: newId(), users });
  }

  async leave(conversation: string): Promise<void> {
    await this.#insist('conversation:leave', { conversation, cid: newId() });
  }

  command<N extends CommandName>(name: N, payload: CommandInput<N>): Promise<CommandReply<N>> {
    return this.#connection.command(name, payload);
  }

  dispose(): void {
    this.drafts.dispose();
    this.#workspace.dispose();
    this.#state.dispose();
  }

  #know(conversation: string): void {
    if (!this.conversations.get(conversation)) this.conversations.refresh(conversation);
  }

  get #over(): boolean {
    return this.#connection.state.state === 'ended';
  }

  /** The same command with the same id until there is an answer (SPEC C5); offline from the start, the person hears at once. */
  async #insist<N extends CommandName>(name: N, payload: CommandInput<N>): Promise<CommandReply<N>> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.command(name, payload);
      } catch (error) {
        const offline = error instanceof ParleyError && error.code === 'OFFLINE' && attempt === 0 && !this.#connection.connected;
        if (!(error instanceof ParleyError) || !error.retryable || offline || attempt + 1 >= ATTEMPTS) throw error;
        await this.#pause(backoff(attempt, () => this.#connection.random(), error.retryAfterMs ?? 500));
      }
    }
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#connection.later(ms, resolve);
      this.#connection.state$.subscribe({ complete: () => (cancel(), resolve()) });
    });
  }
}
