import type { Entry } from '#protocol';
import type { OutboxItem, TimelineItem } from '../api.js';
import { deliveryOf, NOBODY } from './deliveries.js';
import type { Reached } from './deliveries.js';
import { EMPTY_LOG, gaps, indexOf } from './timeline-merge.js';
import type { Log } from './timeline-merge.js';

/**
 * The lines of a timeline from its log. Lines are made anew only where entries or marks differ from the last time, so one
 * more message costs a copy of the array and one line, however long the timeline is.
 */
export class TimelineView {
  #entries = EMPTY_LOG.entries;
  #lines: readonly TimelineItem[] = [];
  #reached = NOBODY;
  #own = new Set<string>();
  readonly #user: string;
  readonly #pending = new WeakMap<OutboxItem, TimelineItem>();

  constructor(user: string) {
    this.#user = user;
  }

  /** An own entry that came of this id. */
  holds(cid: string): boolean {
    return this.#own.has(cid);
  }

  /** `reached` is how far the others are: the least of them. `pending` are the local echoes, in the order of sending. */
  lines(log: Log, reached: Reached, pending: readonly OutboxItem[]): readonly TimelineItem[] {
    this.#follow(log.entries);
    this.#mark(reached);
    const holes = gaps(log);
    const waiting = pending.filter((item) => !this.#own.has(item.cid));
    if (holes.length + waiting.length === 0) return this.#lines;
    let lines: TimelineItem[] = [];
    let done = 0;
    for (const { from, to } of holes) {
      const at = indexOf(log.entries, from);
      // Another key with another extent: the line that one reads beside it is what stays in its place.
      lines = lines.concat(this.#lines.slice(done, at), { type: 'gap', key: `gap:${from}-${to}`, from, to });
      done = at;
    }
    return lines.concat(
      this.#lines.slice(done),
      waiting.map((item) => this.#echo(item)),
    );
  }

  #follow(entries: readonly Entry[]): void {
    const before = this.#entries;
    if (entries === before) return;
    const shorter = Math.min(before.length, entries.length);
    let same = 0;
    while (same < shorter && before[same] === entries[same]) same++;
    let tail = 0;
    while (tail < shorter - same && before[before.length - 1 - tail] === entries[entries.length - 1 - tail]) tail++;
    const gone = before.slice(same, before.length - tail);
    for (const entry of gone) if (entry.author === this.#user) this.#own.delete(entry.cid);
    const kept = new Map(gone.map((entry, index) => [entry, this.#lines[same + index]]));
    const made = entries.slice(same, entries.length - tail).map((entry) => this.#line(entry, kept.get(entry)));
    this.#lines = this.#lines.slice(0, same).concat(made, tail ? this.#lines.slice(-tail) : []);
    this.#entries = entries;
  }

  #line(entry: Entry, kept: TimelineItem | undefined): TimelineItem {
    const mine = entry.author === this.#user;
    if (mine) this.#own.add(entry.cid);
    if (kept) return kept;
    const state = mine && entry.body.kind === 'message' ? deliveryOf(entry.seq, this.#reached) : null;
    return { type: 'entry', key: mine ? entry.cid : String(entry.seq), entry, mine, state };
  }

  #mark(reached: Reached): void {
    const before = this.#reached;
    const moved = (['delivered', 'read', 'held', 'from'] as const).filter((mark) => before[mark] !== reached[mark]);
    if (moved.length === 0) return;
    this.#reached = reached;
    let lines: TimelineItem[] | null = null;
    const first = Math.min(...moved.map((mark) => Math.min(before[mark], reached[mark]))) + 1;
    for (let index = indexOf(this.#entries, first); index < this.#lines.length; index++) {
      const line = this.#lines[index];
      if (line?.type !== 'entry' || !line.state || line.state === deliveryOf(line.entry.seq, reached)) continue;
      lines ??= this.#lines.slice();
      lines[index] = { ...line, state: deliveryOf(line.entry.seq, reached) };
    }
    this.#lines = lines ?? this.#lines;
  }

  #echo(item: OutboxItem): TimelineItem {
    let line = this.#pending.get(item);
    if (!line) this.#pending.set(item, (line = { type: 'pending', key: item.cid, item }));
    return line;
  }
}
