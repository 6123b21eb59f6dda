import { BehaviorSubject } from 'rxjs';
import type { Observable } from 'rxjs';
import { ParleyError } from '#protocol';
import type { EventName } from '#protocol';
import type { TimelineState, TimelineStore } from '../api.js';
import { following } from '../stores/following.js';
import type { OpenChatsSurroundings, OpenChats as Whole } from '../stores/open-chats.js';

const nobody = (): [] => [];
const LOADING: TimelineState = { status: 'loading', atStart: false, loadingOlder: false };

/**
 * What the bundle for hosts puts in the place of stores/open-chats.ts: while nobody has opened a chat nothing is held of any, and what would
 * hold it is not loaded, which saves 3.1 kB gzip at load (measured in the bundle). It comes with the inside of the panel, which is
 * fetched ahead when the page is idle, or else when it is first asked for; until then a timeline is `loading`.
 * test/sdk/bundle/late-open-chats.test.ts holds the two to the same behaviour.
 */
export class OpenChats implements Pick<Whole, keyof Whole> {
  readonly #around: OpenChatsSurroundings;
  readonly #chats = new BehaviorSubject<Whole | null>(null);
  /** Once it was asked for: `LOADING`, unless that has failed. */
  #meanwhile!: TimelineState;
  /** What was asked before it was there, in order; null once the session is over. */
  #waiting: ((chats: Whole) => void)[] | null = [];

  constructor(around: OpenChatsSurroundings) {
    this.#around = around;
  }

  timeline(id: string): TimelineStore {
    const late = <T>(pick: (timeline: TimelineStore) => Observable<T>, meanwhile: () => T) =>
      this.#late((chats) => pick(chats.timeline(id)), meanwhile);
    const soon = (act: (timeline: TimelineStore) => void) => this.#soon((chats) => act(chats.timeline(id)));
    const nothing = () => null;
    soon(nothing);
    return (
      this.#chats.value?.timeline(id) ?? {
        items$: late((timeline) => timeline.items$, nobody),
        state$: late(
          (timeline) => timeline.state$,
          () => this.#meanwhile,
        ),
        newFrom$: late((timeline) => timeline.newFrom$, nothing),
        revealed$: late((timeline) => timeline.revealed$, nothing),
        reveal: (seq) => soon((timeline) => timeline.reveal(seq)),
        retry: () => soon((timeline) => timeline.retry()),
        // Before it is there, there is nothing that something could be missing from.
        loadOlder: async () => this.#chats.value?.timeline(id).loadOlder(),
        loadGap: async (gap, end) => this.#chats.value?.timeline(id).loadGap(gap, end),
      }
    );
  }

  members$(id: string): ReturnType<Whole['members$']> {
    return this.#late((chats) => chats.members$(id), nobody);
  }

  recipients$(id: string, seq: number): ReturnType<Whole['recipients$']> {
    return this.#late((chats) => chats.recipients$(id, seq), nobody);
  }

  typing$(id: string): ReturnType<Whole['typing$']> {
    return this.#late((chats) => chats.typing$(id), nobody);
  }

  setTyping(id: string, active: boolean): void {
    // Who has never begun has not stopped, either.
    if (active || this.#waiting?.length) this.#soon((chats) => chats.setTyping(id, active));
  }

  look(id: string): void {
    this.#soon((chats) => chats.look(id));
  }

  shown(id: string): number | null {
    return this.#chats.value?.shown(id) ?? null;
  }

  watched(id: string): boolean {
    return this.#chats.value?.watched(id) ?? false;
  }

  acknowledged(id: string, seq: number): boolean {
    return this.#chats.value?.acknowledged(id, seq) ?? true;
  }

  reaches(id: string, head: number): void {
    this.#chats.value?.reaches(id, head);
  }

  event(name: EventName, payload: unknown): void {
    this.#chats.value?.event(name, payload);
  }

  async connected(): Promise<unknown> {
    // It could not be loaded, perhaps for want of the same network.
    if (this.#waiting?.length) this.#load();
    return this.#chats.value?.connected();
  }

  lost(): void {
    this.#chats.value?.lost();
  }

  reset(id?: string): void {
    this.#chats.value?.reset(id);
  }

  refill(): void {
    this.#chats.value?.refill();
  }

  dispose(): void {
    this.#waiting = null;
    this.#chats.value?.dispose();
    this.#chats.complete();
  }

  /** What is told once it is there, and `meanwhile` until then. */
  #late<T>(pick: (chats: Whole) => Observable<T>, meanwhile: () => T): Observable<T> {
    this.#load();
    return following(this.#chats, pick, meanwhile);
  }

  /** What could not be done because it could not be loaded is done when somebody has asked again. */
  #soon(act: (chats: Whole) => void): void {
    const { value } = this.#chats;
    if (value) return act(value);
    this.#waiting?.push(act);
    this.#load();
  }

  /** Once; again only after a failure. */
  #load(): void {
    if (this.#meanwhile === LOADING) return;
    this.#meanwhile = LOADING;
    import('../stores/open-chats.js').then(
      (module) => {
        // Null when the session was over first: nothing may be held for it any more.
        if (this.#waiting) this.#chats.next(new module.OpenChats(this.#around));
        this.#waiting?.forEach((act) => this.#soon(act));
      },
      () => {
        this.#meanwhile = { ...LOADING, status: 'error', error: new ParleyError('UNAVAILABLE') };
        this.#chats.next(null);
      },
    );
  }
}
