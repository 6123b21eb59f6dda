import type { Observable } from 'rxjs';
import { LIMITS } from '#protocol';
import type { Conversation, Entry, EventPayload, Head, Marks, Member, Person, UserState } from '#protocol';
import type { ConversationsStore, MessageHits, RecipientState } from '../api.js';
import type { OpenChats } from './open-chats.js';
import type { Receipts } from './receipts.js';
import { Store } from './store.js';
import { Wanted } from './wanted.js';
import type { Wire } from './wire.js';

interface State {
  byId: ReadonlyMap<string, Conversation>;
  /** Newest first. */
  list: readonly Conversation[];
  /** Those of them that a person sees. */
  shown: readonly Conversation[];
  more: boolean;
  loading: boolean;
}

/** What else there is of a conversation, kept by other stores. */
export interface ConversationParts {
  chats: OpenChats;
  receipts: Receipts;
  people(people: readonly Person[]): void;
  /** It was left, or is not to be had any more. */
  gone(id: string): void;
}

const newestFirst = (a: Conversation, b: Conversation) => b.updatedAt - a.updatedAt || (a.id < b.id ? 1 : -1);

/** The summaries of the viewer's conversations: from the snapshot, then kept current by every entry without a question. */
export class Conversations extends Store<State> implements ConversationsStore {
  /**
   * Without the direct chats in which nothing was said yet and which somebody else started: a click on a person's badge opens a chat, and
   * the other one hears of it with the first message. They are held all the same, and can be opened by their id.
   */
  readonly list$ = this.select(({ shown }) => shown);
  readonly more$ = this.select(({ more }) => more);
  readonly loading$ = this.select(({ loading }) => loading);
  readonly unread$ = this.select(({ list }) => list.reduce((sum, { unread }) => sum + unread, 0));

  readonly #wire: Wire;
  readonly #parts: ConversationParts;
  readonly #wanted: Wanted;
  /** The end of the pages without a hole. Others may be held further down: one that was started again, or asked for by its id. */
  #cursor: Conversation | null = null;
  #loadingMore: Promise<void> | null = null;

  constructor(wire: Wire, parts: ConversationParts) {
    super({ byId: new Map(), list: [], shown: [], more: false, loading: true });
    this.#wire = wire;
    this.#parts = parts;
    this.#wanted = new Wanted(wire, LIMITS.listPage, (ids) => this.#ask(ids));
  }

  get(id: string): Conversation | null {
    return this.state.byId.get(id) ?? null;
  }

  /** The chat with this person that can be written to, as far as it is held. */
  direct(user: string): Conversation | null {
    if (user === this.#wire.user) return null;
    return (
      this.state.list.find(({ kind, members, active, ended }) => kind === 'direct' && active && !ended && members.includes(user)) ?? null
    );
  }

  one$(id: string): Observable<Conversation | null> {
    return this.select(({ byId }) => byId.get(id) ?? null);
  }

  members$(id: string): Observable<readonly Member[]> {
    return this.#parts.chats.members$(id);
  }

  typing$(id: string): Observable<readonly string[]> {
    return this.#parts.chats.typing$(id);
  }

  setTyping(id: string, active: boolean): void {
    this.#parts.chats.setTyping(id, active);
  }

  loadMore(): Promise<void> {
    this.#loadingMore ??= this.#more().finally(() => (this.#loadingMore = null));
    return this.#loadingMore;
  }

  markRead(id: string): void {
    const held = this.get(id);
    if (!held) return;
    const read = Math.min(held.head, this.#parts.chats.shown(id) ?? held.head);
    if (read <= held.marks.read) return;
    this.#put([
      { ...held, marks: { delivered: Math.max(read, held.marks.delivered), read }, unread: read === held.head ? 0 : held.unread },
    ]);
    this.#parts.receipts.mark(id, { read });
  }

  async searchMessages(
    text: string,
    { limit = LIMITS.messageHits, ...rest }: { conversation?: string; before?: string; limit?: number } = {},
  ): Promise<MessageHits> {
    const answer = await this.#wire.command('message:search', { text, limit, ...rest });
    this.#take(answer);
    const { hits, next } = answer;
    return { hits, next };
  }

  recipients$(id: string, seq: number): Observable<readonly RecipientState[]> {
    return this.#parts.chats.recipients$(id, seq);
  }

  /**
   * The whole state anew. Conversations further down the list, fetched earlier, are kept and checked by their heads; unless more
   * than a page came meanwhile: what lies between is not known then, and they are loaded again from the snapshot's end on.
   */
  snapshot({ conversations, more, people }: UserState): void {
    this.#parts.people(people);
    const before = this.state.list;
    const last = conversations.at(-1) ?? null;
    const top = before[0];
    const overlaps = last && top && newestFirst(top, last) <= 0;
    if (!overlaps || !this.#cursor || newestFirst(last, this.#cursor) >= 0) {
      this.#cursor = last;
      this.update({ more });
    }
    // Further down than the answer reaches.
    const beyond = before.filter((held) => more && last && newestFirst(last, held) < 0);
    const kept = beyond.filter(({ id }) => overlaps || this.#parts.chats.watched(id));
    this.update({ loading: false });
    this.#replace(new Map([...kept, ...conversations.map((fresh) => this.#newer(fresh))].map((one) => [one.id, one])));
    // Taken away while nobody heard of it.
    for (const held of before) if (!beyond.includes(held) && !this.get(held.id)) this.#parts.gone(held.id);
    if (!overlaps) for (const { id } of kept) this.refresh(id);
    for (const { id, head, marks } of conversations) if (head > marks.delivered) this.#parts.receipts.mark(id, { delivered: head });
  }

  /** A live entry: no question is needed unless one was missed before it. */
  entry(entry: Entry): void {
    const held = this.get(entry.conversation);
    if (!held || entry.seq > held.head + 1) this.refresh(entry.conversation);
    if (!held || entry.seq <= held.head) return;
    const { seq, author, at, body } = entry;
    const mine = author === this.#wire.user;
    const message = body.kind === 'message';
    // As on the server: what lies unread before an own message stays unread.
    const follow = (mark: number) => (mine && mark === seq - 1 ? seq : mark);
    const marks = { delivered: follow(held.marks.delivered), read: follow(held.marks.read) };
    const unread = held.unread + (message && !mine && held.unread < LIMITS.unreadCounted ? 1 : 0);
    this.#put([{ ...held, head: seq, last: message ? entry : held.last, updatedAt: Math.max(at, held.updatedAt), marks, unread }]);
    // Who is in, the title, whether it goes on: the server derives these.
    if (!message) this.refresh(entry.conversation);
    if (!mine) this.#parts.receipts.mark(entry.conversation, { delivered: seq });
  }

  changed(change: Extract<EventPayload<'state:changed'>['change'], { conversation: unknown }>): void {
    if (change.type === 'conversation') {
      this.#parts.people(change.people);
      this.#put([this.#newer(change.conversation)]);
    } else if (change.type === 'removed') this.#drop(change.conversation);
    else this.marked(change.conversation, change.marks, change.unread);
  }

  /** The own marks as the server has them. */
  marked(id: string, marks: Marks, unread: number): void {
    const held = this.get(id);
    // An answer from before the last mark of this device says less than is known here.
    if (held && marks.read >= held.marks.read) this.#put([{ ...held, marks: most(held.marks, marks), unread }]);
  }

  /** Refreshes what is behind these heads. */
  heads(heads: readonly Head[]): void {
    for (const { conversation, head } of heads) if ((this.get(conversation)?.head ?? -1) < head) this.refresh(conversation);
  }

  refresh(id: string): void {
    this.#wanted.add(id);
  }

  connected(): void {
    this.#wanted.connected();
  }

  reset(): void {
    this.#wanted.clear();
    this.#cursor = null;
    this.update({ byId: new Map(), list: [], shown: [], more: false, loading: true });
  }

  put(conversation: Conversation): void {
    this.#put([this.#newer(conversation)]);
  }

  async #ask(ids: string[]): Promise<void> {
    const answer = await this.#wire.command('conversation:list', { ids, limit: LIMITS.listPage });
    const { conversations } = answer;
    this.#take(answer);
    for (const { id, head } of conversations) this.#parts.chats.reaches(id, head);
    for (const id of ids) if (!conversations.some((one) => one.id === id)) this.#drop(id);
  }

  /** It is not the viewer's, or not any more. */
  #drop(id: string): void {
    const byId = new Map(this.state.byId);
    byId.delete(id);
    this.#replace(byId);
    this.#parts.gone(id);
  }

  async #more(): Promise<void> {
    const cursor = this.#cursor;
    if (!cursor || !this.state.more) return;
    const before = { updatedAt: cursor.updatedAt, id: cursor.id };
    const answer = await this.#wire.command('conversation:list', { before, limit: LIMITS.listPage });
    // A snapshot began anew meanwhile.
    if (cursor !== this.#cursor) return;
    this.#cursor = answer.conversations.at(-1) ?? cursor;
    this.update({ more: answer.more });
    this.#take(answer);
  }

  /** An answer may be older than a live entry that overtook it: facts of the log and marks only go forward. */
  #newer(fresh: Conversation): Conversation {
    const held = this.get(fresh.id);
    if (!held) return fresh;
    const marks = most(held.marks, fresh.marks);
    const unread = marks.read > fresh.marks.read ? held.unread : fresh.unread;
    if (held.head <= fresh.head) return { ...fresh, marks, unread };
    const { head, last, updatedAt } = held;
    return { ...fresh, head, last, updatedAt, marks, unread: held.unread };
  }

  #take({ conversations, people }: Pick<UserState, 'conversations' | 'people'>): void {
    this.#parts.people(people);
    this.#put(conversations.map((fresh) => this.#newer(fresh)));
  }

  #put(changed: readonly Conversation[]): void {
    const byId = new Map(this.state.byId);
    for (const one of changed) byId.set(one.id, one);
    this.#replace(byId);
  }

  #replace(byId: ReadonlyMap<string, Conversation>): void {
    const before = this.state.byId;
    const list = [...byId.values()].sort(newestFirst);
    this.update({ byId, list, shown: list.filter((one) => !silent(one, this.#wire.user)) });
    for (const { id, active } of list) if (!active && before.get(id)?.active) this.#parts.gone(id);
  }
}

/** Of a chat of two there is only its beginning, and that was another's. */
function silent({ kind, head, floor, last, initiator }: Conversation, me: string): boolean {
  return kind === 'direct' && last === null && head <= floor && (initiator ?? me) !== me;
}

function most(a: Marks, b: Marks): Marks {
  return { delivered: Math.max(a.delivered, b.delivered), read: Math.max(a.read, b.read) };
}
