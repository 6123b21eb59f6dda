import { randomUUID } from 'node:crypto';
import { DEFAULT_PREFERENCES, LIMITS } from '#protocol';
import type { ContactsState, Conversation, Entry, EventName, EventPayload, Handshake, Person, Policies, Synced } from '#protocol';
import type { Environment, OpenTransport, TransportListener } from '#sdk';

export const CONVERSATION = '00000000-0000-4000-8000-000000000001';
export const OTHER = 'ben';

/** Of a tenant that has set none. */
export const POLICIES: Policies = {
  enabled: true,
  initiate: true,
  join: 'direct',
  dnd: 'hold',
  presence: 'open',
  visibleDays: null,
  export: { allowed: true, mail: true, domains: [] },
  previewText: false,
  storedLabels: false,
  admin: false,
};

interface Question {
  name: string;
  frame: Record<string, unknown>;
  /** Commits and answers, as the server does. */
  answer(): void;
  /** With this data, where the test is the one who knows it. */
  answerWith(data: unknown): void;
  refuse(code: string): void;
}

/**
 * A server of one conversation with a log, and of `chats` without, in memory, behind a transport whose queues a test flushes by hand: nothing is answered and
 * no event arrives before it says so.
 */
export class FakeServer {
  readonly log: Entry[] = [];
  /** Every frame that reached the wire, of whichever user. */
  readonly sent: Question[] = [];
  readonly handshakes: Handshake[] = [];
  /** Transports that were opened and not closed. */
  readonly transports = new Set<TransportListener>();
  readonly directory: Person[] = [];
  /** Further conversations, of which only the summaries are there. */
  readonly chats: Conversation[] = [];
  /** In the snapshot. */
  contacts: ContactsState = { contacts: [], requests: [], groups: [] };
  policies = POLICIES;
  epoch = randomUUID() as string;
  revision = 1;
  /** Commands answered at once; the others wait in `sent`. */
  automatic = new Set([
    'entry:range',
    'conversation:get',
    'conversation:list',
    'directory:get',
    'directory:search',
    'receipt:mark',
    'session:heads',
    'session:sync',
    'typing:set',
  ]);
  accepting = true;
  #listener: TransportListener | null = null;
  readonly #user: () => string;

  constructor(user: () => string = () => 'anna') {
    this.#user = user;
  }

  readonly open: OpenTransport = ({ handshake }, listener) => {
    this.handshakes.push(handshake);
    let connected = false;
    this.transports.add(listener);
    const mine = () => this.#listener === listener;
    queueMicrotask(() => {
      if (!this.accepting) return listener.refused(undefined);
      connected = true;
      this.#listener = listener;
      this.tell('session:started', { session: this.#session(), synced: this.synced(handshake) });
    });
    return {
      get connected() {
        return connected && mine();
      },
      send: (name, frame, acknowledge) => {
        const say = (answer: unknown) => mine() && acknowledge(answer);
        const question: Question = {
          name,
          frame: frame as Record<string, unknown>,
          answer: () => {
            const data = this.#carryOut(name, question.frame);
            say({ ok: true, data });
          },
          answerWith: (data) => say({ ok: true, data }),
          refuse: (code) => say({ ok: false, error: { code, message: code } }),
        };
        this.sent.push(question);
        if (this.automatic.has(name)) queueMicrotask(() => question.answer());
      },
      close: () => {
        connected = false;
        this.transports.delete(listener);
        if (mine()) this.#listener = null;
      },
    };
  };

  environment(): Partial<Environment> {
    return { open: this.open, random: () => 0.5 };
  }

  tell<N extends EventName>(name: N, payload: EventPayload<N>): void {
    this.#listener?.event(name, payload);
  }

  drop(): void {
    const listener = this.#listener;
    this.#listener = null;
    listener?.closed('transport close');
  }

  commit(author: string, text: string, cid: string = entryId(this.log.length + 1)): Entry {
    const held = this.log.find((entry) => entry.cid === cid && entry.author === author);
    if (held) return held;
    const seq = this.log.length + 1;
    const entry: Entry = { conversation: CONVERSATION, seq, cid, author, at: seq, body: { kind: 'message', text, links: [] } };
    this.log.push(entry);
    return entry;
  }

  /** The sends that wait for their answer. */
  sends(): Question[] {
    return this.sent.filter(({ name }) => name === 'message:send');
  }

  synced(held: { epoch?: string | undefined; revision?: number | undefined }): Synced {
    const current = held.epoch === this.epoch && held.revision === this.revision;
    const page = this.#page({ limit: LIMITS.listPage });
    const heads = page.conversations.map(({ id, head }) => ({ conversation: id, head }));
    const state = {
      ...page,
      settings: { ...DEFAULT_PREFERENCES, availability: 'available' as const, statusMessages: {} },
      invitations: [],
      contacts: this.contacts,
    };
    return { epoch: this.epoch, revision: this.revision, heads, state: current ? null : state };
  }

  #session(): EventPayload<'session:started'>['session'] {
    const user: Person = { id: this.#user(), name: 'Somebody' };
    return { user, tenant: 'demo', expiresAt: 1e13, now: 0, policies: this.policies, predefined: [] };
  }

  /** A chat further on in time than all the ones before it. */
  chat(n: number): Conversation {
    const id = chatId(n);
    const chat = { ...this.#summary(), id, marks: { delivered: 1, read: 1 }, head: 1, floor: 1, last: null, updatedAt: 1_000 + n };
    this.chats.push(chat);
    return chat;
  }

  #page({ ids, before, limit }: { ids?: string[]; before?: Pick<Conversation, 'id' | 'updatedAt'>; limit: number }) {
    const fitting = [...this.chats, this.#summary()]
      .sort((a, b) => b.updatedAt - a.updatedAt)
      .filter(({ id, updatedAt }) => (!ids || ids.includes(id)) && (!before || updatedAt < before.updatedAt));
    return { conversations: fitting.slice(0, limit), more: fitting.length > limit, people: [] };
  }

  #summary(): Conversation {
    const marks = { delivered: this.log.length, read: this.log.length };
    const members = [this.#user(), OTHER];
    const of = {
      id: CONVERSATION,
      kind: 'direct' as const,
      members,
      memberCount: 2,
      head: this.log.length,
      floor: Math.min(1, this.log.length),
    };
    return { ...of, active: true, ended: false, marks, unread: 0, last: this.log.at(-1) ?? null, updatedAt: this.log.length };
  }

  #carryOut(name: string, frame: Record<string, unknown>): unknown {
    if (name === 'message:send') {
      const duplicate = this.log.some(({ cid }) => cid === frame['cid']);
      const { cid, seq, at } = this.commit(String(frame['as']), String(frame['text']), String(frame['cid']));
      return { cid, seq, at, epoch: this.epoch, duplicate };
    }
    if (name === 'entry:range') return this.#range(frame as { after?: number; before?: number; limit: number });
    if (name === 'conversation:get') {
      const marks = { delivered: 0, read: 0 };
      return { conversation: this.#summary(), members: [this.#user(), OTHER].map((user) => ({ user, active: true, marks })), people: [] };
    }
    if (name === 'conversation:list') return this.#page(frame as { limit: number });
    if (name === 'conversation:create') return { conversation: this.chats[0] ?? this.#summary(), people: [], created: false };
    if (name === 'receipt:mark') {
      const read = Number(frame['read'] ?? 1);
      return { marks: { delivered: this.log.length, read }, unread: this.log.length - read };
    }
    if (name === 'directory:get') return { people: this.directory.filter(({ id }) => (frame['users'] as string[]).includes(id)) };
    if (name === 'directory:search') return { people: this.directory };
    if (name === 'session:heads') return { revision: this.revision, heads: this.synced({}).heads };
    if (name === 'session:sync') return this.synced(frame);
    return {};
  }

  #range({ after, before, limit }: { after?: number; before?: number; limit: number }) {
    const entries =
      after !== undefined ? this.log.slice(after, after + limit) : this.log.filter(({ seq }) => seq < (before ?? Infinity)).slice(-limit);
    const head = this.log.length;
    return { epoch: this.epoch, entries, from: entries[0]?.seq ?? 0, to: entries.at(-1)?.seq ?? 0, head, floor: Math.min(1, head) };
  }
}

export function chatId(n: number): string {
  return `00000000-0000-4000-8001-${n.toString(16).padStart(12, '0')}`;
}

export function entryId(n: number): string {
  return `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
}
