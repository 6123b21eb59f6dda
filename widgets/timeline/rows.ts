import type { TimelineItem } from '#sdk';

/** Messages of one author within this time stand together, under one name. ms */
const GROUP = 5 * 60_000;

export type MessageItem = Exclude<TimelineItem, { type: 'gap' }>;

/** One row of the log. An unchanged row is the same object, so that it is not rendered again. */
export type Row =
  | { type: 'start'; key: string; item: Extract<TimelineItem, { type: 'entry' }> }
  | { type: 'day'; key: string; at: number }
  | { type: 'new'; key: string }
  | { type: 'gap'; key: string; from: number; to: number }
  | { type: 'system'; key: string; item: Extract<TimelineItem, { type: 'entry' }> }
  | {
      type: 'message';
      key: string;
      item: MessageItem;
      mine: boolean;
      author: string;
      /** First of a group: the name stands above it. */
      head: boolean;
      /** Last of a group so far. */
      tail: boolean;
    };

export interface RowsInput {
  items: readonly TimelineItem[];
  /** Everything that the viewer may see from the beginning is loaded. */
  atStart: boolean;
  newFrom: number | null;
  me: string;
  /** The calendar day of an instant in the reader's zone. */
  dayKey: (at: number) => string;
}

const INPUTS = ['items', 'atStart', 'newFrom', 'me', 'dayKey'] as const satisfies readonly (keyof RowsInput)[];

interface Known {
  item: TimelineItem;
  day: string;
  announced: boolean;
  head: boolean;
  tail: boolean;
  isNew: boolean;
  rows: readonly Row[];
}

function isMessage(item: TimelineItem): item is MessageItem {
  return item.type === 'pending' || (item.type === 'entry' && item.entry.body.kind === 'message');
}

function atOf(item: TimelineItem): number {
  return item.type === 'entry' ? item.entry.at : item.type === 'pending' ? item.item.at : 0;
}

function seqOf(item: TimelineItem): number | null {
  return item.type === 'entry' ? item.entry.seq : null;
}

/**
 * Turns the entries of a conversation into rows, and remembers them. Rows are only ever inserted when older entries come, never moved or
 * taken away, because the row that a person is reading must not change its height: the first entry of a page keeps the name above it even if
 * the page before ends with the same author, and a day is announced only where the one before is known.
 */
export class TimelineRows {
  #known = new Map<string, Known>();
  #last: { input: RowsInput; rows: readonly Row[]; firstRow: readonly number[] } | null = null;

  build(input: RowsInput): readonly Row[] {
    const last = this.#last;
    // Most renders are of a log that was scrolled.
    if (last !== null && INPUTS.every((key) => input[key] === last.input[key])) return last.rows;
    if (last !== null && (input.dayKey !== last.input.dayKey || input.me !== last.input.me)) {
      this.#known = new Map();
      this.#last = null;
    }
    const { items } = input;
    const from = this.#unchanged(input);
    const rows = from > 0 && last !== null ? last.rows.slice(0, last.firstRow[from]) : this.#opening(input);
    const firstRow = from > 0 && last !== null ? last.firstRow.slice(0, from) : [];
    let newShown = from > 0 && rows.some((row) => row.type === 'new');
    const kept = new Map<string, Known>();
    for (let at = from; at < items.length; at++) {
      const item = items[at];
      if (item === undefined) continue;
      const before = items[at - 1] ?? null;
      const isNew: boolean = !newShown && this.#startsNew(item, before, input);
      newShown ||= isNew;
      const known = this.#row(item, before, items[at + 1] ?? null, isNew, input);
      kept.set(item.key, known);
      firstRow.push(rows.length);
      for (const row of known.rows) rows.push(row);
    }
    this.#remember(from, kept);
    this.#last = { input, rows, firstRow };
    // The caller keeps it until the next one, which only copies from it.
    return rows;
  }

  #opening({ atStart, items }: RowsInput): Row[] {
    const first = items[0];
    // A chat that one sees from its first entry on begins with who started it.
    return atStart && first?.type === 'entry' && first.entry.seq > 1 ? [{ type: 'start', key: 'start', item: first }] : [];
  }

  /** How many items at the beginning have the rows that they had: a message at the end of a long log must not cost its length. */
  #unchanged(input: RowsInput): number {
    const last = this.#last;
    if (last === null || input.atStart !== last.input.atStart || input.newFrom !== last.input.newFrom) return 0;
    const was = last.input.items;
    const most = Math.min(was.length, input.items.length);
    let same = 0;
    while (same < most && was[same] === input.items[same]) same++;
    // The one before a change may be the last of its group no more.
    return Math.max(0, same - 1);
  }

  #remember(from: number, kept: Map<string, Known>): void {
    if (from === 0) {
      this.#known = kept;
      return;
    }
    for (const item of this.#last?.input.items.slice(from) ?? []) this.#known.delete(item.key);
    for (const [key, known] of kept) this.#known.set(key, known);
  }

  #startsNew(item: TimelineItem, before: TimelineItem | null, { newFrom, atStart }: RowsInput): boolean {
    const seq = seqOf(item);
    if (newFrom === null || seq === null || seq < newFrom) return false;
    return seq === newFrom || (before === null ? atStart : (seqOf(before) ?? newFrom) < newFrom);
  }

  #row(item: TimelineItem, before: TimelineItem | null, after: TimelineItem | null, isNew: boolean, input: RowsInput): Known {
    const known = this.#known.get(item.key);
    const tail = !(after !== null && this.#together(item, after, input));
    const day = known !== undefined && atOf(known.item) === atOf(item) ? known.day : item.type === 'gap' ? '' : input.dayKey(atOf(item));
    const announced = before === null ? input.atStart : before.type !== 'gap' && this.#dayOf(before, input) !== day;
    if (known !== undefined && known.item === item && known.tail === tail && known.isNew === isNew && known.announced === announced) {
      return known;
    }
    const head = known?.head ?? !(before !== null && this.#together(before, item, input));
    const rows: Row[] = [];
    if (item.type !== 'gap' && announced && !this.#hidden(item)) {
      rows.push(this.#reused(known, { type: 'day', key: `day ${item.key}`, at: atOf(item) }));
    }
    if (isNew) rows.push(this.#reused(known, { type: 'new', key: 'new' }));
    if (item.type === 'gap') rows.push({ type: 'gap', key: item.key, from: item.from, to: item.to });
    else if (item.type === 'entry' && item.entry.body.kind !== 'message') {
      if (!this.#hidden(item)) rows.push(this.#reused(known, { type: 'system', key: item.key, item }));
    } else {
      const mine = item.type === 'pending' || item.mine;
      const author = item.type === 'pending' ? input.me : item.entry.author;
      rows.push(this.#reused(known, { type: 'message', key: item.key, item, mine, author, head: head || isNew || announced, tail }));
    }
    return { item, day, announced, head, tail, isNew, rows };
  }

  /** Kinds of entries that this version does not know show nothing (SPEC P2). */
  #hidden(item: TimelineItem): boolean {
    return item.type === 'entry' && item.entry.body.kind === 'unknown';
  }

  #dayOf(item: TimelineItem, input: RowsInput): string {
    return this.#known.get(item.key)?.day || input.dayKey(atOf(item));
  }

  #together(one: TimelineItem, next: TimelineItem, { me }: RowsInput): boolean {
    if (!isMessage(one) || !isMessage(next)) return false;
    const author = (item: MessageItem): string => (item.type === 'pending' ? me : item.entry.author);
    return author(one) === author(next) && Math.abs(atOf(next) - atOf(one)) < GROUP;
  }

  #reused(known: Known | undefined, made: Row): Row {
    const was = known?.rows.find((row) => row.key === made.key);
    return was !== undefined && sameRow(was, made) ? was : made;
  }
}

function sameRow(a: Row, b: Row): boolean {
  const keys = Object.keys(b) as (keyof Row)[];
  return keys.every((key) => a[key] === b[key]);
}
