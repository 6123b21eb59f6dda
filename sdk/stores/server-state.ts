import { BehaviorSubject, map } from 'rxjs';
import { DEFAULT_PREFERENCES, LIMITS } from '#protocol';
import type { CommandReply, EventName, EventPayload, Handshake, Policies, SessionInfo, Settings, Synced } from '#protocol';
import { backoff } from '../transport/backoff.js';
import type { ConnectionListener } from '../transport/connection-listener.js';
import { Contacts } from './contacts.js';
import { Conversations } from './conversations.js';
import { Directory } from './directory.js';
import { History } from './history.js';
import { Invitations } from './invitations.js';
import { OpenChats } from './open-chats.js';
import { Outbox } from './outbox.js';
import { PresenceWatch } from './presence.js';
import { Receipts } from './receipts.js';
import type { Wire } from './wire.js';

const NO_SETTINGS: Settings = { ...DEFAULT_PREFERENCES, availability: 'available', statusMessages: {} };

/** What the client hears of a session. */
interface Told {
  /** `outboxKey`: what the user's unsent text may be kept with; none from a server that knows of no such thing. */
  started(outboxKey: string | undefined): void;
  ended(): void;
  /** A conversation was left, or is not to be had any more. */
  gone(conversation: string): void;
}

/**
 * The stores of one session, and which of them hears what the server tells (SPEC S1 - S4, D1 - D4). Longer than most files because the
 * order in which they hear of one thing is the rule that is kept here.
 */
export class ServerState implements ConnectionListener {
  readonly info$ = new BehaviorSubject<SessionInfo | null>(null);
  readonly settings$ = new BehaviorSubject<Settings>(NO_SETTINGS);
  readonly directory: Directory;
  readonly conversations: Conversations;
  readonly chats: OpenChats;
  readonly outbox: Outbox;
  readonly presence: PresenceWatch;
  readonly contacts: Contacts;
  readonly invitations: Invitations;
  readonly history: History;

  readonly #wire: Wire;
  readonly #told: Told;
  readonly #receipts: Receipts;
  #epoch = '';
  #revision = 0;
  /** The newest revision that was heard of. */
  #heard = 0;
  #syncing = false;
  #failures = 0;

  constructor(wire: Wire, told: Told) {
    this.#wire = wire;
    this.#told = told;
    this.directory = new Directory(wire);
    const people = (some: Parameters<Directory['add']>[0]) => this.directory.add(some);
    this.history = new History(wire);
    this.invitations = new Invitations(wire, people, ({ conversation, people: named }) => {
      people(named);
      this.conversations.put(conversation);
    });
    this.#receipts = new Receipts(wire, (id, { marks, unread }) => this.conversations.marked(id, marks, unread));
    this.outbox = new Outbox(
      wire,
      ({ conversation }, seq) => this.chats.acknowledged(conversation, seq),
      (id) => this.chats.look(id),
    );
    this.chats = new OpenChats({
      wire,
      people,
      outbox: this.outbox,
      one$: (id) => this.conversations.one$(id),
      summary: (id) => this.conversations.get(id),
      epoch: (epoch) => {
        if (epoch !== this.#epoch) void this.#sync();
        return epoch === this.#epoch;
      },
    });
    this.conversations = new Conversations(wire, {
      chats: this.chats,
      receipts: this.#receipts,
      people,
      gone: (id) => this.#gone(id),
    });
    const own$ = this.settings$.pipe(
      map(({ availability, statusMessages }) => ({ availability, message: statusMessages[availability] ?? '' })),
    );
    this.presence = new PresenceWatch(wire, own$, (reply) => this.chosen(reply));
    this.contacts = new Contacts(
      wire,
      ({ revision, ...change }) => this.#changed({ revision, change: { type: 'contacts', ...change } }),
      (users) => this.info$.value?.policies.presence === 'consent' && this.presence.again(users),
    );
  }

  held(): Pick<Handshake, 'epoch' | 'revision'> {
    if (!this.#epoch) return {};
    // Forgotten (below zero): none that the server could find unchanged.
    return this.#revision < 0 ? { epoch: this.#epoch } : { epoch: this.#epoch, revision: this.#revision };
  }

  started({ session, synced, outboxKey }: EventPayload<'session:started'>): { restored: boolean; caughtUp: Promise<unknown> } {
    const before = this.info$.value?.policies;
    this.info$.next(session);
    this.directory.add([session.user]);
    // Such a change gives a new revision (SPEC F3): without a state there is none.
    if (before && synced.state && showsOther(before, session.policies)) this.#forget();
    const restored = this.#apply(synced);
    for (const store of [this.conversations, this.directory, this.presence]) store.connected();
    const caughtUp = this.chats.connected();
    this.#told.started(outboxKey);
    return { restored, caughtUp };
  }

  refreshed({ expiresAt, session }: CommandReply<'session:refresh'>): void {
    const info = session ?? this.info$.value;
    if (!info) return;
    this.info$.next({ ...info, expiresAt });
    this.directory.add([info.user]);
  }

  event(name: EventName, payload: unknown): void {
    this.chats.event(name, payload);
    const handle = this.#handlers[name] as ((payload: unknown) => void) | undefined;
    handle?.(payload);
  }

  ready(): void {
    this.#receipts.ready();
    this.outbox.ready();
  }

  lost(): void {
    this.outbox.lost();
    this.presence.lost();
    this.chats.lost();
  }

  ended(): void {
    this.#told.ended();
  }

  dispose(): void {
    for (const store of [this.chats, this.outbox, this.conversations, this.presence, this.directory, this.contacts, this.invitations])
      store.dispose();
    this.#receipts.reset();
    for (const subject of [this.info$, this.settings$]) subject.complete();
  }

  readonly #handlers: { [N in EventName]?: (payload: EventPayload<N>) => void } = {
    'entry:added': ({ entry }) => {
      this.conversations.entry(entry);
      if (entry.author === this.#wire.user) this.outbox.settle(entry);
    },
    'state:changed': (changed) => this.#changed(changed),
    'session:changed': ({ session }) => this.#policies(session),
    'presence:changed': ({ user, presence }) => this.presence.changed(user, presence),
    'heads:digest': ({ revision, heads }) => {
      this.#heads(heads);
      this.#hear(revision);
    },
  };

  #heads(heads: Synced['heads']): void {
    this.conversations.heads(heads);
    for (const { conversation, head } of heads) this.chats.reaches(conversation, head);
  }

  #changed({ revision, change }: EventPayload<'state:changed'>): void {
    if (revision <= this.#revision) return;
    // Not the next one, or of a kind that only a later version knows: the snapshot says it all (SPEC S2, P2).
    if (revision > this.#revision + 1 || change.type === 'unknown') return this.#hear(revision);
    this.#revision = revision;
    if (change.type === 'settings') this.settings$.next(change.settings);
    else if (change.type === 'invitations') this.invitations.changed(change);
    else if (change.type === 'contacts') {
      this.directory.add(change.people);
      this.contacts.put(change.contacts);
    } else this.conversations.changed(change);
  }

  /** Settings that this device has set: the answer says what the event to the other devices says. */
  chosen({ settings, revision }: CommandReply<'settings:set'>): void {
    this.#changed({ revision, change: { type: 'settings', settings } });
  }

  /** What holds for the user changed. Off and on again, or another horizon: what is held may show less or more than may be seen. */
  #policies(session: SessionInfo): void {
    const before = this.info$.value?.policies;
    this.info$.next(session);
    this.directory.add([session.user]);
    const { enabled, presence } = session.policies;
    const backOn = enabled && before?.enabled === false;
    // What was asked while it was off was refused, and what became of the rest nobody told (SPEC F2).
    if (backOn) this.directory.connected();
    if (backOn || before?.presence !== presence) this.presence.again();
    if (!before || !showsOther(before, session.policies)) return;
    this.#forget();
    // One that is looked at and further down the list than heads are told is in no answer.
    void this.#sync().then(() => enabled && this.chats.refill());
  }

  /** Left: its log stays to be read. Not the viewer's any more: whoever lets them in again shows them another stretch of it. */
  #gone(id: string): void {
    if (!this.conversations.get(id)) this.chats.reset(id);
    this.#told.gone(id);
  }

  #forget(): void {
    this.conversations.reset();
    this.#receipts.reset();
    this.#revision = -1;
    this.chats.reset();
  }

  #hear(revision: number): void {
    this.#heard = Math.max(this.#heard, revision);
    if (this.#heard > this.#revision) void this.#sync();
  }

  async #sync(): Promise<void> {
    if (this.#syncing) return;
    this.#syncing = true;
    // What was heard before the question is settled by its answer, whatever that says; what comes meanwhile asks again.
    this.#heard = 0;
    try {
      this.#apply(await this.#wire.command('session:sync', this.held()));
      this.#failures = 0;
    } catch {
      // Without a connection the next one begins with the same answer.
      const wait = backoff(this.#failures++, () => this.#wire.random(), 1_000);
      if (this.#wire.connected) this.#wire.later(wait, () => void this.#sync());
      return;
    } finally {
      this.#syncing = false;
    }
    this.#hear(0);
  }

  /** True when the server has another history than before: everything held of it goes (SPEC S4). */
  #apply({ epoch, revision, heads, state }: Synced): boolean {
    const restored = this.#epoch !== '' && epoch !== this.#epoch;
    if (restored) {
      this.conversations.reset();
      this.#receipts.reset();
      this.outbox.reset();
    }
    this.#epoch = epoch;
    if (state) {
      this.settings$.next(state.settings);
      this.conversations.snapshot(state);
      this.invitations.snapshot(state.invitations);
      this.contacts.put(state.contacts);
    }
    if (restored || state || revision > this.#revision) this.#revision = revision;
    if (restored) this.chats.reset();
    // As many as are named at once, and even the last of them moved: which others did is not known.
    const last = heads[LIMITS.listPage - 1];
    const more = !state && last && (this.conversations.get(last.conversation)?.head ?? -1) < last.head;
    this.#heads(heads);
    if (more) {
      this.#revision = 0;
      this.#hear(revision);
    }
    return restored;
  }
}

/** Under the one more or less of the log is shown than under the other (SPEC F3). */
function showsOther(before: Policies, now: Policies): boolean {
  return before.enabled !== now.enabled || before.visibleDays !== now.visibleDays;
}
