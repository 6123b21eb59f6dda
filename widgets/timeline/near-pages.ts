import type { Conversation, TimelineState } from '#sdk';
import type { ParleyElement } from '../internal/parley-element.js';
import type { RowWindow } from '../internal/row-window.js';
import type { Row } from './rows.js';

/** A page is fetched when so many rows are left between the view and its place. */
const AHEAD = 15;
/** What could not be had is asked for again after this time, while it would still be in view. ms */
const AGAIN = 3_000;

interface PagesHost extends ParleyElement {
  readonly conversation: Conversation | null;
}

/** Fetches what one is about to come to: older entries, and what is missing between two pages that are held. One page at a time. */
export class NearPages {
  readonly #host: PagesHost;
  readonly #window: RowWindow<Row>;
  #asking = false;

  constructor(host: PagesHost, window: RowWindow<Row>) {
    this.#host = host;
    this.#window = window;
  }

  /** After each render and each scroll, with the rows of that render. */
  async fetch(rows: readonly Row[], { status, atStart, loadingOlder }: TimelineState): Promise<void> {
    const { client, conversation } = this.#host;
    if (this.#asking || status !== 'ready' || !client?.session || conversation === null) return;
    const near = this.#gap(rows);
    if (near === null && (atStart || loadingOlder || this.#window.first > AHEAD)) return;
    this.#asking = true;
    const timeline = client.session.timeline(conversation.id);
    try {
      await (near === null ? timeline.loadOlder() : timeline.loadGap(near.gap, near.end));
    } catch {
      setTimeout(() => this.#host.isConnected && this.#host.requestUpdate(), AGAIN);
    } finally {
      this.#asking = false;
    }
  }

  /** A gap near the view, and from which end one comes to it. */
  #gap(rows: readonly Row[]): { gap: { from: number; to: number }; end: 'older' | 'newer' } | null {
    const { first, shown, top } = this.#window;
    const from = Math.max(0, first - AHEAD);
    const at = top === null ? -1 : rows.slice(from, first + shown.length + AHEAD).findIndex(({ type }) => type === 'gap');
    const gap = rows[from + at];
    return at >= 0 && gap?.type === 'gap' && top !== null ? { gap, end: from + at <= top ? 'newer' : 'older' } : null;
  }
}
