import type { Observable, Subscription } from 'rxjs';
import type { Conversation, Entry, EventName, EventPayload, Member, Person } from '#protocol';
import type { RecipientState, TimelineStore } from '../api.js';
import { recipients$ } from './deliveries.js';
import { Members } from './members.js';
import type { Outbox } from './outbox.js';
import { Timeline } from './timeline.js';
import { Timelines } from './timelines.js';
import { Typing } from './typing.js';
import type { Wire } from './wire.js';

/** An acknowledged message whose entry has not come by then is fetched. ms */
const ECHO = 1_000;
/** Entries that change who is in a conversation, or is asked to join it. */
const MEMBERSHIP: ReadonlySet<string> = new Set(['joined', 'left', 'removed', 'invited', 'declined']);

/** The rest of the session, as the open chats see it. */
export interface OpenChatsSurroundings {
  wire: Wire;
  people(people: readonly Person[]): void;
  one$(id: string): Observable<Conversation | null>;
  summary(id: string): Conversation | null;
  /** What is on its way, until it is in the log. */
  outbox: Pick<Outbox, 'items' | 'items$' | 'covered' | 'settle'>;
  /** False for a page from another store than the one known (SPEC S4). */
  epoch(epoch: string): boolean;
}

/**
 * What is held of conversations beyond their summaries, and only of those that somebody looks at: the log, who is in and how far they
 * are, who is typing. The bundle for hosts has another in its place (bundle/late-open-chats.ts) until somebody does.
 */
export class OpenChats {
  readonly #around: OpenChatsSurroundings;
  readonly #timelines = new Timelines();
  readonly #members: Members;
  readonly #typing: Typing;
  readonly #echoes: Subscription;

  constructor(around: OpenChatsSurroundings) {
    this.#around = around;
    this.#members = new Members(around.wire, (people) => around.people(people));
    this.#typing = new Typing(around.wire);
    this.#echoes = around.outbox.items$.subscribe(() => {
      for (const timeline of this.#timelines.all()) timeline.render();
    });
  }

  timeline(id: string): TimelineStore {
    return this.#timeline(id);
  }

  members$(id: string): Observable<readonly Member[]> {
    return this.#members.of(id);
  }

  recipients$(id: string, seq: number): Observable<readonly RecipientState[]> {
    return recipients$(this.members$(id), this.#around.one$(id), { seq, user: this.#around.wire.user });
  }

  typing$(id: string): Observable<readonly string[]> {
    return this.#typing.of(id);
  }

  setTyping(id: string, active: boolean): void {
    this.#typing.set(id, active);
  }

  /** Up to which number this device shows the conversation. */
  shown(id: string): number | null {
    return this.#timelines.get(id)?.held ?? null;
  }

  /** Somebody looks at it. */
  watched(id: string): boolean {
    return this.#timelines.get(id)?.watched === true;
  }

  /** It is known that its log goes up to here. */
  reaches(id: string, head: number): void {
    this.#timelines.get(id)?.reaches(head);
  }

  /** Fetches what is missing, whether or not somebody looks. */
  look(id: string): void {
    this.#timeline(id).look();
  }

  /** An own message has this number. False while its entry is awaited by somebody who looks: the outbox hears when it is here. */
  acknowledged(id: string, seq: number): boolean {
    const timeline = this.#timelines.get(id);
    if (!timeline || timeline.held >= seq) return true;
    if (!timeline.watched) {
      timeline.reaches(seq);
      return true;
    }
    this.#around.wire.later(ECHO, () => {
      timeline.reaches(seq);
      // Nobody looks any more: it is fetched when somebody does, and nobody has to wait for that.
      if (!timeline.watched) this.#around.outbox.covered(id, seq);
    });
    return false;
  }

  event(name: EventName, payload: unknown): void {
    const handle = this.#handlers[name] as ((payload: unknown) => void) | undefined;
    handle?.(payload);
  }

  /** Resolves when what was missed is here, or could not be had. */
  connected(): Promise<unknown> {
    this.#members.connected();
    return Promise.all(this.#timelines.all().map((timeline) => timeline.connected()));
  }

  lost(): void {
    this.#typing.lost();
  }

  /** Nothing held of this one is true any more, or of any. */
  reset(id?: string): void {
    if (id !== undefined) this.#timelines.get(id)?.reset();
    else for (const timeline of this.#timelines.all()) timeline.reset();
  }

  /** After `reset()`: those that somebody looks at, anew. */
  refill(): void {
    this.#members.connected();
    for (const timeline of this.#timelines.all()) if (timeline.watched) void timeline.connected();
  }

  dispose(): void {
    this.#echoes.unsubscribe();
    for (const store of [this.#members, this.#typing, this.#timelines]) store.dispose();
  }

  readonly #handlers: { [N in EventName]?: (payload: EventPayload<N>) => void } = {
    'entry:added': ({ entry }) => this.#entry(entry),
    'receipt:moved': ({ conversation, user, marks }) => this.#members.moved(conversation, user, marks),
    'member:held': ({ conversation, user, held }) => this.#members.held(conversation, user, held),
    'typing:changed': ({ conversation, user, active }) => this.#typing.heard(conversation, user, active),
  };

  #entry(entry: Entry): void {
    const { conversation, author, body } = entry;
    this.#timelines.get(conversation)?.add(entry);
    this.#typing.heard(conversation, author, false);
    if (MEMBERSHIP.has(body.kind)) this.#members.changed(conversation);
  }

  #timeline(id: string): Timeline {
    const around = this.#around;
    const { wire, outbox } = around;
    return this.#timelines.open(id, () => {
      const timeline: Timeline = new Timeline(id, {
        wire,
        summary: () => around.summary(id),
        members$: this.#members.of(id),
        pending: () => outbox.items.filter(({ conversation }) => conversation === id),
        covered: (seq) => outbox.covered(id, seq),
        echoed: (entry) => outbox.settle(entry),
        epoch: (epoch) => around.epoch(epoch),
        used: () => this.#timelines.used(id, timeline),
      });
      timeline.render();
      return timeline;
    });
  }
}
