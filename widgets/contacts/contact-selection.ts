/**
 * Which rows are chosen, as in any list of a desktop: a click chooses one, Ctrl adds or takes away, Shift goes from the last one chosen by
 * itself to here (S10). By keys of rows; `order` is those that are shown, from the top.
 */
export class ContactSelection {
  #keys: ReadonlySet<string> = new Set();
  /** Where a range starts. */
  #anchor = '';

  get size(): number {
    return this.#keys.size;
  }

  has(key: string): boolean {
    return this.#keys.has(key);
  }

  only(key: string): void {
    this.#keys = new Set([key]);
    this.#anchor = key;
  }

  toggle(key: string): void {
    const keys = new Set(this.#keys);
    if (!keys.delete(key)) keys.add(key);
    this.#keys = keys;
    this.#anchor = key;
  }

  /** From the anchor to here; `add` keeps what else is chosen. Without an anchor: this one. */
  range(key: string, order: readonly string[], add = false): void {
    const [from, to] = [order.indexOf(this.#anchor), order.indexOf(key)];
    if (from < 0) return this.only(key);
    const between = order.slice(Math.min(from, to), Math.max(from, to) + 1);
    this.#keys = new Set(add ? [...this.#keys, ...between] : between);
  }

  all(order: readonly string[]): void {
    this.#keys = new Set(order);
    this.#anchor = order[0] ?? '';
  }

  clear(): void {
    this.#keys = new Set();
    this.#anchor = '';
  }

  /** What is not shown any more is not chosen: nobody writes to people whom they do not see. */
  keep(order: readonly string[]): void {
    if (this.#keys.size === 0) return;
    const shown = new Set(order);
    const kept = [...this.#keys].filter((key) => shown.has(key));
    if (kept.length < this.#keys.size) this.#keys = new Set(kept);
  }
}
