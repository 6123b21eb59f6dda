import { BehaviorSubject, Observable, of, Subject, switchMap } from 'rxjs';
import { DEFAULT_PREFERENCES } from '#protocol';
import type {
  CallContext,
  Connection,
  ContextLink,
  Conversation,
  HostItems,
  Notice,
  OutboxItem,
  Parley,
  Person,
  Presence,
  Session,
  SessionInfo,
  Settings,
  TimelineStore,
} from '#sdk';
import { Drafts } from '../../../sdk/stores/drafts.js';

/** Where the SDK itself is not what a test is about: the same door, with values that the test sets by hand. */
export interface StandIn extends Parley {
  readonly session$: BehaviorSubject<StandInSession | null>;
  readonly connection$: BehaviorSubject<Connection>;
  readonly session: StandInSession | null;
  readonly current$: BehaviorSubject<{ link: ContextLink; kind: object } | null>;
  /** Calls of the client's methods, in order. */
  readonly calls: string[];
}

export interface StandInSession extends Session {
  readonly list$: BehaviorSubject<readonly Conversation[]>;
  readonly unread$: BehaviorSubject<number>;
  readonly unsent$: BehaviorSubject<readonly OutboxItem[]>;
  readonly open$: BehaviorSubject<string | null>;
  readonly tabs$: BehaviorSubject<readonly string[]>;
  readonly panelOpen$: BehaviorSubject<boolean>;
  readonly own$: BehaviorSubject<{ availability: Settings['availability']; message: string }>;
  readonly settings$: BehaviorSubject<Settings>;
  readonly info$: BehaviorSubject<SessionInfo>;
  presenceOf(user: string): BehaviorSubject<Presence>;
  /** How many watch this person now. */
  watched(user: string): number;
  readonly reports: boolean[];
  readonly pending$: BehaviorSubject<readonly Notice[]>;
  readonly rings$: Subject<Notice>;
  /** The directory. */
  readonly people: Map<string, Person>;
}

export const anna: Person = { id: 'anna', name: 'Dr Anna Berg', title: 'Radiologist' };

export function chat(id: string, change: Partial<Conversation> = {}): Conversation {
  return {
    id,
    kind: 'direct',
    members: ['anna', 'mark'],
    memberCount: 2,
    head: 1,
    floor: 1,
    active: true,
    ended: false,
    marks: { delivered: 0, read: 0 },
    unread: 0,
    last: null,
    updatedAt: Date.UTC(2026, 10, 12, 13, 5),
    ...change,
  };
}

function unused(name: string): () => never {
  return () => {
    throw new Error(`The stand-in has no ${name}.`);
  };
}

export function standInSession(user: Person = anna, initiate = true, calls: string[] = []): StandInSession {
  const presences = new Map<string, BehaviorSubject<Presence>>();
  const watched = new Map<string, number>();
  const people = new Map<string, Person>([
    [user.id, user],
    ['mark', { id: 'mark', name: 'Mark Lee' }],
  ]);
  const list$ = new BehaviorSubject<readonly Conversation[]>([]);
  const unread$ = new BehaviorSubject(0);
  const pending$ = new BehaviorSubject<readonly Notice[]>([]);
  const rings$ = new Subject<Notice>();
  const unsent$ = new BehaviorSubject<readonly OutboxItem[]>([]);
  const open$ = new BehaviorSubject<string | null>(null);
  const own$ = new BehaviorSubject<{ availability: Settings['availability']; message: string }>({ availability: 'available', message: '' });
  const tabs$ = new BehaviorSubject<readonly string[]>([]);
  const panelOpen$ = new BehaviorSubject(false);
  const settings$ = new BehaviorSubject<Settings>({ ...DEFAULT_PREFERENCES, availability: 'available', statusMessages: {} });
  const info$ = new BehaviorSubject<SessionInfo>({
    user,
    tenant: 'st-anna',
    expiresAt: 4_102_444_800_000,
    now: Date.now(),
    policies: {
      enabled: true,
      initiate,
      join: 'direct',
      dnd: 'hold',
      presence: 'open',
      visibleDays: null,
      export: { allowed: true, mail: true, domains: [] },
      previewText: false,
      storedLabels: false,
      admin: false,
    },
    predefined: [],
  });
  const presenceOf = (id: string): BehaviorSubject<Presence> => {
    const subject = presences.get(id) ?? new BehaviorSubject<Presence>({ availability: 'unknown', since: 0 });
    presences.set(id, subject);
    return subject;
  };
  const reports: boolean[] = [];
  return {
    get info() {
      return info$.value;
    },
    info$,
    list$,
    unread$,
    unsent$,
    open$,
    own$,
    settings$,
    reports,
    presenceOf,
    watched: (id) => watched.get(id) ?? 0,
    conversations: {
      list$,
      unread$,
      more$: of(false),
      loading$: of(false),
      one$: (id) => list$.pipe(switchMap((list) => of(list.find((one) => one.id === id) ?? null))),
      members$: () => of([]),
      typing$: () => of([]),
      loadMore: () => Promise.resolve(),
      setTyping: () => undefined,
      markRead: () => undefined,
      recipients$: () => of([]),
      searchMessages: () => Promise.resolve({ hits: [], next: null }),
    },
    directory: {
      person$: (id) => of(people.get(id) ?? null),
      person: (id) => people.get(id) ?? null,
      search: () => Promise.resolve([]),
      searchAll: () => Promise.resolve({ people: [], groups: [], mailboxes: [] }),
      browse: () => Promise.resolve({ people: [], next: null }),
    },
    presence: {
      of: (id) =>
        new Observable<Presence>((observer) => {
          watched.set(id, (watched.get(id) ?? 0) + 1);
          const inner = presenceOf(id).subscribe(observer);
          return () => {
            watched.set(id, (watched.get(id) ?? 0) - 1);
            inner.unsubscribe();
          };
        }),
      own$,
      set: async (availability, message) => {
        calls.push(`presence.set ${availability} ${message ?? '-'}`);
        own$.next({ availability, message: message ?? '' });
        const statusMessages = { ...settings$.value.statusMessages };
        delete statusMessages[availability];
        if (message !== undefined) statusMessages[availability] = message;
        settings$.next({ ...settings$.value, availability, statusMessages });
      },
      report: (active) => reports.push(active),
    },
    outbox: { items$: unsent$, retry: () => undefined, discard: () => undefined },
    drafts: new Drafts(),
    open: (id, { background = false, at } = {}) => {
      calls.push(`open ${id ?? 'list'}${background ? ' in the background' : ''}${at === undefined ? '' : ` at ${at}`}`);
      if (id !== null && !tabs$.value.includes(id)) tabs$.next([...tabs$.value, id]);
      if (!background) open$.next(id);
    },
    tabs$,
    close: (id) => {
      calls.push(`close ${id}`);
      tabs$.next(tabs$.value.filter((tab) => tab !== id));
      if (open$.value === id) open$.next(tabs$.value.at(-1) ?? null);
    },
    panelOpen$,
    setPanelOpen: (open) => panelOpen$.next(open),
    startChat: async (input) => {
      calls.push(`startChat ${input.to.join()}`);
      const started = chat('c-new', { members: [user.id, ...input.to] });
      list$.next([started, ...list$.value]);
      open$.next(started.id);
      return started;
    },
    timeline: (): TimelineStore => ({
      items$: of([]),
      state$: of({ status: 'ready', atStart: true, loadingOlder: false }),
      newFrom$: of(null),
      revealed$: of(null),
      reveal: () => undefined,
      loadOlder: () => Promise.resolve(),
      loadGap: () => Promise.resolve(),
      retry: () => undefined,
    }),
    openChat: async ({ to, text }) => {
      const [first = ''] = typeof to === 'string' ? [to] : to;
      calls.push(`openChat ${String(to)}${text ? ` "${text}"` : ''}`);
      const held =
        list$.value.find((one) => one.kind === 'direct' && one.members.includes(first)) ?? chat('c-new', { members: [user.id, first] });
      open$.next(held.id);
      return held;
    },
    saveSettings: async (change) => settings$.next({ ...settings$.value, ...change }),
    contacts: {
      state$: of({ contacts: [], requests: [], groups: [] }),
      add: unused('contacts'),
      accept: unused('contacts'),
      decline: unused('contacts'),
      remove: unused('contacts'),
      saveGroup: unused('contacts'),
      removeGroup: unused('contacts'),
      arrangeGroups: unused('contacts'),
    },
    invitations: { list$: of([]), join: unused('invitations'), decline: unused('invitations') },
    history: { send: unused('history'), text: unused('history') },
    notices: {
      pending$,
      rings$,
      dismiss: (id) => {
        calls.push(`dismiss ${id}`);
        pending$.next(pending$.value.filter((notice) => notice.id !== id));
      },
    },
    pending$,
    rings$,
    people,
    end: () => Promise.resolve(),
    rename: () => Promise.resolve(),
    send: unused('send'),
    command: unused('command'),
    invite: () => Promise.resolve(),
    leave: () => Promise.resolve(),
    remove: () => Promise.resolve(),
  };
}

/** Signed in and ready; `standIn(null)` is signed out. */
export function standIn(session?: StandInSession | null): StandIn {
  const calls: string[] = [];
  const session$ = new BehaviorSubject<StandInSession | null>(session === undefined ? standInSession(anna, true, calls) : session);
  const connection$ = new BehaviorSubject<Connection>(
    session === null ? { state: 'idle', reason: 'start' } : { state: 'ready', reason: 'synced' },
  );
  const current$ = new BehaviorSubject<{ link: ContextLink; kind: object } | null>(null);
  const call$ = new BehaviorSubject<CallContext | null>(null);
  const nouns = new Map<string, string>();
  const host: HostItems = {
    get kinds() {
      return [...nouns.keys()];
    },
    current$,
    changes$: of(0),
    current: () => current$.value,
    call$,
    get call() {
      return call$.value;
    },
    setCall: (call) => call$.next(call),
    refresh: () => undefined,
    register: (kind, given) => {
      nouns.set(kind, given.noun ?? 'item');
      return () => nouns.delete(kind);
    },
    resolve: () => Promise.resolve({ failed: true }),
    open: () => Promise.resolve(false),
    noun: (kind) => nouns.get(kind) ?? null,
    icon: () => null,
  };
  return {
    server: 'https://chat.example',
    calls,
    session$,
    connection$,
    current$,
    host,
    get session() {
      return session$.value;
    },
    get connection() {
      return connection$.value;
    },
    select: <T>(project: (session: Session) => Observable<T>, otherwise: T): Observable<T> =>
      session$.pipe(switchMap((now) => (now === null ? of(otherwise) : project(now)))),
    connect: () => {
      calls.push('connect');
      return session$.value === null ? new Promise(() => undefined) : Promise.resolve(session$.value);
    },
    switchUser: unused('switchUser'),
    end: async () => {
      calls.push('end');
      session$.next(null);
      connection$.next({ state: 'ended', reason: 'user-ended' });
    },
    lock: () => {
      calls.push('lock');
      session$.next(null);
      connection$.next({ state: 'ended', reason: 'user-locked' });
    },
    unlock: unused('unlock'),
    dispose: () => calls.push('dispose'),
  };
}
