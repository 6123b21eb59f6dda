import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Parley, Session } from '#sdk';

export interface SearchHost extends ReactiveControllerHost, Element {
  readonly client: Parley | null;
}

/** A person who types is not asked for with every letter. ms */
const PAUSE = 150;

export type SearchState = 'idle' | 'searching' | 'done' | 'failed';

/** Looks something up while somebody types: the answer to the last letters counts, however late an earlier one comes. */
export class Search<T> implements ReactiveController {
  readonly #host: SearchHost;
  readonly #find: (session: Session, text: string) => Promise<readonly T[]>;
  readonly #pause: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;
  hits: readonly T[] = [];
  state: SearchState = 'idle';

  /** `pause` is how long nothing is typed before it is asked. ms */
  constructor(host: SearchHost, find: (session: Session, text: string) => Promise<readonly T[]>, pause = PAUSE) {
    this.#host = host;
    this.#find = find;
    this.#pause = pause;
    host.addController(this);
  }

  ask(text: string): void {
    clearTimeout(this.#timer);
    const turn = ++this.#turn;
    if (text.trim() === '') {
      this.hits = [];
      this.#change('idle');
      return;
    }
    this.#change('searching');
    this.#timer = setTimeout(() => void this.#search(text.trim(), turn), this.#pause);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#turn++;
    this.hits = [];
    this.state = 'idle';
  }

  async #search(text: string, turn: number): Promise<void> {
    const session = this.#host.client?.session;
    try {
      const hits = session ? await this.#find(session, text) : [];
      if (turn !== this.#turn) return;
      this.hits = hits;
      this.#change('done');
    } catch {
      if (turn !== this.#turn) return;
      this.hits = [];
      this.#change('failed');
    }
  }

  #change(state: SearchState): void {
    this.state = state;
    this.#host.requestUpdate();
  }
}
