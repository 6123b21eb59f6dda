import type { Observable } from 'rxjs';
import type {
  ChosenAvailability,
  CommandInput,
  CommandName,
  CommandReply,
  ContextLink,
  ContactsState,
  Conversation,
  DirectoryGroup,
  Entry,
  Invitation,
  Member,
  ParleyError,
  Person,
  Preferences,
  Presence,
  SessionInfo,
  Settings,
  SharedMailbox,
} from '#protocol';
import type { Environment } from './environment.js';
import type { HostContext, HostItems } from './host/host-context.js';
import type { Connection } from './transport/reasons.js';
import type { TransportName } from './transport/transport.js';

/** Gives a token of the signed-in user. `signal` is aborted when the session ends meanwhile. */
export type TokenProvider = (request: { reason: TokenReason; signal: AbortSignal }) => Promise<string> | string;
export type TokenReason = 'connect' | 'expiring' | 'rejected';

export interface ParleyOptions {
  /** Address of the Parley server, with its scheme, such as `https://chat.hospital.example`. */
  server: string;
  /** Called at connect, before expiry and after a rejection; one call at a time. What it gives stays in memory. */
  token: TokenProvider;
  /** How the host's items are known, linked and opened, by kind. */
  host?: HostContext;
  /** The order in which they are tried: by default WebSocket, and polling where that fails or hangs. */
  transports?: TransportName[];
  /** For native hosts: further headers of the handshake. A browser ignores them on WebSocket. */
  headers?: Record<string, string>;
  /** Clock, random numbers, timers, the page and the transport; replaced in tests. */
  environment?: Partial<Environment>;
}

/** The handle that a page keeps for as long as it lives. Everything of one user lives in a `Session`, which goes as a whole. */
export interface Parley {
  readonly server: string;
  /** The signed-in user's session; null before the first sign-in, while switching, and after `end()`. */
  readonly session$: Observable<Session | null>;
  readonly session: Session | null;
  readonly connection$: Observable<Connection>;
  readonly connection: Connection;
  readonly host: HostItems;
  /** Follows the current session: gives `otherwise` while there is none, and switches at once with the user. */
  select<T>(project: (session: Session) => Observable<T>, otherwise: T): Observable<T>;
  /**
   * Starts to connect; `createParley` does not. Resolves when ready for the first time; rejects with a `ParleyError` when
   * refused for good. Called again meanwhile, it returns the same promise, and a connection that waits for its next attempt tries at once.
   */
  connect(): Promise<Session>;
  /**
   * Ends the user's session, in every tab of this browser, and starts one for the next here. Nothing of the previous user remains
   * (reliability G14).
   */
  switchUser(token: TokenProvider): Promise<Session>;
  /** Ends the session, in every tab of this browser; `connect()` or `switchUser()` may start a new one. */
  end(options?: { reason?: string }): Promise<void>;
  /**
   * The person has left the workstation: masks everything at once, in every tab of this browser, as `end()` does, and ends the connection, so
   * that no text comes to where nobody sits. What was being written is kept in memory for `unlock()`; `connection.reason` is `user-locked`.
   */
  lock(): void;
  /**
   * They are back, in every tab. Asks for a token and shows all again, if it is the same user's; rejects with `WRONG_USER` and ends the
   * session if it is not, and with `SESSION_ENDED` when there is nothing to unlock.
   */
  unlock(): Promise<Session>;
  /** Ends the session and completes every observable. */
  dispose(): void;
}

/** One signed-in user on one device. */
export interface Session {
  readonly info: SessionInfo;
  readonly info$: Observable<SessionInfo>;
  readonly conversations: ConversationsStore;
  readonly directory: DirectoryStore;
  readonly presence: PresenceStore;
  readonly outbox: OutboxStore;
  readonly drafts: DraftsStore;
  readonly settings$: Observable<Settings>;
  readonly contacts: ContactsStore;
  readonly invitations: InvitationsStore;
  readonly history: HistoryStore;
  readonly notices: NoticesStore;
  /** Changes some of the user's settings, for every device of theirs. Rejects with a `ParleyError`. */
  saveSettings(change: Partial<Preferences>): Promise<void>;
  /** Which conversation the panel shows; null = the list. Kept here so that launcher, badges and panel agree. */
  readonly open$: Observable<string | null>;
  /** Shows it, in a tab of its own; `background`: the tab only; `at`: at the entry of this number, such as that of a hit (M7). */
  open(conversation: string | null, options?: { background?: boolean; at?: number }): void;
  /**
   * The chats that are open, the most recently opened last (B36). With `open$` and `panelOpen$` they are as they were when the host goes to
   * another page (B1): `sessionStorage` keeps their ids, and never a name or a word, until the session ends. A chat that was left, or is not
   * to be had any more, is not among them.
   */
  readonly tabs$: Observable<readonly string[]>;
  /** Closes the tab; the one beside it comes forward. The chat itself goes on (B23): `leave` and `end` are others. */
  close(conversation: string): void;
  /** Whether the panel was open, on this page or on the one before. The panel follows it and says what it does; a page may do both itself. */
  readonly panelOpen$: Observable<boolean>;
  setPanelOpen(open: boolean): void;
  /** Starts or finds a chat and opens it. One other person and no title = direct. Rejects with a `ParleyError`. */
  startChat(input: { to: string[]; title?: string; description?: string; text?: string; links?: ContextLink[] }): Promise<Conversation>;
  /**
   * Opens the chat with one person, or starts one with several, and puts a draft into it that is never sent by itself (M2, M16): the call
   * first (`context`, by default the host's current call, M11; null for none), then the text (M14). What is typed there already stays, before it.
   */
  openChat(input: { to: string | string[]; text?: string; context?: CallContext | null }): Promise<Conversation>;
  /** The timeline of a conversation; shared, created on first use. */
  timeline(conversation: string): TimelineStore;
  /** Puts it into the outbox and returns at once. Throws `INVALID` for what the protocol refuses, `SESSION_ENDED` after the end. */
  send(conversation: string, content: { text: string; links?: ContextLink[] }): OutboxItem;
  /** Low level: one command, once. Rejects with a `ParleyError`: the server's code, `TIMEOUT`, `OFFLINE` or `SESSION_ENDED`. */
  command<N extends CommandName>(name: N, payload: CommandInput<N>): Promise<CommandReply<N>>;
  /** Adds people to a group, or asks them to join, as the tenant's policy says. */
  invite(conversation: string, users: string[]): Promise<void>;
  leave(conversation: string): Promise<void>;
  /**
   * Takes somebody out of a group, or their invitation back: they can read nothing of it any more. Its initiator or an admin may. Rejects
   * with `ROLE_FORBIDDEN` otherwise.
   */
  remove(conversation: string, user: string): Promise<void>;
  /** Ends it for all: its initiator or an admin may (E15). Rejects with `ROLE_FORBIDDEN` otherwise. */
  end(conversation: string): Promise<void>;
  /** What is not named stays; an empty text removes it (E23). */
  rename(conversation: string, change: { title?: string; description?: string }): Promise<void>;
}

export interface ConversationsStore {
  /** Newest first (SPEC S6). */
  readonly list$: Observable<readonly Conversation[]>;
  readonly more$: Observable<boolean>;
  /** True until the first snapshot has come, and again after the server's history was restored. */
  readonly loading$: Observable<boolean>;
  /** Sum over the conversations held. */
  readonly unread$: Observable<number>;
  one$(id: string): Observable<Conversation | null>;
  /** All members with their marks; loaded on subscription and kept current. */
  members$(id: string): Observable<readonly Member[]>;
  /** How far each of the others is with an own entry; those who were in when it was written. */
  recipients$(id: string, seq: number): Observable<readonly RecipientState[]>;
  /** Messages in which every word occurs, newest first, only what the user may see (M7). Rejects with a `ParleyError`. */
  searchMessages(text: string, options?: { conversation?: string; before?: string; limit?: number }): Promise<MessageHits>;
  /** Who writes now, without oneself. */
  typing$(id: string): Observable<readonly string[]>;
  loadMore(): Promise<void>;
  /** Called by the composer as often as it likes; forgotten after `TIMES.typing` without a call. */
  setTyping(id: string, active: boolean): void;
  /** "Read" is the composer's activation or sending, while visible and focused (B27): the element decides, this sends it coalesced. */
  markRead(id: string): void;
}

/** How far an own message is, by the member who is least far; `held` while somebody wants not to be disturbed and the others have it. */
export type DeliveryState = 'sent' | 'held' | 'delivered' | 'read';

/** How far one recipient is: `queued` waits for a device of theirs, `held` for the end of their "do not disturb", `ended` will not be shown as new. */
export interface RecipientState {
  user: string;
  state: 'queued' | 'held' | 'delivered' | 'read' | 'ended';
}

/** One line of a timeline. An unchanged line is the same object. An own entry has the key of the local echo that it replaces. */
export type TimelineItem =
  | { type: 'entry'; key: string; entry: Entry; mine: boolean; state: DeliveryState | null }
  | { type: 'pending'; key: string; item: OutboxItem }
  | { type: 'gap'; key: string; from: number; to: number };

export interface TimelineState {
  status: 'loading' | 'ready' | 'error';
  /** The first entry that the viewer may see is held. */
  atStart: boolean;
  loadingOlder: boolean;
  /** What is to be revealed is not held yet. */
  seeking?: boolean;
  error?: ParleyError;
}

export interface TimelineStore {
  readonly items$: Observable<readonly TimelineItem[]>;
  readonly state$: Observable<TimelineState>;
  /**
   * Number of the first unread entry when the timeline was opened ("New"), null when there was none. Stays while it is open; may move on once
   * what lies there is held.
   */
  readonly newFrom$: Observable<number | null>;
  /** The entry to be brought into view, held by now; another object each time. Null when there is none, and again when nobody looks any more. */
  readonly revealed$: Observable<{ readonly seq: number } | null>;
  /**
   * Asks for the page around this entry where it is not held, and tells it by `revealed$`; in its place the next one, where it is not for this
   * viewer. What lies between it and the newest page is a line of type `gap`, however much that is.
   */
  reveal(seq: number): void;
  loadOlder(): Promise<void>;
  /** A page of a gap, from its older or its newer end. Rejects with a `ParleyError`. */
  loadGap(gap: { from: number; to: number }, end: 'older' | 'newer'): Promise<void>;
  /** After an error: asks again. */
  retry(): void;
}

export interface OutboxItem {
  cid: string;
  conversation: string;
  text: string;
  links: ContextLink[];
  /** When the person sent it, by this device's clock. UTC, ms. */
  at: number;
  state: 'sending' | 'waiting' | 'not-sent';
  /** With `not-sent`: why. */
  error?: ParleyError;
  /** It waited longer than `TIMES.staleMessage`: the person decides (reliability G11). */
  stale?: boolean;
  /** It is on this device's disk, encrypted: closing the page loses nothing. Otherwise it is in memory only. */
  kept?: boolean;
}

export interface OutboxStore {
  readonly items$: Observable<readonly OutboxItem[]>;
  /** Sends one that was not sent, with its same id. */
  retry(cid: string): void;
  discard(cid: string): void;
}

export interface DirectoryStore {
  /** Null while unknown. */
  person$(id: string): Observable<Person | null>;
  person(id: string): Person | null;
  /** Rejects with a `ParleyError`. `limit` is at most `LIMITS.searchHits`, which is the default. */
  search(text: string, limit?: number): Promise<readonly Person[]>;
  /** People, groups and shared mailboxes (B19). */
  searchAll(text: string, limit?: number): Promise<DirectoryHits>;
  /** People by name, page after page (E24): all, those of whom a field contains a text, or those of a group or resource. */
  browse(query?: DirectoryQuery): Promise<{ people: readonly Person[]; next: string | null }>;
}

/** Messages that were found, with the conversations and people that they name put into their stores. */
export interface MessageHits {
  hits: readonly Entry[];
  /** Give it as `before` for more; null when there are none. */
  next: string | null;
}

/** Favourites, requests and personal groups (S9-S16, B6, B31-B34). Each act resolves when the server has it and rejects with a `ParleyError`. */
export interface ContactsStore {
  readonly state$: Observable<ContactsState>;
  add(user: string): Promise<void>;
  accept(user: string): Promise<void>;
  decline(user: string): Promise<void>;
  remove(user: string): Promise<void>;
  /** Without an id, a new group. Resolves to its id. */
  saveGroup(group: { id?: string; name: string; users: readonly string[] }): Promise<string>;
  removeGroup(id: string): Promise<void>;
  arrangeGroups(ids: readonly string[]): Promise<void>;
}

/** Conversations that the user was asked to join (B15). */
export interface InvitationsStore {
  readonly list$: Observable<readonly Invitation[]>;
  /** Joins and opens it. */
  join(conversation: string): Promise<Conversation>;
  decline(conversation: string): Promise<void>;
}

export type HistoryRecipient = { email: string } | { user: string } | { group: string } | { mailbox: string };

/** What the user may see of a conversation, as text (B17-B21). Language and zone are the reader's. */
export interface HistoryStore {
  send(conversation: string, to: readonly HistoryRecipient[], form?: { language?: string; timeZone?: string }): Promise<void>;
  /** The whole text, fetched page by page. */
  text(conversation: string, form?: { language?: string; timeZone?: string }): Promise<string>;
}

/** Something that the user has not looked at yet and should notice. */
export interface Notice {
  /** The same in every tab. */
  id: string;
  type: 'message' | 'invitation';
  conversation: string;
  /** User id of who wrote or invited. */
  from: string;
  /** When it was received, by the server's clock. UTC, ms (E9). */
  at: number;
  /** The message was said in a group, and not to the person alone. */
  group?: boolean;
  /** The message, only where policy and person both want it shown. */
  text?: string;
}

export interface NoticesStore {
  /** One for each conversation, the newest first; goes when it is read, joined, declined or dismissed, in any tab. */
  readonly pending$: Observable<readonly Notice[]>;
  /** Emits in one tab only, and at most once in ten seconds for a conversation: sound and desktop notification follow it. */
  readonly rings$: Observable<Notice>;
  dismiss(id: string): void;
}

/** The host's telephone call: who is on the line (M11). */
export interface CallContext {
  name: string;
  number: string;
}

export interface DirectoryHits {
  people: readonly Person[];
  groups: readonly DirectoryGroup[];
  mailboxes: readonly SharedMailbox[];
}

export interface DirectoryQuery {
  field?: 'name' | 'title' | 'organisation' | 'email' | 'phone';
  contains?: string;
  /** Id of a group or resource of the directory. */
  group?: string;
  /** The `next` of the page before. */
  after?: string;
  limit?: number;
}

export interface PresenceStore {
  /** Watched while subscribed; `unknown` while not connected (SPEC W4). */
  of(user: string): Observable<Presence>;
  readonly own$: Observable<{ availability: ChosenAvailability; message: string }>;
  /** Rejects with a `ParleyError`. */
  set(availability: ChosenAvailability, message?: string): Promise<void>;
  /** Activity seen in the host's document. */
  report(active: boolean): void;
}

export interface Draft {
  text: string;
  links: ContextLink[];
  /** It was sent, but there was neither a connection nor a place to keep it: it is here again, and not sent. */
  returned?: boolean;
}

/** What is typed and not sent yet: kept on this device, encrypted for this user, where that can be (reliability 8.6); else as long as the session. */
export interface DraftsStore {
  get(conversation: string): Draft;
  draft$(conversation: string): Observable<Draft>;
  update(conversation: string, change: Partial<Draft>): void;
  /**
   * Puts a call (`parley.host.call`), unless it stands there already, then a text, on lines of their own after what is typed there (M14).
   * Nothing is sent.
   */
  compose(conversation: string, content: { text?: string; context?: CallContext | null }): void;
  clear(conversation: string): void;
}
