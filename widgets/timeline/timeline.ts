import { nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { Conversation, Member, OutboxItem, Session, TimelineItem, TimelineState } from '#sdk';
import { Announcer } from '../internal/announcer.js';
import { html } from '../internal/html.js';
import { icon } from '../internal/icons.js';
import { nameOf } from '../internal/names.js';
import { ParleyElement } from '../internal/parley-element.js';
import { PeopleController } from '../internal/people.js';
import { tagOf } from '../internal/prefix.js';
import { repeat } from '../internal/repeat.js';
import { RowWindow } from '../internal/row-window.js';
import { rowWindowStyles } from '../internal/row-window-styles.js';
import { StoreController } from '../internal/store-controller.js';
import { base, buttons } from '../internal/styles.js';
import { tokens } from '../internal/tokens.js';
import { messageStyles } from '../message/message-styles.js';
import { type MessageStyle, renderMessage } from '../message/message.js';
import { firstWords } from '../message/plain-text.js';
import { load } from '../panel/places.js';
import { Jumps } from './jumps.js';
import { NearPages } from './near-pages.js';
import { type Row, TimelineRows } from './rows.js';
import { renderDay, renderGap, renderNew, renderSkeleton, renderStart, renderSystem } from './separators.js';
import { timelineStyles } from './timeline-styles.js';

const LOADING: TimelineState = { status: 'loading', atStart: false, loadingOlder: false };
/** Heights before a row was measured, in px. A wrong guess costs a correction, never a jump. */
const ESTIMATES = { start: 48, day: 40, new: 32, gap: 32, system: 28, message: 44 } as const satisfies Record<Row['type'], number>;

type MessageRow = Extract<Row, { type: 'message' }>;

/**
 * @summary The log of one conversation: only what is near the view is in the document. Shows one conversation for its whole life.
 * Longer than most files: what is new since the last render is said, shown in the ribbon and followed by one rule over the same rows.
 *
 * @csspart log - What scrolls.
 * @csspart message - One message.
 * @csspart ribbon - Author and first words of the latest message while one reads further up (B29).
 */
export class Timeline extends ParleyElement {
  static readonly tag = 'timeline';
  static override styles = [tokens, base, buttons, rowWindowStyles, messageStyles, timelineStyles];
  static override properties: PropertyDeclarations = {
    conversation: { attribute: false },
    messageStyle: { attribute: 'message-style' },
    tintFrom: { attribute: false },
    arrived: { attribute: false },
    ribbon: { state: true },
    expanded: { state: true },
  };

  conversation: Conversation | null = null;
  messageStyle: MessageStyle = 'bubble';
  /** Messages of others from this one on are new to the viewer; null when none are (B25). */
  tintFrom: number | null = null;
  /** Called when messages of others have come into view at the end: with the first page, and as they are added. */
  arrived: (() => void) | null = null;

  protected ribbon: MessageRow | null = null;
  protected expanded: ReadonlySet<string> = new Set();

  #session = new StoreController<Session | null>(this, (client) => client.session$, null);
  #items = new StoreController<readonly TimelineItem[]>(
    this,
    (client) => client.select((s) => s.timeline(this.#id).items$, []),
    [],
    () => this.#id,
  );
  #state = new StoreController<TimelineState>(
    this,
    (client) => client.select((s) => s.timeline(this.#id).state$, LOADING),
    LOADING,
    () => this.#id,
  );
  #members = new StoreController<readonly Member[]>(
    this,
    (client) => client.select((s) => s.conversations.members$(this.#id), []),
    [],
    () => this.#id,
  );
  #people = new PeopleController(this);
  #announcer = new Announcer(this, (count) => this.text('newMessagesCount', { count }));
  #builder = new TimelineRows();
  #rows: readonly Row[] = [];
  #last: MessageRow | null = null;
  /** Up to here everything was there when the log was opened, or has been announced. */
  #heard: number | null = null;
  #readBy: { members: readonly Member[]; marks: readonly number[] } = { members: [], marks: [] };
  #window = new RowWindow<Row>(this, { anchor: 'end', estimate: (row) => ESTIMATES[row.type] });
  #pages = new NearPages(this, this.#window);
  #jumps = new Jumps(this, this.#window, (row) => this.#revealed(row));

  get #id(): string {
    return this.conversation?.id ?? '';
  }

  get #me(): string {
    return this.#session.value?.info.user.id ?? '';
  }

  /** The newest message is in view, and nothing else is about to be. */
  get atEnd(): boolean {
    return this.#window.atEnd && !this.#state.value.seeking && !this.#jumps.pending;
  }

  /** Goes to the newest message and stays with what comes. */
  scrollToEnd(): void {
    this.ribbon = null;
    this.#window.toEnd();
  }

  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('.scroller')?.focus();
  }

  /** After the controllers have their values and before the template is made: the window needs the rows that it is about to show. */
  #prepare(): void {
    const { times } = this.localisation;
    const rows = this.#builder.build({
      items: this.#items.value,
      atStart: this.#state.value.atStart,
      newFrom: this.#jumps.newFrom,
      me: this.#me,
      dayKey: this.#dayKeyOf(times),
    });
    const first = this.#rows.length === 0 && rows.length > 0;
    this.#rows = rows;
    this.#notice(first);
    this.#window.prepare(rows);
  }

  #times: unknown = null;
  #dayKey: (at: number) => string = () => '';

  /** One function for one formatter: another identity means another zone, and the rows are built anew. */
  #dayKeyOf(times: { dayKey(at: number): string }): (at: number) => string {
    if (times !== this.#times) {
      this.#times = times;
      this.#dayKey = (at) => times.dayKey(at);
    }
    return this.#dayKey;
  }

  /** What is new since the last render: announced once, shown in the ribbon when it is out of view, followed when it is one's own. */
  #notice(first: boolean): void {
    const last = this.#rows.findLast((row) => row.type === 'message') ?? null;
    const before = this.#last;
    this.#last = last;
    const head = this.#head();
    if (first || this.#heard === null) {
      if (this.#state.value.status !== 'ready' && head === 0) return;
      this.#heard = head;
      // A chat opens at its newest message, so what had come before is in view with it (M19): unless it opens at another.
      if (this.atEnd) this.arrived?.();
      return;
    }
    const heard = this.#heard;
    this.#heard = Math.max(heard, head);
    const { atEnd } = this.#window;
    let others = false;
    for (let at = this.#rows.length - 1; at >= 0; at--) {
      const row = this.#rows[at];
      if (row === undefined || !('item' in row) || row.item.type !== 'entry') continue;
      if (row.item.entry.seq <= heard) break;
      if (row.type !== 'message' || row.mine) continue;
      others = true;
      this.#announcer.say(this.#words(row, 'saidBy'));
    }
    if (last !== null && last.key !== before?.key && last.mine) {
      this.scrollToEnd();
    } else if (others && last !== null && !last.mine) {
      if (atEnd) this.arrived?.();
      else this.ribbon = last;
    }
  }

  /** The number of the newest entry shown. */
  #head(): number {
    const newest = this.#rows.findLast((row) => 'item' in row && row.item.type === 'entry');
    return newest !== undefined && 'item' in newest && newest.item.type === 'entry' ? newest.item.entry.seq : 0;
  }

  #nameOf(id: string): string {
    return nameOf(id, this.#me, (user) => this.#people.get(user), this.localisation);
  }

  #words(row: MessageRow, key: 'saidBy' | 'latestBy'): string {
    const { item } = row;
    const content = item.type === 'pending' ? item.item : item.entry.body.kind === 'message' ? item.entry.body : { text: '' };
    return this.text(key, { name: this.#nameOf(row.author), text: firstWords(content.text) || this.text('linkedItem') });
  }

  protected override updated(): void {
    this.#scroll();
  }

  /** It is read out once, and the ribbon leads back (B30). */
  #revealed(row: Row): void {
    if (row.type === 'message') this.#announcer.say(this.#words(row, 'saidBy'));
    this.ribbon = this.#last;
  }

  #scroll(): void {
    if (this.ribbon !== null && this.#window.atEnd) {
      this.ribbon = null;
      this.arrived?.();
    }
    this.#jumps.follow(this.#rows);
    void this.#pages.fetch(this.#rows, this.#state.value);
  }

  readonly #toggle = (key: string): void => {
    const expanded = new Set(this.expanded);
    if (!expanded.delete(key)) expanded.add(key);
    this.#window.holdRow();
    this.expanded = expanded;
  };
  readonly #retry = (item: OutboxItem): void => this.client?.session?.outbox.retry(item.cid);
  readonly #discard = (item: OutboxItem): void => this.client?.session?.outbox.discard(item.cid);

  readonly #showDetails = (seq: number, from: HTMLElement): void => {
    this.#openDetails(seq, from).catch(() => this.#announcer.say(this.text('failed')));
  };

  async #openDetails(seq: number, from: HTMLElement): Promise<void> {
    await load('delivery-details');
    await this.renderRoot.querySelector(tagOf('delivery-details'))?.toggle(seq, from);
  }

  /** How many others have read up to this entry. */
  #readers(row: MessageRow): number {
    const { item } = row;
    if (item.type !== 'entry' || !item.mine) return 0;
    const members = this.#members.value;
    if (this.#readBy.members !== members) {
      const me = this.#me;
      this.#readBy = { members, marks: members.filter((one) => one.user !== me).map((one) => one.marks.read) };
    }
    return this.#readBy.marks.reduce((count, read) => count + (read >= item.entry.seq ? 1 : 0), 0);
  }

  #renderRow(row: Row): unknown {
    const { localisation } = this;
    switch (row.type) {
      case 'start':
        return renderStart(row.item.entry, localisation);
      case 'day':
        return renderDay(row.at, localisation);
      case 'new':
        return renderNew(localisation);
      case 'gap':
        return renderGap(localisation);
      case 'system':
        return renderSystem(row.item.entry, (id) => this.#nameOf(id), localisation);
      case 'message':
        return this.#renderMessage(row);
    }
  }

  #renderMessage(row: MessageRow): unknown {
    const { localisation, messageStyle } = this;
    const group = this.conversation?.kind === 'group';
    const name = this.#nameOf(row.author);
    const expanded = this.expanded.has(row.key);
    const showState = row.mine && row.tail;
    const readBy = showState && group ? this.#readers(row) : 0;
    const tinted = !row.mine && this.tintFrom !== null && row.item.type === 'entry' && row.item.entry.seq >= this.tintFrom;
    return guard([row, messageStyle, localisation, name, expanded, readBy, tinted], () =>
      renderMessage(row, {
        style: messageStyle,
        localisation,
        name,
        group,
        conversation: this.#id,
        tinted,
        readBy,
        expanded,
        showState,
        toggle: this.#toggle,
        retry: this.#retry,
        discard: this.#discard,
        details: this.#showDetails,
      }),
    );
  }

  #renderState(): TemplateResult | typeof nothing {
    const { status, loadingOlder } = this.#state.value;
    if (status === 'error') {
      return html`<div class="problem" role="alert">
        ${icon('warning')}<span>${this.text('timelineFailed')}</span>
        <button class="button" type="button" @click=${() => this.client?.session?.timeline(this.#id).retry()}>${this.text('retry')}</button>
      </div>`;
    }
    if (status === 'loading' && this.#rows.length === 0) return renderSkeleton(this.localisation);
    const first = this.#jumps.render();
    if (first !== nothing) return first;
    return loadingOlder ? html`<div class="older" aria-hidden="true">${this.text('loadingOlder')}</div>` : nothing;
  }

  protected override render(): TemplateResult {
    this.#prepare();
    const { ribbon } = this;
    return html`<div class="frame">
      <div class="scroller" part="log" role="log" aria-live="off" aria-label=${this.text('messages')} tabindex="0" @scroll=${this.#scroll}>
        <div class="sizer">
          <div class="rows">
            ${repeat(
              this.#window.shown,
              (row) => row.key,
              (row) => html`<div class="row ${row.key === this.#jumps.marked ? 'found' : ''}">${this.#renderRow(row)}</div>`,
            )}
          </div>
        </div>
      </div>
      ${this.#renderState()}
      ${
        ribbon === null
          ? nothing
          : html`<button class="ribbon" part="ribbon" type="button" title=${this.text('toNewest')} @click=${this.#toNewest}>
              ${icon('arrow-down', 16)}<span class="truncate" dir="auto">${this.#words(ribbon, 'latestBy')}</span>
            </button>`
      }
      <parley-delivery-details .conversation=${this.#id}></parley-delivery-details>
      ${this.#announcer.region()}
    </div>`;
  }

  #toNewest(): void {
    this.scrollToEnd();
    // The ribbon goes away with the focus on it; the log is where one reads on.
    this.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'parley-timeline': Timeline;
  }
}
