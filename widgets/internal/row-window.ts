import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  type VirtualItem,
  Virtualizer,
  type VirtualizerOptions,
} from '@tanstack/virtual-core';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

interface RowHost extends ReactiveControllerHost, HTMLElement {
  readonly renderRoot: HTMLElement | DocumentFragment;
}

export interface RowWindowOptions {
  /** Where the list starts and what stays in place when it grows: a log is read from its end. */
  anchor: 'start' | 'end';
  /** How many rows there are, and the lasting key of each. */
  count: () => number;
  key: (index: number) => string;
  /** Height of a row that was never shown. px */
  estimate: (index: number) => number;
}

/** Rows beyond each edge: enough for a turn of the wheel, few enough that 40 rows in the document are never passed. */
const OVERSCAN = 4;
/** So near to the end counts as at the end. px */
const END = 80;

/**
 * Keeps only the rows near the view in the document. The host renders, in its shadow root,
 * `<div class="scroller"><div class="sizer"><div class="rows">` with one child per row of `rows`, each with `data-index`.
 * Rows stay where they are when others come before them, and while the person has scrolled away from the end.
 *
 * Sizes are written through the object model: a strict content security policy forbids style attributes.
 */
export class RowWindow implements ReactiveController {
  readonly #host: RowHost;
  readonly #options: RowWindowOptions;
  readonly #virtualizer: Virtualizer<HTMLElement, HTMLElement>;
  #unmount: (() => void) | null = null;
  #wantsEnd = false;
  #rendered = false;
  #opening = false;

  constructor(host: RowHost, options: RowWindowOptions) {
    this.#host = host;
    this.#options = options;
    this.#virtualizer = new Virtualizer(this.#current());
    host.addController(this);
  }

  /** The rows to render now. */
  get rows(): readonly VirtualItem[] {
    return this.#virtualizer.getVirtualItems();
  }

  get atEnd(): boolean {
    const scroller = this.#find('.scroller');
    return scroller === null || scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight <= END;
  }

  /** On the way to the end: the rows in the document are not yet the ones that will be seen. */
  get opening(): boolean {
    return this.#wantsEnd || this.#opening;
  }

  toEnd(): void {
    this.#wantsEnd = true;
    this.#host.requestUpdate();
  }

  /** Brings a row into view, moving as little as needed. */
  reveal(index: number): void {
    this.#virtualizer.scrollToIndex(index, { align: 'auto' });
  }

  hostConnected(): void {
    this.#unmount ??= this.#virtualizer._didMount();
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#unmount?.();
    this.#unmount = null;
  }

  /** To be called by the host before it renders, once its rows are known. */
  prepare(): void {
    this.#virtualizer.setOptions(this.#current());
  }

  hostUpdated(): void {
    this.#rendered = true;
    const sizer = this.#find('.sizer');
    const block = this.#find('.rows');
    if (sizer === null || block === null || !this.#host.isConnected) return;
    const [first] = this.rows;
    sizer.style.blockSize = `${this.#virtualizer.getTotalSize()}px`;
    block.style.transform = `translateY(${first?.start ?? 0}px)`;
    this.#virtualizer._willUpdate();
    this.#measure(block);
    if (this.#wantsEnd && this.#options.count() > 0) {
      this.#wantsEnd = false;
      this.#opening = true;
      this.#virtualizer.scrollToEnd();
    }
    if (this.rows.at(-1)?.index === this.#options.count() - 1) this.#opening = false;
  }

  /**
   * At once, also while somebody scrolls: a height that is known before the next frame is painted cannot be seen as a jump.
   * All are read before any is told, so that the browser lays out only once.
   */
  #measure(block: HTMLElement): void {
    const sizes = [...block.children].map((row) => {
      this.#virtualizer.measureElement(row as HTMLElement);
      return [this.#virtualizer.indexFromElement(row as HTMLElement), (row as HTMLElement).offsetHeight] as const;
    });
    this.#virtualizer.measureElement(null);
    for (const [index, size] of sizes) this.#virtualizer.resizeItem(index, size);
  }

  #current(): VirtualizerOptions<HTMLElement, HTMLElement> {
    const { anchor, count, key, estimate } = this.#options;
    return {
      count: count(),
      getScrollElement: () => this.#find('.scroller'),
      estimateSize: estimate,
      getItemKey: key,
      overscan: OVERSCAN,
      anchorTo: anchor,
      followOnAppend: anchor === 'end',
      scrollEndThreshold: END,
      scrollToFn: elementScroll,
      observeElementRect,
      // A size that changes by itself is told a frame later: within the observer the page would get "ResizeObserver loop" errors.
      useAnimationFrameWithResizeObserver: true,
      observeElementOffset,
      onChange: () => this.#host.requestUpdate(),
    };
  }

  #find(selector: string): HTMLElement | null {
    return this.#rendered ? this.#host.renderRoot.querySelector<HTMLElement>(selector) : null;
  }
}
