/** Anything with a lasting key of its own. */
export interface Keyed {
  readonly key: string;
}

/** More precisely than this a height is not known. px */
const SAME = 0.01;

/**
 * Where each row of a long list starts, in px from the first: measured heights where rows have been shown, estimates elsewhere.
 *
 * Sums are kept up to the first change and continued when somebody asks beyond it: a message at the end of 10,000 costs its own row, a page
 * before them one pass over an array of numbers.
 */
export class RowOffsets<R extends Keyed> {
  rows: readonly R[] = [];
  readonly #estimate: (row: R) => number;
  readonly #measured = new Map<string, number>();
  /** Of the rows that were measured: their heights, and what they had been estimated at. Estimates learn from it. */
  #actual = 0;
  #guessed = 0;
  #heights = new Float64Array(0);
  /** Where each row starts and the last one ends; right up to and including `#known`. */
  #starts = new Float64Array(1);
  #known = 0;

  constructor(estimate: (row: R) => number) {
    this.#estimate = estimate;
  }

  /** The height of all rows. */
  get total(): number {
    return this.start(this.rows.length);
  }

  /** Takes the rows as they are now. The answer tells where a row of before is: its new index, or -1. */
  update(rows: readonly R[]): (was: number) => number {
    const old = this.rows;
    const shift = rows.length - old.length;
    const most = Math.min(old.length, rows.length);
    let from = 0;
    while (from < most && old[from]?.key === rows[from]?.key) from++;
    let to = rows.length;
    while (to > from && to - shift > from && old[to - shift - 1]?.key === rows[to - 1]?.key) to--;

    this.rows = rows;
    this.#reserve(rows.length);
    this.#heights.copyWithin(to, to - shift, old.length);
    const scale = this.#guessed > 0 ? this.#actual / this.#guessed : 1;
    for (let at = from; at < to; at++) {
      const row = rows[at];
      if (row !== undefined) this.#heights[at] = this.#measured.get(row.key) ?? this.#estimate(row) * scale;
    }
    this.#known = Math.min(this.#known, from);
    return (was) => {
      if (was < from) return was;
      if (was >= to - shift) return was + shift;
      const found = rows.slice(from, to).findIndex((row) => row.key === old[was]?.key);
      return found < 0 ? -1 : from + found;
    };
  }

  /** What a row is high, now that it is shown. */
  measure(index: number, height: number): void {
    const row = this.rows[index];
    if (row === undefined) return;
    // Also of those that are as high as estimated: from the others alone all that is not shown yet would be taken for like them.
    if (!this.#measured.has(row.key)) {
      this.#actual += height;
      this.#guessed += this.#estimate(row);
    }
    this.#measured.set(row.key, height);
    if (Math.abs(height - (this.#heights[index] ?? 0)) < SAME) return;
    this.#heights[index] = height;
    this.#known = Math.min(this.#known, index);
  }

  /** Where a row starts; with the number of rows, where the last one ends. */
  start(index: number): number {
    for (; this.#known < index; this.#known++) {
      this.#starts[this.#known + 1] = (this.#starts[this.#known] ?? 0) + (this.#heights[this.#known] ?? 0);
    }
    return this.#starts[index] ?? 0;
  }

  /** The row at an offset; beyond the ends, the first or the last one. */
  at(offset: number): number {
    let low = 0;
    let high = this.rows.length - 1;
    void this.total;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.start(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #reserve(count: number): void {
    if (count <= this.#heights.length) return;
    const [heights, starts] = [new Float64Array(2 * count), new Float64Array(2 * count + 1)];
    heights.set(this.#heights);
    starts.set(this.#starts);
    this.#heights = heights;
    this.#starts = starts;
  }
}
