import { messageContent, ParleyError } from '#protocol';
import type { ContextLink, Entry, MessageContent } from '#protocol';
import type { OutboxItem, OutboxStore } from '../api.js';
import { newId } from '../new-id.js';
import { isLate } from '../outbox/keeper.js';
import type { Desk, Keeper, Progress } from '../outbox/keeper.js';
import { backoff } from '../transport/backoff.js';
import { Store } from './store.js';
import type { Wire } from './wire.js';

/** One attempt and the wait after it. Compared by identity: what comes late from an earlier turn changes nothing. */
interface Turn {
  cid: string;
}

/** The connection is to blame, not the message: it waits for the next one. */
const CONNECTION = new Set(['UNAUTHENTICATED', 'TOKEN_EXPIRED', 'WRONG_USER', 'SESSION_ENDED']);

/**
 * Messages on their way. In each conversation one at a time and in the order typed (SPEC D7); the same id until there is an answer
 * (SPEC C5), so that nothing is lost and nothing is said twice (reliability G4, G7, G10, G11). A keeper, where there is one, has them on disk
 * before they are sent and says which of the user's tabs sends; this one shows them all. Longer than most files because every step changes the
 * same item, and which step may follow which is the promise.
 */
export class Outbox extends Store<{ items: readonly OutboxItem[] }> implements OutboxStore, Desk {
  readonly items$ = this.select(({ items }) => items);

  readonly #wire: Wire;
  readonly progress = new Map<string, Progress>();
  /** Conversations of which one message is in flight, or which wait before the next attempt. */
  readonly #busy = new Map<string, Turn>();
  /** Sending waits until what was missed is known: an echo among it says that there is nothing to send. */
  #open = false;
  readonly #acknowledged: (item: OutboxItem, seq: number) => boolean;
  readonly #late: (conversation: string) => void;
  /** Null: there is none. Until that is known nothing is sent. */
  #keeper: Keeper | null | undefined;

  /**
   * `acknowledged` answers whether the item may go at once; otherwise `settle` or `covered` takes it away. `late` looks whether something of this
   * conversation that is not sent any more was committed, and only the answer was lost.
   */
  constructor(wire: Wire, acknowledged: (item: OutboxItem, seq: number) => boolean, late: (conversation: string) => void) {
    super({ items: [] });
    this.#wire = wire;
    this.#acknowledged = acknowledged;
    this.#late = late;
  }

  get items(): readonly OutboxItem[] {
    return this.state.items;
  }

  add(conversation: string, content: { text: string; links: ContextLink[] }): OutboxItem {
    const sound = checked(content);
    const at = this.#wire.now();
    const item: OutboxItem = { cid: newId(), conversation, ...sound, at, state: this.#fresh };
    this.progress.set(item.cid, { failures: 0, seq: 0, wanted: at, order: item.cid });
    this.update({ items: [...this.items, item] });
    void this.#keep(item);
    this.#pump(conversation);
    return item;
  }

  /** What was on its way when the session was locked: with the same ids, and as old as it is. Whether it is on the disk still, is to be seen. */
  restore(items: readonly OutboxItem[]): void {
    for (const { cid, at } of items) this.progress.set(cid, { failures: 0, seq: 0, wanted: at, order: cid });
    this.update({ items: items.map(({ kept: _, ...item }) => item) });
  }

  retry(cid: string): void {
    const item = this.#find(cid);
    if (item?.state !== 'not-sent') return;
    this.progress.set(cid, { failures: 0, seq: 0, wanted: this.#wire.now(), order: newId() });
    const { error: _, stale: __, ...rest } = item;
    const again: OutboxItem = { ...rest, state: this.#fresh };
    // To the end: what was sent since then is not overtaken.
    this.update({ items: [...this.items.filter((other) => other !== item), again] });
    void this.#keep(again);
    this.#pump(item.conversation);
  }

  discard(cid: string): void {
    if (this.#find(cid)?.state !== 'not-sent') return;
    this.#remove(cid);
    this.#keeper?.remove(cid, 0);
  }

  /** The entry is there, so the message was committed, whatever became of its answer. */
  settle(entry: Entry): void {
    const item = this.#find(entry.cid);
    if (item?.conversation !== entry.conversation) return;
    this.#remove(entry.cid);
    this.#keeper?.remove(entry.cid, entry.seq);
    this.#settled(item);
  }

  /** Everything up to here is in the timeline. */
  covered(conversation: string, seq: number): void {
    for (const item of this.items) {
      const got = this.progress.get(item.cid)?.seq;
      if (item.conversation === conversation && got && got <= seq) this.#remove(item.cid);
    }
  }

  /** It is known now who keeps what is not sent, or that nobody does. */
  keepWith(keeper: Keeper | null): void {
    this.#keeper = keeper;
    for (const item of this.items) void this.#keep(item);
    keeper?.connected(this.#open);
    this.place();
  }

  place(items: readonly OutboxItem[] = this.items): void {
    this.update({ items });
    for (const conversation of new Set(items.map((item) => item.conversation))) this.#pump(conversation);
    if (this.#open) for (const { conversation, stale } of this.items) if (stale) this.#late(conversation);
  }

  sent(cid: string, seq: number): void {
    const item = this.#find(cid);
    const progress = this.progress.get(cid);
    if (!item || !progress || (progress.seq && !seq)) return;
    progress.seq = seq;
    // Answered after all, although it had been given up meanwhile.
    if (seq && item.state !== 'sending') this.#change(cid, { state: 'sending' });
    if (!seq || this.#acknowledged(item, seq)) this.#remove(cid);
    this.#settled(item);
  }

  ready(): void {
    this.#open = true;
    this.#keeper?.connected(true);
    this.place();
  }

  lost(): void {
    this.#open = false;
    this.#keeper?.connected(false);
    this.#busy.clear();
    this.update({
      items: this.items.map((item) =>
        item.state === 'sending' && !this.progress.get(item.cid)?.seq ? { ...item, state: 'waiting' } : item,
      ),
    });
  }

  /** The store's numbers are others now: what had one and was not seen is sent again (SPEC S4). */
  reset(): void {
    for (const progress of this.progress.values()) progress.seq = 0;
  }

  override dispose(): void {
    this.#open = false;
    this.#keeper?.dispose();
    this.#keeper = null;
    this.#busy.clear();
    this.progress.clear();
    super.dispose();
  }

  #pump(conversation: string): void {
    if (!this.#open || this.#keeper === undefined || this.#busy.has(conversation)) return;
    for (const item of this.items) {
      const progress = this.progress.get(item.cid);
      if (item.conversation !== conversation || item.state === 'not-sent' || !progress || progress.seq) continue;
      // What is being written goes first, and so does what another tab is to send.
      if (progress.keeping || (item.kept && this.#keeper?.draining === false)) return;
      if (isLate(progress.wanted, this.#wire.now())) this.#change(item.cid, { state: 'not-sent', stale: true });
      else return void this.#send(item, progress);
    }
  }

  async #send(item: OutboxItem, progress: Progress): Promise<void> {
    const { cid, conversation, text, links, at } = item;
    const turn: Turn = { cid };
    this.#busy.set(conversation, turn);
    if (item.state !== 'sending') this.#change(cid, { state: 'sending' });
    try {
      const { seq } = await this.#wire.command('message:send', { conversation, cid, text, links, sentAt: at });
      this.#keeper?.remove(cid, seq);
      this.sent(cid, seq);
    } catch (error) {
      if (this.#busy.get(conversation) === turn)
        this.#failed(turn, conversation, progress, error instanceof ParleyError ? error : new ParleyError('INTERNAL'));
    }
  }

  #failed(turn: Turn, conversation: string, progress: Progress, error: ParleyError): void {
    const { cid } = turn;
    if (!error.retryable && !CONNECTION.has(error.code)) {
      this.#change(cid, { state: 'not-sent', error });
      void this.#keep(this.#find(cid));
      return this.#release(conversation, turn);
    }
    this.#change(cid, { state: 'waiting' });
    // Still busy meanwhile: what was typed later does not overtake it.
    this.#wire.later(
      backoff(progress.failures++, () => this.#wire.random(), error.retryAfterMs),
      () => this.#release(conversation, turn),
    );
  }

  /** What was typed after it may go. */
  #settled({ cid, conversation }: OutboxItem): void {
    const turn = this.#busy.get(conversation);
    if (turn?.cid === cid) this.#release(conversation, turn);
  }

  #release(conversation: string, turn: Turn): void {
    if (this.#busy.get(conversation) !== turn) return;
    this.#busy.delete(conversation);
    this.#pump(conversation);
  }

  /** Onto the disk, or as it is now. */
  async #keep(item: OutboxItem | undefined): Promise<void> {
    const progress = item && this.progress.get(item.cid);
    const keeper = this.#keeper;
    if (!progress || !keeper || progress.seq) return;
    // What is there already may be sent while it is written anew.
    progress.keeping = !item.kept;
    const kept = await keeper.put({ item, wanted: progress.wanted, order: progress.order });
    progress.keeping = false;
    if (kept) this.#change(item.cid, { kept });
    this.#pump(item.conversation);
  }

  get #fresh(): OutboxItem['state'] {
    return this.#open ? 'sending' : 'waiting';
  }

  #find(cid: string): OutboxItem | undefined {
    return this.items.find((item) => item.cid === cid);
  }

  #change(cid: string, change: Partial<OutboxItem>): void {
    this.update({ items: this.items.map((item) => (item.cid === cid ? { ...item, ...change } : item)) });
    const item = this.#find(cid);
    const progress = this.progress.get(cid);
    if (item?.kept && change.state && progress && this.#keeper?.draining) this.#keeper.show({ item, ...progress });
  }

  #remove(cid: string): void {
    this.progress.delete(cid);
    this.update({ items: this.items.filter((item) => item.cid !== cid) });
  }
}

/** Throws `INVALID` for what the protocol refuses, so that it is refused while the person still has it before them. */
export function checked(content: { text: string; links: ContextLink[] }): MessageContent {
  const parsed = messageContent.safeParse(content);
  if (!parsed.success) throw new ParleyError('INVALID', parsed.error.issues[0]?.message);
  return parsed.data;
}
