import { filter } from 'rxjs';
import { ParleyError } from '#protocol';
import type { CommandInput, CommandName, CommandReply, ContextLink, Conversation, Preferences, SessionInfo } from '#protocol';
import type { CallContext, OutboxItem, Session, TimelineStore } from './api.js';
import type { Environment } from './environment.js';
import { newId } from './new-id.js';
import { Drafts } from './stores/drafts.js';
import { Notices } from './stores/notices.js';
import { checked } from './stores/outbox.js';
import type { Keeper, OpenKeeper } from './outbox/keeper.js';
import type { ServerState } from './stores/server-state.js';
import { Workspace } from './stores/workspace.js';
import type { ServerConnection } from './transport/server-connection.js';

/** So long the place where unsent text is kept may take to open; without it what is written is sent all the same. ms */
const KEEPER = 5_000;

/**
 * One user on one device: what the interface asks of the stores and of the connection. Nothing is shared with another
 * session, so that throwing it away is all that a change of user needs (reliability G14).
 */
export class LiveSession implements Session {
  readonly drafts: Drafts;
  readonly open$;
  readonly tabs$;
  readonly panelOpen$;
  readonly info$;
  readonly settings$;
  readonly conversations;
  readonly directory;
  readonly presence;
  readonly outbox;
  readonly contacts;
  readonly invitations;
  readonly history;
  readonly notices;

  readonly #state: ServerState;
  readonly #connection: ServerConnection;
  readonly #workspace: Workspace;
  /** The host's call of the moment. */
  readonly #call: () => CallContext | null;
  readonly #openKeeper: OpenKeeper | null;
  #kept = false;
  /** While it is locked. */
  #unsent: readonly OutboxItem[] = [];

  /** `locked`: what is left of this user's session from before it was locked; seen by nobody until it is known to be theirs. */
  constructor(
    state: ServerState,
    connection: ServerConnection,
    { memory, tabs, keep }: Pick<Environment, 'memory' | 'tabs' | 'keep'>,
    call: () => CallContext | null,
    locked?: LiveSession | null,
  ) {
    this.#state = state;
    this.#connection = connection;
    this.#call = call;
    this.#openKeeper = keep;
    ({ conversations: this.conversations, directory: this.directory, presence: this.presence, outbox: this.outbox } = state);
    ({ contacts: this.contacts, invitations: this.invitations, history: this.history } = state);
    this.info$ = state.info$.pipe(filter((info): info is SessionInfo => info !== null));
    this.drafts = locked ? locked.drafts : new Drafts();
    this.#workspace = locked ? locked.#workspace : new Workspace(memory);
    if (locked) this.outbox.restore(locked.#unsent);
    ({ open$: this.open$, tabs$: this.tabs$, panelOpen$: this.panelOpen$ } = this.#workspace);
    this.info$.subscribe(({ tenant, user }) => this.#workspace.begin(tenant, user.id));
    // A tab may be of a chat further down the list, or of one that is not there any more: asking brings it, or closes the tab.
    this.conversations.loading$.subscribe((loading) => loading || this.#workspace.tabs.forEach((id) => this.#know(id)));
    this.settings$ = state.settings$.asObservable();
    this.notices = new Notices({
      list$: this.conversations.list$,
      loading$: this.conversations.loading$,
      invitations$: this.invitations.list$,
      settings$: this.settings$,
      info$: this.info$,
      later: (ms, act) => connection.later(ms, act),
      memory,
      tabs,
    });
  }

  get info(): SessionInfo {
    const info = this.#state.info$.value;
    if (!info) throw new ParleyError('OFFLINE', 'not signed in yet');
    return info;
  }

  /** Once: what was not sent on the page before is there again, and what is not sent on this one is kept (reliability 8.6). */
  async keep(key: string | undefined): Promise<void> {
    if (this.#kept) return;
    this.#kept = true;
    let keeper: Keeper | null = null;
    if (key && this.#openKeeper) {
      const opening = this.#openKeeper(key, this.outbox, this.drafts).catch(() => null);
      keeper = await Promise.race([opening, new Promise<null>((resolve) => this.#connection.later(KEEPER, () => resolve(null)))]);
      // For nobody any more, or too late.
      if (this.#over || keeper === null) void opening.then((late) => late?.dispose());
      if (this.#over) return;
    }
    this.drafts.keepWith(keeper);
    this.outbox.keepWith(keeper);
  }

  open(conversation: string | null, { background = false, at }: { background?: boolean; at?: number } = {}): void {
    if (conversation !== null && at !== undefined) this.timeline(conversation).reveal(at);
    this.#workspace.open(conversation, background);
    if (conversation !== null) this.#know(conversation);
  }

  close(conversation: string): void {
    this.#workspace.close(conversation);
  }

  setPanelOpen(open: boolean): void {
    this.#workspace.setPanelOpen(open);
  }

  timeline(conversation: string): TimelineStore {
    return this.#state.chats.timeline(conversation);
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
    const { conversation, people } = await this.#connection.insist('conversation:create', {
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

  async openChat({ to, text = '', context = this.#call() }: Parameters<Session['openChat']>[0]): Promise<Conversation> {
    const people = typeof to === 'string' ? [to] : to;
    // One that is there already opens without a question: also offline, and for those who may only answer (E3).
    const held = people.length === 1 ? this.conversations.direct(people[0] ?? '') : null;
    if (held) this.open(held.id);
    const conversation = held ?? (await this.startChat({ to: people }));
    this.drafts.compose(conversation.id, { text, context });
    return conversation;
  }

  async invite(conversation: string, users: string[]): Promise<void> {
    await this.#connection.insist('conversation:invite', { conversation, cid: newId(), users });
  }

  async leave(conversation: string): Promise<void> {
    await this.#connection.insist('conversation:leave', { conversation, cid: newId() });
  }

  async remove(conversation: string, user: string): Promise<void> {
    await this.#connection.insist('conversation:remove', { conversation, cid: newId(), user });
  }

  async end(conversation: string): Promise<void> {
    await this.#connection.insist('conversation:end', { conversation, cid: newId() });
  }

  async rename(conversation: string, change: { title?: string; description?: string }): Promise<void> {
    // Null removes; what is not named is left to the server, where another may have changed it meanwhile.
    const named = Object.fromEntries(Object.entries(change).map(([name, text]) => [name, text || null]));
    await this.#connection.insist('conversation:rename', { conversation, cid: newId(), ...named });
  }

  async saveSettings(change: Partial<Preferences>): Promise<void> {
    this.#state.chosen(await this.#connection.insist('settings:set', { change }));
  }

  command<N extends CommandName>(name: N, payload: CommandInput<N>): Promise<CommandReply<N>> {
    return this.#connection.command(name, payload);
  }

  /** Takes apart everything but what the person was writing, and where they were (reliability 6.2). */
  lock(): void {
    this.#unsent = this.#state.outbox.items;
    this.drafts.lock();
    this.notices.dispose(true);
    this.#state.dispose();
  }

  dispose(): void {
    this.#unsent = [];
    this.notices.dispose();
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
}
