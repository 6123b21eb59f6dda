import type {
  ChosenAvailability,
  CommandName,
  CommandPayload,
  CommandReply,
  Entry,
  Marks,
  Policies,
  Presence,
  SessionInfo,
  Settings,
  StateChange,
} from '#protocol';
import { ParleyError } from '#protocol';
import { verdict } from '../domain/permissions.js';
import type { SharedStorage } from '../storage/acting.js';
import type { Disturbance, Refused } from '../storage/storage.js';

/** Who asks: by the token of the connection, never by the payload. */
export interface Caller {
  readonly tenant: string;
  readonly user: string;
  readonly device: string;
  /** When their token was made, ms UTC. */
  readonly issuedAt: number;
  readonly policies: Policies;
  /** Reads everything and does nothing (column AU of the matrix). */
  readonly auditor: boolean;
  /** Replaces the token of this connection; resolves to what holds now. Closes the connection when it is somebody else's. */
  refresh(token: string): Promise<SessionInfo>;
  /** The device signs out: it leaves presence at once. */
  signOut(): void;
  /** Watches how these people are. Rejects with INVALID past `LIMITS.presenceWatches`. */
  watch(users: readonly string[]): void;
  unwatch(users: readonly string[]): void;
}

/** Who enters or leaves the audience of a conversation with an entry. */
export interface AudienceChange {
  joined?: readonly string[];
  left?: readonly string[];
  /** They hear nothing of it any more, not even this entry. */
  removed?: readonly string[];
  /** Those of them who are in and want not to be disturbed: the others are told, and they hear nothing. */
  held?: readonly string[];
}

/** Tells what was committed. Nothing is sent in the turn of the call, so that the acknowledgement goes first (SPEC C1). */
export interface Publisher {
  /**
   * To be called in the turn in which the storage answered: the order of the calls is the order of the commits. Those who
   * join hear this entry and what comes after it, those who leave hear it and nothing after it (G12).
   */
  entryAdded(tenant: string, entry: Entry, audience?: AudienceChange): void;
  /**
   * To be called in the turn in which the storage answered. Changes of one user go out by their revision (S2), so one that must be
   * read first is given as a function; it is not called when the user is not connected, and a read that fails leaves the gap to
   * the client's `session:sync`.
   */
  stateChanged(tenant: string, user: string, revision: number, change: StateChange | (() => Promise<StateChange>), except?: Caller): void;
  /**
   * The user began or ceased to want not to be disturbed: the others are told, and from exactly there on they hear nothing, or everything
   * again, after a digest of what has moved.
   */
  disturbanceChanged(tenant: string, user: string, revision: number, disturbance: Disturbance): void;
  receiptMoved(tenant: string, conversation: string, user: string, marks: Marks): void;
  typingChanged(tenant: string, conversation: string, user: string, active: boolean): void;
  /** No connection of `viewer` watches how `user` is any more (B34). */
  presenceHidden(tenant: string, viewer: string, user: string): void;
}

export interface PresenceService {
  of(tenant: string, users: readonly string[]): Promise<Map<string, Presence>>;
  /** How everybody looks whose presence the viewer may not see (B6). */
  hidden(): Presence;
  /** The user's settings are these from now on, as far as others see them. */
  settingsChanged(tenant: string, user: string, settings: Settings): void;
  choose(tenant: string, user: string, availability: ChosenAvailability, message: string | undefined): void;
  reportActivity(caller: Caller, active: boolean): void;
}

export interface TypingService {
  set(tenant: string, conversation: string, user: string, active: boolean): void;
  /** The user writes nowhere any more. */
  gone(tenant: string, user: string): void;
}

/** Sends histories by mail, where the server can (B18). */
export interface HistoryService {
  /** When a mail that is asked for now is due, by the queue's clock; null when this server sends none. */
  due(): number | null;
  /** There are new jobs in the store. */
  wake(): void;
  /** For the audit: somebody wanted a history to leave who may not, or to where it may not (attack 50). */
  refused(facts: { tenant: string; user: string; device: string }): void;
}

/** What handlers work with. One for the server, not one a call. */
export interface CommandContext {
  readonly storage: SharedStorage;
  readonly publisher: Publisher;
  readonly presence: PresenceService;
  readonly typing: TypingService;
  readonly histories: HistoryService;
}

/** Does what the command asks, or throws ParleyError. Payloads are parsed, the caller is known and has the right of the matrix. */
export type Handler<N extends CommandName> = (
  context: CommandContext,
  caller: Caller,
  payload: CommandPayload<N>,
) => CommandReply<N> | Promise<CommandReply<N>>;

/** The error of a command that the storage refused in its transaction, by the matrix. */
export function refusal(command: CommandName, refused: Refused): ParleyError {
  const code = verdict(command, refused);
  return new ParleyError(code === 'allow' ? 'NOT_FOUND' : code);
}
