import { type Keyed, RowOffsets } from './row-offsets.js';

/** So near to the end counts as at the end. px */
export const END = 80;
/** Rows beyond each edge of the view: enough for a turn of the wheel. */
const OVERSCAN = 4;
/** No more rows than this in the document, unless more than these are in view at once. */
const MOST = 40;

interface Range {
  first: number;
  end: number;
}

/** What stays where it is: the first row, a distance from the end, or the place of a row in the view. px */
type Place = { edge: 'start' } | { edge: 'end'; gap: number } | { edge: null; row: number; offset: number };

/**
 * What part of a long list is seen, without a document: which row keeps its place in the view whatever is added, taken away, or turns out to be
 * higher than estimated, and which rows have to be there.
 */
export class RowView<R extends Keyed> {
  readonly offsets: RowOffsets<R>;
  /** Of the view. px */
  height = 0;
  readonly #log: boolean;
  #place: Place;
  #target: number | null = null;
  /** The row that was asked for keeps its place, and not the first in view: until all in view is measured. */
  #pinned = false;

  constructor(anchor: 'start' | 'end', estimate: (row: R) => number) {
    this.offsets = new RowOffsets(estimate);
    this.#log = anchor === 'end';
    this.#place = this.#log ? { edge: 'end', gap: 0 } : { edge: 'start' };
  }

  get atEnd(): boolean {
    return this.#place.edge === 'end';
  }

  /** How far above the end of the list the view ends; null when it does not keep to the end. */
  get gap(): number | null {
    return this.#place.edge === 'end' ? this.#place.gap : null;
  }

  /** How far the list is scrolled. */
  get top(): number {
    const { offsets } = this;
    const place = this.#place;
    const most = offsets.total - this.height;
    const top = place.edge === 'start' ? 0 : place.edge === 'end' ? most - place.gap : offsets.start(place.row) - place.offset;
    return Math.max(0, Math.min(most, top));
  }

  /** The rows in view: from `first` up to, not including, `end`. */
  get seen(): Range {
    const { offsets, top } = this;
    return { first: offsets.at(top), end: Math.min(offsets.rows.length, offsets.at(top + this.height) + 1) };
  }

  /** The rows to render. */
  get range(): Range {
    const { first, end } = this.seen;
    const beyond = Math.max(1, Math.min(OVERSCAN, (MOST - end + first) >> 1));
    return { first: Math.max(0, first - beyond), end: Math.min(this.offsets.rows.length, end + beyond) };
  }

  /** The reader has scrolled: `top` from the start, `gap` before the end. */
  scrolled(top: number, gap: number): void {
    this.#target = null;
    this.#pinned = false;
    this.#hold(top, gap);
  }

  /** A click on something in a row changes its height: what is below it moves, even where the end is otherwise kept in view. */
  holdRow(top: number): void {
    const row = this.offsets.at(top);
    this.#place = { edge: null, row, offset: this.offsets.start(row) - top };
  }

  toEnd(): void {
    this.#target = null;
    this.#place = { edge: 'end', gap: 0 };
  }

  /** Brings a row into view, moving as little as needed; and keeps it there until the heights around it are known. */
  reveal(index: number): void {
    const { offsets, top } = this;
    const [start, end] = [offsets.start(index), offsets.start(index + 1)];
    this.#target = index;
    if (start < top) this.#moveTo(start);
    else if (end > top + this.height) this.#moveTo(Math.min(start, end - this.height));
  }

  /** Brings a row to the upper third of the view: what was said before it is seen, too. It stays there while the heights around it become known. */
  show(index: number): void {
    this.#target = null;
    this.#pinned = true;
    this.#place = { edge: null, row: index, offset: this.height / 3 };
  }

  /** To be asked again when rows were measured. */
  keepRevealed(): void {
    if (this.#target !== null && this.#target >= 0) this.reveal(this.#target);
  }

  /** All in view is measured: whoever came near the end by it is at the end, and nothing is held beyond the ends of the list. */
  settled(): void {
    const { offsets, top } = this;
    const place = this.#place;
    this.#target = null;
    this.#pinned = false;
    if (place.edge !== null) return;
    const wanted = offsets.start(place.row) - place.offset;
    if (wanted < 0 || wanted >= offsets.total - this.height - (this.#log ? END : 0)) this.#moveTo(top);
  }

  update(rows: readonly R[]): void {
    const { offsets, top } = this;
    if (rows === offsets.rows) return;
    const place = this.#place;
    const pin = this.#pinned && place.edge === null ? place.row : null;
    const last = offsets.rows.at(-1)?.key;
    const seen: { row: number; offset: number }[] = [];
    if (place.edge === null) {
      const end = offsets.at(top + this.height);
      for (let row = offsets.at(top); row <= end; row++) seen.push({ row, offset: offsets.start(row) - top });
      if (seen[0]?.row === place.row) seen[0].offset = place.offset;
    }
    const moved = offsets.update(rows);
    const added = rows.at(-1)?.key !== last;
    if (this.#target !== null) this.#target = moved(this.#target);
    if (place.edge === 'end' && added) place.gap = 0;
    if (place.edge !== null) return;
    if (pin !== null && moved(pin) >= 0) {
      place.row = moved(pin);
      return;
    }
    // A row that went up alone, a chat with news, takes the view nowhere: the first of those that went up least stays in its place. In a log no
    // row goes up alone, and the first one stays though a gap further down in the view is filled.
    let best: { row: number; offset: number; by: number } | null = null;
    for (const { row, offset } of seen) {
      const now = moved(row);
      if (now >= 0 && (best === null || (!this.#log && now - row > best.by))) best = { row: now, offset, by: now - row };
    }
    if (best === null) this.#moveTo(top);
    else this.#place = { edge: null, row: best.row, offset: best.offset };
  }

  #moveTo(top: number): void {
    this.#hold(top, this.offsets.total - this.height - top);
  }

  #hold(top: number, gap: number): void {
    const row = this.offsets.at(top);
    if (this.#log && gap <= END) this.#place = { edge: 'end', gap: gap <= 1 ? 0 : gap };
    else if (!this.#log && top <= 0) this.#place = { edge: 'start' };
    else this.#place = { edge: null, row, offset: this.offsets.start(row) - top };
  }
}
