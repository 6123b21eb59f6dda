import { Observable } from 'rxjs';
import type { Subscription } from 'rxjs';
import { LIMITS, ParleyError } from '#protocol';
import type { CommandReply, Conversation, Entry, Member } from '#protocol';
import type { OutboxItem, TimelineItem, TimelineState, TimelineStore } from '../api.js';
import { backoff } from '../transport/backoff.js';
import { NOBODY, reachedBy } from './deliveries.js';
import { Store } from './store.js';
import { covers, EMPTY_LOG, gaps, indexOf, merge, newest, rangeAt } from './timeline-merge.js';
import type { Log, Range } from './timeline-merge.js';
import { firstUnread } from './timeline-unread.js';
import { TimelineView } from './timeline-view.js';
import type { Wire } from './wire.js';

/** Entries of the first page, and at least of each page back: two screens. */
const SCREENS = 50;

interface State {
  items: readonly TimelineItem[];
  state: TimelineState;
  newFrom: number | null;
  revealed: { readonly seq: number } | null;
}

/** What a timeline is told by, and tells, the rest of its session. */
export interface TimelineSurroundings {
  wire: Wire;
  summary(): Conversation | null;
  members$: Observable<readonly Member[]>;
  pending(): readonly OutboxItem[];
  /** Everything up to here is held. */
  covered(seq: number): void;
  /** What waits to be sent, or was given up, is in the log. */
  echoed(entry: Entry): void;
  /** A page came from another store than the one known (SPEC S4). */
  epoch(epoch: string): boolean;
  /** Somebody began or ceased to look at it. */
  used(): void;
}

/**
 * One conversation's entries: opening, scrolling back, catching up and live entries are one path (SPEC D1 - D4). Longer than most
 * files because every step of that path changes the same log.
 */
export class Timeline extends Store<State> implements TimelineStore {
  readonly items$: Observable<readonly TimelineItem[]>;
  readonly state$ = this.select(({ state }) => state);
  readonly newFrom$ = this.select(({ newFrom }) => newFrom);
  readonly revealed$ = this.select(({ revealed }) => revealed);

  #log: Log = EMPTY_LOG;
  #reached = NOBODY;
  #head = 0;
  #floor = 0;
  /** A number of the newest page: from its stretch on nothing may be missing. Gaps before it are fetched when somebody goes there. */
  #anchor = 0;
  /** To be revealed, and not held yet. */
  #sought: number | null = null;
  #bridging = false;
  #loaded = false;
  #watchers = 0;
  #members: Subscription | null = null;
  #readAtOpening: number | null = null;
  #filling = false;
  #failures = 0;
  /** Raised when everything held is dropped: a page asked for before belongs to nothing any more. */
  #age = 0;
  readonly #view: TimelineView;
  readonly #id: string;
  readonly #around: TimelineSurroundings;

  constructor(id: string, around: TimelineSurroundings) {
    super({ items: [], state: { status: 'loading', atStart: false, loadingOlder: false }, newFrom: null, revealed: null });
    this.#id = id;
    this.#around = around;
    this.#view = new TimelineView(around.wire.user);
    const items$ = this.select(({ items }) => items);
    this.items$ = new Observable((subscriber) => {
      if (this.#watchers++ === 0) {
        around.used();
        this.#opened();
      }
      const subscription = items$.subscribe(subscriber);
      return () => {
        subscription.unsubscribe();
        if (--this.#watchers > 0) return;
        this.#members?.unsubscribe();
        this.#forget();
        around.used();
      };
    });
    void this.#fill();
  }

  /** Somebody looks at it. */
  get watched(): boolean {
    return this.#watchers > 0;
  }

  /** The last number up to which everything is held, from the newest page on. */
  get held(): number {
    return this.#stretch?.to ?? 0;
  }

  get #stretch(): Range | undefined {
    return rangeAt(this.#log, this.#anchor) ?? this.#log.covered[0];
  }

  reveal(seq: number): void {
    this.#sought = Math.max(1, Math.trunc(seq) || 1);
    this.#tell({ seeking: true });
    this.#find();
    void this.#fill();
  }

  async loadOlder(): Promise<void> {
    const first = this.#log.covered[0]?.from;
    const { atStart, loadingOlder } = this.state.state;
    if (!first || atStart || loadingOlder) return;
    this.#tell({ loadingOlder: true });
    try {
      // As much again as is held: whoever goes on and on waits for fewer answers.
      await this.#load({ before: first }, Math.max(SCREENS, Math.min(this.#log.entries.length, LIMITS.rangePage)));
    } finally {
      this.#tell({ loadingOlder: false });
    }
  }

  async loadGap({ from, to }: Range, end: 'older' | 'newer'): Promise<void> {
    // What is missing after the newest page was asked for is fetched anyway.
    if (this.#bridging || from > this.held || !gaps(this.#log).some((gap) => gap.from === from && gap.to === to)) return;
    this.#bridging = true;
    try {
      await this.#load(end === 'older' ? { after: from - 1 } : { before: to + 1 });
    } finally {
      this.#bridging = false;
    }
  }

  retry(): void {
    this.#failures = 0;
    void this.#fill();
  }

  /** A live entry. */
  add(entry: Entry): void {
    if (covers(this.#log, entry.seq)) return;
    this.#head = Math.max(this.#head, entry.seq);
    // Nothing held to follow: the page says whether this is the first.
    if (this.#log.covered.length === 0) this.#loaded = false;
    this.#merge({ entries: [entry], from: entry.seq, to: entry.seq });
    void this.#fill();
  }

  /** It is known that the log goes up to here; fetched when somebody looks. */
  reaches(head: number): void {
    this.#head = Math.max(this.#head, head);
    if (this.watched) void this.#fill();
  }

  /** Fetches what is missing, whether or not somebody looks. */
  look(): void {
    this.#head = Math.max(this.#head, this.#around.summary()?.head ?? 0);
    void this.#fill();
  }

  /** Resolves when what was missed is here, or could not be had. */
  async connected(): Promise<void> {
    this.#failures = 0;
    this.#head = Math.max(this.#head, this.#around.summary()?.head ?? 0);
    if (this.watched || this.#sought !== null || !this.#loaded) await this.#fill();
  }

  /** Nothing held is true any more. */
  reset(): void {
    this.#age++;
    this.#filling = false;
    this.#loaded = false;
    this.#log = EMPTY_LOG;
    this.#head = this.#floor = this.#anchor = 0;
    this.#forget();
    this.#tell({ status: 'loading', atStart: false });
    this.render();
  }

  render(): void {
    const pending = this.#around.pending();
    const items = this.#view.lines(this.#log, this.#reached, pending);
    if (items !== this.state.items) this.update({ items });
    for (const { cid } of pending) {
      const entry = this.#view.holds(cid) && this.#log.entries.find((one) => one.cid === cid);
      if (entry) this.#around.echoed(entry);
    }
  }

  #opened(): void {
    const summary = this.#around.summary();
    this.#readAtOpening = summary && summary.unread > 0 ? summary.marks.read : null;
    this.update({ newFrom: null });
    this.#members = this.#around.members$.subscribe((members) => {
      this.#reached = reachedBy(members, this.#around.wire.user);
      this.render();
    });
    this.#separate();
    this.#head = Math.max(this.#head, summary?.head ?? 0);
    void this.#fill();
  }

  #separate(): void {
    if (this.#readAtOpening === null || !this.#loaded) return;
    const { seq, sure } = firstUnread(this.#log, Math.max(this.#readAtOpening + 1, this.#floor), this.#around.wire.user);
    if (sure) this.#readAtOpening = null;
    if (seq !== this.state.newFrom) this.update({ newFrom: seq });
  }

  /** What is sought is held by now. */
  #find(): void {
    if (this.#sought !== null && this.#loaded && covers(this.#log, this.#sought)) this.#show(this.#sought);
  }

  #show(seq: number): void {
    const { entries } = this.#log;
    const entry = entries[indexOf(entries, seq)] ?? entries.at(-1);
    this.#forget(entry ? { seq: entry.seq } : null);
  }

  #forget(revealed: State['revealed'] = null): void {
    this.#sought = null;
    this.update({ revealed });
    this.#tell({ seeking: false });
  }

  /** A page that somebody scrolled to. */
  async #load(end: { after: number } | { before: number }, limit = SCREENS): Promise<void> {
    const age = this.#age;
    const page = await this.#around.wire.command('entry:range', { conversation: this.#id, ...end, limit });
    if (age !== this.#age || !this.#around.epoch(page.epoch)) return;
    this.#floor = page.floor;
    // What the answer leaves out between its end and `before` is not for this viewer, and where it is empty nothing before is.
    if ('before' in end) this.#merge({ entries: page.entries, from: page.from || 1, to: end.before - 1 });
    else this.#next(page, end.after);
  }

  /** Fetches what is missing, one page at a time, until nothing is. */
  async #fill(): Promise<void> {
    if (this.#filling || !this.#around.wire.connected || !this.#missing()) return;
    this.#filling = true;
    const age = this.#age;
    try {
      while (age === this.#age && this.#missing()) await this.#fetch(age);
      if (age !== this.#age) return;
      this.#failures = 0;
      this.#tell({ status: 'ready' });
    } catch (cause) {
      if (age !== this.#age) return;
      const error = cause instanceof ParleyError ? cause : new ParleyError('INTERNAL');
      if (!error.retryable) this.#tell({ status: 'error', error });
      // Offline: `connected` asks again.
      else if (error.code !== 'OFFLINE') {
        this.#around.wire.later(
          backoff(this.#failures++, () => this.#around.wire.random(), error.retryAfterMs ?? 1_000),
          () => void this.#fill(),
        );
      }
    } finally {
      if (age === this.#age) this.#filling = false;
    }
  }

  #missing(): boolean {
    return !this.#loaded || this.#sought !== null || this.held < Math.max(newest(this.#log), this.#head);
  }

  async #fetch(age: number): Promise<void> {
    // Too far behind to read all of it: the newest page is fetched, and the rest when somebody scrolls there (SPEC D3).
    if (this.#loaded && Math.max(this.#head, newest(this.#log)) - this.held > LIMITS.heldEntries) {
      this.#loaded = false;
      this.#log = EMPTY_LOG;
    }
    const sought = this.#loaded ? this.#sought : null;
    const after = sought !== null ? Math.max(0, sought - 1 - SCREENS / 2) : this.#loaded ? this.held : null;
    const question = { ...(after === null ? {} : { after }), limit: after === null || sought !== null ? SCREENS : LIMITS.rangePage };
    const page = await this.#around.wire.command('entry:range', { conversation: this.#id, ...question });
    if (age !== this.#age) return;
    if (!this.#around.epoch(page.epoch)) throw new ParleyError('UNAVAILABLE');
    this.#floor = page.floor;
    if (after === null) this.#first(page);
    else if (sought === null) this.#next(page, after);
    else {
      this.#merge({ entries: page.entries, from: after + 1, to: page.to });
      if (this.#sought === sought) this.#show(sought);
    }
  }

  #first(page: CommandReply<'entry:range'>): void {
    this.#loaded = true;
    this.#head = Math.max(newest(this.#log), page.head);
    this.#anchor = Math.max(page.to, page.head);
    this.#merge({ entries: page.entries, from: page.from, to: this.#anchor });
    this.#separate();
  }

  #next(page: CommandReply<'entry:range'>, after: number): void {
    const hole = gaps(this.#log).find(({ from }) => from === after + 1);
    // Nothing further: what was said to be there is not for this viewer.
    const to = page.to > after ? page.to : (hole?.to ?? this.#head);
    if (page.to <= after && !hole) this.#head = after;
    else this.#merge({ entries: page.entries, from: after + 1, to });
  }

  #merge(page: { entries: readonly Entry[]; from: number; to: number }): void {
    const log = merge(this.#log, page);
    if (log === this.#log) return;
    this.#log = log;
    this.render();
    if (this.#loaded) this.#around.covered(this.held);
    this.#tell({ atStart: this.#loaded && (log.covered[0]?.from ?? 0) <= Math.max(this.#floor, 1) });
    this.#separate();
    this.#find();
  }

  #tell(change: Partial<TimelineState>): void {
    const { error, ...kept } = this.state.state;
    const state = { ...kept, ...(error && !change.status ? { error } : {}), ...change };
    if (JSON.stringify(state) !== JSON.stringify(this.state.state)) this.update({ state });
  }
}
