import type { Observable } from 'rxjs';
import type {
  ChosenAvailability,
  CommandInput,
  CommandName,
  CommandReply,
  ContextLink,
  Conversation,
  Entry,
  Member,
  ParleyError,
  Person,
  Presence,
  SessionInfo,
  Settings,
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
  /** Ends the user's session here and starts one for the next. Nothing of the previous user remains (reliability G14). */
  switchUser(token: TokenProvider): Promise<Session>;
  /** Ends the session; `connect()` or `switchUser()` may start a new one. */
  end(options?: { reason?: string }): Promise<void>;
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
  /** Which conversation the panel shows; null = the list. Kept here so that launcher, badges and panel agree. */
  readonly open$: Observable<string | null>;
  open(conversation: string | null): void;
  /** Starts or finds a chat and opens it. One other person and no title = direct. Rejects with a `ParleyError`. */
  startChat(input: { to: string[]; title?: string; text?: string; links?: ContextLink[] }): Promise<Conversation>;
  /** The timeline of a conversation; shared, created on first use. */
  timeline(conversation: string): TimelineStore;
  /** Puts it into the outbox and returns at once. Throws `INVALID` for what the protocol refuses, `SESSION_ENDED` after the end. */
  send(conversation: string, content: { text: string; links?: ContextLink[] }): OutboxItem;
  /** Low level: one command, once. Rejects with a `ParleyError`: the server's code, `TIMEOUT`, `OFFLINE` or `SESSION_ENDED`. */
  command<N extends CommandName>(name: N, payload: CommandInput<N>): Promise<CommandReply<N>>;
  invite(conversation: string, users: string[]): Promise<void>;
  leave(conversation: string): Promise<void>;
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
  /** Who writes now, without oneself. */
  typing$(id: string): Observable<readonly string[]>;
  loadMore(): Promise<void>;
  /** Called by the composer as often as it likes; forgotten after `TIMES.typing` without a call. */
  setTyping(id: string, active: boolean): void;
  /** "Read" is the composer's activation or sending, while visible and focused (B27): the element decides, this sends it coalesced. */
  markRead(id: string): void;
}

/** How far an own message is, by the member who is least far. */
export type DeliveryState = 'sent' | 'delivered' | 'read';

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
  error?: ParleyError;
}

export interface TimelineStore {
  readonly items$: Observable<readonly TimelineItem[]>;
  readonly state$: Observable<TimelineState>;
  /** Number of the first unread entry when the timeline was opened ("New"), null when there was none. Stays while it is open. */
  readonly newFrom$: Observable<number | null>;
  loadOlder(): Promise<void>;
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
}

/** What is typed and not sent yet; lives as long as the session, in memory. */
export interface DraftsStore {
  get(conversation: string): Draft;
  draft$(conversation: string): Observable<Draft>;
  update(conversation: string, change: Partial<Draft>): void;
  clear(conversation: string): void;
}
