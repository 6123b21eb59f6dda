import { ParleyError } from '#protocol';
import type { ErrorCode } from '#protocol';
import type { Draft, OutboxItem } from '../api.js';
import { isLate } from './keeper.js';
import type { Desk, DraftDesk, Keeper, Kept, OpenKeeper } from './keeper.js';
import { Vault } from './vault.js';

/** What is typed is written at most so often. ms */
const TYPED = 150;
/** The tab that sends has had its turn: it is frozen, or has lost its way. ms */
const STUCK = 15_000;

/** An item as it is written and told: an error by its code. */
interface Plain extends Omit<Kept, 'item'> {
  item: Omit<OutboxItem, 'error'>;
  code?: ErrorCode;
}
interface Typed {
  conversation: string;
  draft: Draft;
}
type Word = Plain | Typed | { gone: string; seq: number };

export const openKeeper: OpenKeeper = async (key, desk, drafts) => {
  const keeper = new DiskKeeper(await Vault.open(key), desk, drafts);
  await keeper.load();
  return keeper;
};

/**
 * Unsent text on disk, and one tab of those that share it that sends: a Web Lock elects it, and the browser elects another when it is gone,
 * however it went. A BroadcastChannel lets all of them show the same.
 */
class DiskKeeper implements Keeper {
  draining = false;

  readonly #vault: Vault;
  readonly #desk: Desk;
  readonly #draftDesk: DraftDesk;
  readonly #channel: BroadcastChannel;
  /** Sent or discarded: what was read or told before that brings none of them back. */
  readonly #gone = new Set<string>();
  /** As this tab has them, so that what another one typed does not take away what is being typed here. */
  readonly #drafts = new Map<string, Draft>();
  readonly #typed = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Until another tab counts as stuck. */
  readonly #waits = new Set<ReturnType<typeof setTimeout>>();
  /** Where what was sent stands in the composer again. */
  readonly #returned = new Set<string>();
  /** From one connection to its loss. */
  #turn: AbortController | null = null;
  #over = false;

  constructor(vault: Vault, desk: Desk, drafts: DraftDesk) {
    this.#vault = vault;
    this.#desk = desk;
    this.#draftDesk = drafts;
    // No name that another user, or another server in the same page, could have.
    this.#channel = new BroadcastChannel(`parley outbox ${vault.owner}`);
    this.#channel.onmessage = ({ data }: MessageEvent<Word>) => this.#heard(data);
    addEventListener('pagehide', this.#save);
    vault.lost = () => void this.load();
  }

  async put(kept: Kept): Promise<boolean> {
    const { cid } = kept.item;
    const word = plain(kept);
    const written = await this.#vault.write(cid, word);
    // One that was there before is still there, as it was.
    if (written || kept.item.kept) this.#tell(word);
    if (!written && !kept.item.kept && !this.#turn && !this.#over) this.#giveBack(kept.item);
    if (written && !this.#over) this.#await(cid);
    return written;
  }

  #await(cid: string): void {
    const wait = setTimeout(() => {
      this.#waits.delete(wait);
      if (!this.#gone.has(cid) && !this.draining && this.#turn) this.#queue(this.#turn, true);
    }, STUCK);
    this.#waits.add(wait);
  }

  /** It stands in the composer again, before what was typed meanwhile: neither sent nor kept, and gone with the page. */
  #giveBack({ cid, conversation, text, links }: OutboxItem): void {
    this.#gone.add(cid);
    this.#desk.sent(cid, 0);
    this.#draftDesk.update(conversation, { ...joined({ text, links }, this.#draftDesk.get(conversation)), returned: true });
    this.#returned.add(conversation);
    addEventListener('beforeunload', ask);
  }

  remove(cid: string, seq: number): void {
    if (this.#gone.has(cid)) return;
    this.#gone.add(cid);
    void this.#vault.write(cid, null);
    this.#tell({ gone: cid, seq });
  }

  show(kept: Kept): void {
    this.#tell(plain(kept));
  }

  draft(conversation: string, draft: Draft): void {
    this.#drafts.set(conversation, { text: draft.text, links: draft.links });
    this.#typed.add(conversation);
    if (this.#returned.delete(conversation) && this.#returned.size === 0) removeEventListener('beforeunload', ask);
    // What was sent goes with the message that it is now.
    if (isEmpty(draft)) this.#save();
    else this.#timer ??= setTimeout(this.#save, TYPED);
  }

  connected(now: boolean): void {
    this.#turn?.abort();
    this.#turn = null;
    this.draining = false;
    if (!now) return;
    this.#turn = new AbortController();
    this.#queue(this.#turn, false);
    void this.load();
  }

  dispose(): void {
    this.connected(false);
    removeEventListener('pagehide', this.#save);
    removeEventListener('beforeunload', ask);
    this.#save();
    this.#over = true;
    for (const wait of this.#waits) clearTimeout(wait);
    this.#channel.close();
    this.#vault.close();
    this.#drafts.clear();
    this.#gone.clear();
  }

  #tell(word: Word): void {
    if (!this.#over) this.#channel.postMessage(word);
  }

  #heard(word: Word): void {
    if (this.#over) return;
    if ('gone' in word) {
      this.#gone.add(word.gone);
      this.#desk.sent(word.gone, word.seq);
    } else if ('draft' in word) this.#restore(word);
    else if (!this.#gone.has(word.item.cid)) this.#place(word);
  }

  /** Where its turn is; one that is in flight here is as it is known here. */
  #place({ item: told, wanted, order, code }: Plain): void {
    const { items, progress } = this.#desk;
    const { cid } = told;
    const before = items.find((other) => other.cid === cid);
    if (progress.get(cid)?.seq || (this.draining && before?.state === 'sending')) return;
    progress.set(cid, { failures: 0, seq: 0, wanted, order });
    const late = told.state !== 'not-sent' && isLate(wanted, Date.now());
    const item: OutboxItem = {
      ...told,
      kept: true,
      ...(code ? { error: new ParleyError(code) } : {}),
      ...(late ? { state: 'not-sent', stale: true } : {}),
    };
    const others = items.filter((other) => other !== before);
    const first = others.filter((other) => (progress.get(other.cid)?.order ?? '') < order);
    this.#desk.place([...first, item, ...others.filter((other) => !first.includes(other))]);
  }

  /** The ids of all that is here and on disk. */
  #held(): string[] {
    const { items, progress } = this.#desk;
    return items.filter(({ cid, kept }) => kept && !progress.get(cid)?.seq).map(({ cid }) => cid);
  }

  /** What is typed here stays; elsewhere it follows. At first what was kept stands before what is typed already. */
  #restore({ conversation, draft }: Typed, first = false): void {
    if (this.#over || this.#typed.has(conversation)) return;
    this.#drafts.set(conversation, draft);
    this.#draftDesk.restore(conversation, first ? joined(draft, this.#draftDesk.get(conversation)) : draft);
  }

  readonly #save = (): void => {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const conversation of this.#typed) {
      const draft = this.#drafts.get(conversation);
      if (!draft) continue;
      const word = { conversation, draft };
      void this.#vault.write(`draft ${conversation}`, isEmpty(draft) ? null : word);
      this.#tell(word);
    }
    this.#typed.clear();
  };

  /** Compares what is held with the disk: the word of another tab may have been lost with it. */
  async load(): Promise<void> {
    const before = this.#held();
    const words = (await this.#vault.all().catch(() => null)) as Word[] | null;
    if (this.#over) return;
    if (words === null) return this.#unkeep();
    const items = words.filter((word): word is Plain => 'item' in word);
    const held = new Set(before);
    for (const word of items) if (!held.has(word.item.cid)) this.#heard(word);
    const there = new Set(items.map(({ item }) => item.cid));
    for (const cid of before) if (!there.has(cid)) this.#desk.sent(cid, 0);
    for (const word of words) if ('draft' in word && !this.#drafts.has(word.conversation)) this.#restore(word, true);
  }

  /** The disk is not there any more: what was on it is in this page only. */
  #unkeep(): void {
    this.#desk.place(this.#desk.items.map(({ kept: _, ...item }) => item));
  }

  #queue(turn: AbortController, steal: boolean): void {
    const held = async (): Promise<void> => {
      const end = new Promise<void>((resolve) => turn.signal.addEventListener('abort', () => resolve()));
      await this.load();
      if (turn.signal.aborted) return;
      this.draining = true;
      this.#desk.place();
      await end;
    };
    const name = `parley outbox ${this.#vault.owner}`;
    navigator.locks.request(name, steal ? { steal } : { signal: turn.signal }, held).catch((error: unknown) => {
      if (turn.signal.aborted) return;
      this.draining = false;
      // Another tab took it; otherwise the browser has no lock for this page, and each tab sends.
      if (error instanceof DOMException && error.name === 'AbortError') this.#queue(turn, false);
      else void held();
    });
  }
}

function plain({ item: { error, ...item }, wanted, order }: Kept): Plain {
  return { item, wanted, order, ...(error ? { code: error.code } : {}) };
}

function isEmpty({ text, links }: Draft): boolean {
  return text === '' && links.length === 0;
}

function joined(first: Draft, then: Draft): Draft {
  if (then.text.includes(first.text) && first.text !== '') return then;
  return { text: [first.text, then.text].filter((part) => part !== '').join('\n'), links: [...first.links, ...then.links] };
}

/** The browser asks before the page is closed. */
const ask = (event: Event): void => event.preventDefault();
