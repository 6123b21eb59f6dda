import { BehaviorSubject, map, type Observable, of } from 'rxjs';
import {
  type ContextLink,
  type Conversation,
  type Entry,
  type EntryBody,
  type HostItems,
  type HostKind,
  type Member,
  type OutboxItem,
  type ParleyError,
  type Person,
  type ResolvedLink,
  type TimelineItem,
  type TimelineState,
  type TimelineStore,
} from '#sdk';
import '../../../widgets/internal/panel-words.js';
import { anna, chat, standIn, type StandIn, standInSession, type StandInSession } from './stand-in.js';

/** Half past two in the afternoon, UTC, of a Thursday. */
export const NOON = Date.UTC(2026, 10, 12, 14, 30);

export const mark: Person = { id: 'mark', name: 'Mark Lee', title: 'Ward physician', organisation: 'St Anna Hospital' };
export const lena: Person = { id: 'lena', name: 'Lena Fischer', title: 'Radiographer', organisation: 'St Anna Hospital' };
export const omar: Person = { id: 'omar', name: 'Omar Haddad', title: 'Surgeon', organisation: 'Harbour Clinic' };

/** A log that a test fills by hand. */
export class StageTimeline implements TimelineStore {
  readonly items$ = new BehaviorSubject<readonly TimelineItem[]>([]);
  readonly state$ = new BehaviorSubject<TimelineState>({ status: 'ready', atStart: true, loadingOlder: false });
  readonly newFrom$ = new BehaviorSubject<number | null>(null);
  readonly revealed$ = new BehaviorSubject<{ readonly seq: number } | null>(null);
  readonly conversation: string;
  /** Called by `loadOlder`. */
  older: () => void = () => undefined;
  /** Called by `loadGap`. */
  bridge: (gap: { from: number; to: number }, end: 'older' | 'newer') => void = () => undefined;
  /** Numbers given to `reveal`. */
  readonly sought: number[] = [];
  asked = 0;
  retries = 0;

  constructor(conversation: string) {
    this.conversation = conversation;
  }

  get items(): readonly TimelineItem[] {
    return this.items$.value;
  }

  async loadOlder(): Promise<void> {
    this.asked++;
    await Promise.resolve();
    this.older();
  }

  async loadGap(gap: { from: number; to: number }, end: 'older' | 'newer'): Promise<void> {
    await Promise.resolve();
    this.bridge(gap, end);
  }

  reveal(seq: number): void {
    this.sought.push(seq);
  }

  retry(): void {
    this.retries++;
  }

  /** An entry as a row of the store. */
  item(seq: number, author: string, body: EntryBody | string, at = NOON + seq * 60_000): TimelineItem {
    const said: EntryBody = typeof body === 'string' ? { kind: 'message', text: body, links: [] } : body;
    const entry: Entry = { conversation: this.conversation, seq, cid: `cid-${seq}`, author, at, body: said };
    const mine = author === anna.id;
    return { type: 'entry', key: entry.cid, entry, mine, state: mine ? 'sent' : null };
  }

  add(...items: TimelineItem[]): void {
    this.items$.next([...this.items, ...items]);
  }

  prepend(...items: TimelineItem[]): void {
    this.items$.next([...items, ...this.items]);
  }

  pending(change: Partial<OutboxItem> = {}): TimelineItem {
    const item: OutboxItem = {
      cid: `p-${this.items.length}`,
      conversation: this.conversation,
      text: 'on its way',
      links: [],
      at: NOON,
      state: 'sending',
      ...change,
    };
    return { type: 'pending', key: item.cid, item };
  }
}

export interface Stage {
  client: StandIn;
  session: StandInSession;
  timeline(conversation: string): StageTimeline;
  members: BehaviorSubject<readonly Member[]>;
  typing: BehaviorSubject<readonly string[]>;
  loading: BehaviorSubject<boolean>;
  people: Person[];
  /** Ids given to markRead, sends, retries and so on, in order. */
  calls: string[];
  opened: ContextLink[];
  resolve: (link: ContextLink) => Promise<ResolvedLink | { failed: true }>;
  kinds: Map<string, HostKind>;
  /** Next send is refused with this. */
  refuse: ParleyError | null;
  setChats(...chats: Conversation[]): void;
}

/** A signed-in client whose chats, logs and people the test writes by hand. */
export function stage(options: { initiate?: boolean } = {}): Stage {
  const calls: string[] = [];
  const base = standInSession(anna, options.initiate ?? true, calls);
  const timelines = new Map<string, StageTimeline>();
  const members = new BehaviorSubject<readonly Member[]>([]);
  const typing = new BehaviorSubject<readonly string[]>([]);
  const loading = new BehaviorSubject(false);
  const people: Person[] = [anna, mark, lena, omar];
  const find = (id: string): Person | null => people.find((person) => person.id === id) ?? null;
  const list$ = base.list$;

  const made: Stage = {
    client: null as never,
    session: null as never,
    timeline,
    members,
    typing,
    loading,
    people,
    calls,
    opened: [],
    resolve: async (link) => ({ title: `CT Thorax ${link.id}`, subtitle: '12 Nov 2026 · Prior available' }),
    kinds: new Map<string, HostKind>([['study', { noun: 'examination', icon: 'study' }]]),
    refuse: null,
    setChats: (...chats) => list$.next(chats),
  };

  function timeline(conversation: string): StageTimeline {
    const known = timelines.get(conversation) ?? new StageTimeline(conversation);
    timelines.set(conversation, known);
    return known;
  }

  function one$(id: string): Observable<Conversation | null> {
    return list$.pipe(map((list) => list.find((one) => one.id === id) ?? null));
  }

  const session: StandInSession = {
    ...base,
    get info() {
      return base.info;
    },
    conversations: {
      ...base.conversations,
      loading$: loading,
      one$,
      members$: () => members,
      typing$: () => typing,
      setTyping: (id, active) => calls.push(`typing ${id} ${active}`),
      markRead: (id) => {
        calls.push(`read ${id}`);
        list$.next(list$.value.map((one) => (one.id === id ? { ...one, unread: 0, marks: { delivered: one.head, read: one.head } } : one)));
      },
    },
    directory: {
      ...base.directory,
      person: find,
      person$: (id) => of(find(id)),
      search: async (text) => people.filter((person) => person.name.toLowerCase().includes(text.toLowerCase())),
    },
    timeline,
    send: (conversation, content) => {
      if (made.refuse !== null) throw made.refuse;
      const cid = `sent-${calls.length}`;
      calls.push(`send ${conversation} ${content.text}${(content.links ?? []).map((link) => ` [${link.kind} ${link.id}]`).join('')}`);
      const item: OutboxItem = {
        cid,
        conversation,
        text: content.text,
        links: [...(content.links ?? [])],
        at: NOON + 3_600_000,
        state: 'sending',
      };
      timeline(conversation).add({ type: 'pending', key: cid, item });
      return item;
    },
    startChat: async (input) => {
      calls.push(`startChat ${input.to.join()} ${input.title ?? '-'}${input.description ? ` (${input.description})` : ''}`);
      const kind = input.to.length > 1 ? 'group' : 'direct';
      const started = chat('c-new', {
        kind,
        members: [anna.id, ...input.to],
        memberCount: input.to.length + 1,
        ...(input.title ? { title: input.title } : {}),
      });
      list$.next([started, ...list$.value]);
      base.open$.next(started.id);
      return started;
    },
    invite: async (id, users) => void calls.push(`invite ${id} ${users.join()}`),
    leave: async (id) => void calls.push(`leave ${id}`),
    remove: async (id, user) => void calls.push(`remove ${id} ${user}`),
    outbox: { items$: base.unsent$, retry: (cid) => calls.push(`retry ${cid}`), discard: (cid) => calls.push(`discard ${cid}`) },
  };

  const client = standIn(session);
  const inner = client.host;
  const host: HostItems = {
    ...inner,
    current$: client.current$,
    get call() {
      return inner.call;
    },
    get kinds() {
      return [...made.kinds.keys()];
    },
    resolve: (link) => made.resolve(link),
    open: async (link) => {
      const known = made.kinds.has(link.kind);
      if (known) made.opened.push(link);
      return known;
    },
    noun: (kind) => made.kinds.get(kind)?.noun ?? null,
    icon: (kind) => made.kinds.get(kind)?.icon ?? null,
  };
  made.session = session;
  made.client = Object.defineProperty(client, 'host', { value: host });
  return made;
}

/** A log of this many messages by two people, ending now. */
export function fill(
  log: StageTimeline,
  from: number,
  to: number,
  text: (seq: number) => string = (seq) => `message ${seq} ${'word '.repeat(seq % 17)}`,
): TimelineItem[] {
  const items: TimelineItem[] = [];
  for (let seq = from; seq <= to; seq++)
    items.push(log.item(seq, seq % 3 === 0 ? anna.id : mark.id, text(seq), NOON - (20_000 - seq) * 40_000));
  return items;
}
