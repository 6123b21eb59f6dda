import { nothing, type ReactiveController, type TemplateResult } from 'lit';
import type { Conversation } from '#sdk';
import { html } from '../internal/html.js';
import { icon } from '../internal/icons.js';
import type { ParleyElement } from '../internal/parley-element.js';
import type { RowWindow } from '../internal/row-window.js';
import { StoreController } from '../internal/store-controller.js';
import type { Row } from './rows.js';

/** How long a line that was jumped to is marked. ms */
const MARKED = 2_500;
/** As the list counts. */
const MOST = 99;

interface JumpHost extends ParleyElement {
  readonly conversation: Conversation | null;
}

/** To one line of the log, whatever its age: a hit of a search (M7), or the first unread one where it is above the view. */
export class Jumps implements ReactiveController {
  readonly #host: JumpHost;
  readonly #window: RowWindow<Row>;
  readonly #arrived: (row: Row) => void;
  readonly #revealed: StoreController<{ readonly seq: number } | null>;
  readonly #newFrom: StoreController<number | null>;
  #done: { readonly seq: number } | null = null;
  #marked = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** How many were unread when the log was opened; 0 once the first of them was in view. */
  #unread: number | null = null;
  #offered = false;

  /** `arrived` is called once for each line that was jumped to. */
  constructor(host: JumpHost, window: RowWindow<Row>, arrived: (row: Row) => void) {
    this.#host = host;
    this.#window = window;
    this.#arrived = arrived;
    const id = (): string => host.conversation?.id ?? '';
    this.#revealed = new StoreController<{ readonly seq: number } | null>(
      host,
      (client) => client.select((s) => s.timeline(id()).revealed$, null),
      null,
      id,
    );
    this.#newFrom = new StoreController<number | null>(host, (client) => client.select((s) => s.timeline(id()).newFrom$, null), null, id);
    host.addController(this);
  }

  get newFrom(): number | null {
    return this.#newFrom.value;
  }

  /** Something is held and not in view yet. */
  get pending(): boolean {
    return this.#revealed.value !== this.#done;
  }

  /** The row to be marked; empty when there is none. */
  get marked(): string {
    return this.#marked;
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#marked = '';
  }

  /** After each render and each scroll, with the rows of that render. */
  follow(rows: readonly Row[]): void {
    const { top } = this.#window;
    if (this.#unread && top !== null && rows.length > 0) {
      const { newFrom } = this;
      const first = rows.findIndex(({ type }) => type === 'new');
      const last = rows.at(-1);
      // Who has answered has gone on.
      const answered = last?.type === 'message' && last.mine;
      if (newFrom === null || answered || (first >= top && first < this.#window.first + this.#window.shown.length)) this.#unread = 0;
      // Where one reads what is older than that, the way to it is down, as the ribbon shows.
      const offered = this.#unread > 0 && newFrom !== null && rows.slice(top).some((row) => (seqOf(row) ?? 0) > newFrom) && !(first > top);
      if (offered !== this.#offered) this.#host.requestUpdate();
      this.#offered = offered;
    }
    const revealed = this.#revealed.value;
    if (revealed === this.#done) return;
    const at = revealed === null ? -1 : rows.findIndex((row) => (seqOf(row) ?? 0) >= revealed.seq);
    const row = rows[at];
    if (revealed !== null && row === undefined) return;
    this.#done = revealed;
    if (row === undefined) return;
    this.#window.show(at);
    this.#marked = row.key;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#marked = '';
      this.#host.requestUpdate();
    }, MARKED);
    this.#arrived(row);
  }

  /** What leads to the first unread message, until that was in view. */
  render(): TemplateResult | typeof nothing {
    // Counted before the composer has the focus and all of them are read.
    this.#unread ??= this.#host.conversation?.unread ?? null;
    const count = this.#unread ?? 0;
    if (count === 0 || !this.#offered) return nothing;
    const text = count > MOST ? this.#host.text('manyUnreadMessages') : this.#host.text('newMessagesCount', { count });
    return html`<button class="older first-new" type="button" @click=${() => this.#toFirstNew()}>${icon('arrow-down', 16)}${text}</button>`;
  }

  #toFirstNew(): void {
    const { client, conversation } = this.#host;
    if (this.newFrom !== null && conversation !== null) client?.session?.timeline(conversation.id).reveal(this.newFrom);
    // The button goes away with the focus on it.
    this.#host.focus();
  }
}

function seqOf(row: Row): number | null {
  return (row.type === 'message' || row.type === 'system') && row.item.type === 'entry' ? row.item.entry.seq : null;
}
