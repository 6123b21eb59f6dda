import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Keyed } from './row-offsets.js';
import { END, RowView } from './row-view.js';

interface RowHost extends ReactiveControllerHost, HTMLElement {
  readonly renderRoot: HTMLElement | DocumentFragment;
}

interface Parts {
  scroller: HTMLElement;
  sizer: HTMLElement;
  block: HTMLElement;
}

export interface RowWindowOptions<R extends Keyed> {
  /** Where the list starts and what stays in place when it grows: a log is read from its end. */
  anchor: 'start' | 'end';
  /** Height of a row that was never shown. px */
  estimate: (row: R) => number;
}

/**
 * Keeps only the rows near the view in the document. The host gives its rows to `prepare`, and renders `shown`, in its shadow root, as the
 * children of the innermost of `<div class="scroller"><div class="sizer"><div class="rows">`. What one reads stays where it is (row-view.ts).
 *
 * Our own: a library that does this for every list there can be, @tanstack/virtual-core, is 9.6 of the 65 kB that everything may weigh, and
 * keeps a row in place only a frame after its height has changed.
 *
 * Sizes are written through the object model: a strict content security policy forbids style attributes.
 */
export class RowWindow<R extends Keyed> implements ReactiveController {
  readonly #host: RowHost;
  readonly #view: RowView<R>;
  #range = { first: 0, end: 0 };
  #shown: readonly R[] = [];
  #parts: Parts | null = null;
  /** Where the list was scrolled to from here; null while it has no size, or lost its place by leaving the document. */
  #placed: number | null = null;
  /** What the browser could not scroll by, being less than a pixel of the screen: the rows make up for it. px */
  #shift = 0;
  #resizes: ResizeObserver | null = null;
  #settled = false;

  constructor(host: RowHost, { anchor, estimate }: RowWindowOptions<R>) {
    this.#host = host;
    this.#view = new RowView(anchor, estimate);
    host.addController(this);
  }

  /** The rows to render now. */
  get shown(): readonly R[] {
    return this.#shown;
  }

  /** The index of the first of them. */
  get first(): number {
    return this.#range.first;
  }

  get atEnd(): boolean {
    this.#look();
    return this.#view.atEnd;
  }

  /** Index of the first row in view; null while heights in view are guesses. */
  get top(): number | null {
    this.#look();
    return this.#settled ? this.#view.offsets.at(this.#view.top) : null;
  }

  toEnd(): void {
    this.#look();
    this.#view.toEnd();
    this.#host.requestUpdate();
  }

  /** Brings a row to the upper third of the view. */
  show(index: number): void {
    this.#look();
    this.#view.show(index);
    this.#settled = false;
    this.#host.requestUpdate();
  }

  /** Brings a row into view, moving as little as needed. */
  reveal(index: number): void {
    this.#look();
    this.#view.reveal(index);
    this.#host.requestUpdate();
  }

  /** The next change in height is the reader's own wish: what they look at stays, even at the end. */
  holdRow(): void {
    this.#look();
    if (this.#placed !== null) this.#view.holdRow(this.#placed);
  }

  /** To be called by the host while it renders, once its rows are known. */
  prepare(rows: readonly R[]): void {
    this.#look();
    this.#view.update(rows);
    this.#range = this.#view.range;
    this.#shown = rows.slice(this.#range.first, this.#range.end);
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#resizes?.disconnect();
    this.#resizes = null;
    this.#parts?.scroller.removeEventListener('scroll', this.#scrolled);
    this.#parts = null;
    this.#placed = null;
  }

  hostUpdated(): void {
    if (!this.#host.isConnected) return;
    this.#parts ??= this.#observe();
    if (this.#settle()) this.#host.requestUpdate();
  }

  #observe(): Parts | null {
    const find = (name: string): HTMLElement | null => this.#host.renderRoot.querySelector<HTMLElement>(name);
    const [scroller, sizer, block] = [find('.scroller'), find('.sizer'), find('.rows')];
    if (scroller === null || sizer === null || block === null) return null;
    scroller.addEventListener('scroll', this.#scrolled, { passive: true });
    // All rows by their sum. What changed by itself is put right before it is painted; only what needs other rows waits for a frame: rows
    // that come within the observer would give the page "ResizeObserver loop" errors.
    this.#resizes = new ResizeObserver(() => {
      this.#look();
      if (this.#settle()) requestAnimationFrame(() => this.#host.requestUpdate());
    });
    this.#resizes.observe(scroller);
    this.#resizes.observe(block);
    return { scroller, sizer, block };
  }

  readonly #scrolled = (): void => {
    this.#look();
    if (this.#misses(this.#view.range)) this.#host.requestUpdate();
  };

  /** Some of these are not rendered. More than these harm nobody: they go with the next render. */
  #misses({ first, end }: { first: number; end: number }): boolean {
    return first < this.#range.first || end > this.#range.end;
  }

  /** Whether the reader has scrolled: asked before anything is moved, since the event comes only with the next frame. */
  #look(): void {
    const scroller = this.#parts?.scroller;
    if (scroller === undefined || this.#placed === null || scroller.clientHeight === 0) return;
    const { scrollTop, scrollHeight, clientHeight } = scroller;
    if (scrollTop === this.#placed) return;
    this.#placed = scrollTop;
    const gap = scrollHeight - clientHeight - scrollTop;
    // A view that changes its height at the end is scrolled by the browser, as far as there is something to scroll to at that moment; but not
    // away from the end, as readers do.
    if (this.#view.gap === 0 && clientHeight !== this.#view.height && gap <= END) return;
    this.#view.scrolled(scrollTop - this.#shift, gap);
  }

  /** Measures what is there and puts it in its place, within the same frame. Whether other rows are needed. */
  #settle(): boolean {
    if (this.#parts === null) return false;
    const view = this.#view;
    const { offsets } = view;
    const { scroller, sizer, block } = this.#parts;
    // Hidden: nothing has a size, and where it was scrolled to is lost.
    if (scroller.clientHeight === 0) {
      this.#placed = null;
      this.#settled = false;
      return false;
    }
    view.height = scroller.clientHeight;
    // Fractions of pixels matter, and only this knows them; but it also sees by how much the host page enlarges the panel.
    const enlarged = scroller.getBoundingClientRect().width / scroller.offsetWidth;
    const scale = Math.abs(enlarged - 1) < 0.01 ? 1 : enlarged;
    [...block.children].forEach((row, at) => offsets.measure(this.first + at, row.getBoundingClientRect().height / scale));
    view.keepRevealed();
    sizer.style.blockSize = `${offsets.total}px`;
    this.#place(scroller);
    block.style.transform = `translateY(${offsets.start(this.first) + this.#shift}px)`;
    // Those beyond the view can wait until one scrolls there.
    this.#settled = !this.#misses(view.seen);
    if (!this.#settled) return true;
    view.settled();
    return false;
  }

  #place(scroller: HTMLElement): void {
    const { gap, top } = this.#view;
    const wanted = gap === null ? top : scroller.scrollHeight - scroller.clientHeight - gap;
    // Browsers scroll by whole pixels of the screen: what is nearer is where it should be.
    if (Math.abs(scroller.scrollTop - wanted) >= 0.5) scroller.scrollTop = gap === 0 ? scroller.scrollHeight : wanted;
    this.#placed = scroller.scrollTop;
    this.#shift = gap === null ? this.#placed - wanted : 0;
  }
}
