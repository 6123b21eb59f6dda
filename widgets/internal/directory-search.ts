import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Parley, Person } from '#sdk';

interface SearchHost extends ReactiveControllerHost, Element {
  readonly client: Parley | null;
}

/** A person who types is not asked for with every letter. ms */
const PAUSE = 150;

export type SearchState = 'idle' | 'searching' | 'done' | 'failed';

/** Looks people up while somebody types: the answer to the last letters counts, however late an earlier one comes. */
export class DirectorySearch implements ReactiveController {
  readonly #host: SearchHost;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;
  people: readonly Person[] = [];
  state: SearchState = 'idle';

  constructor(host: SearchHost) {
    this.#host = host;
    host.addController(this);
  }

  ask(text: string): void {
    clearTimeout(this.#timer);
    const turn = ++this.#turn;
    if (text.trim() === '') {
      this.people = [];
      this.#change('idle');
      return;
    }
    this.#change('searching');
    this.#timer = setTimeout(() => void this.#search(text.trim(), turn), PAUSE);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#turn++;
    this.people = [];
    this.state = 'idle';
  }

  async #search(text: string, turn: number): Promise<void> {
    try {
      const people = (await this.#host.client?.session?.directory.search(text)) ?? [];
      if (turn !== this.#turn) return;
      this.people = people;
      this.#change('done');
    } catch {
      if (turn !== this.#turn) return;
      this.people = [];
      this.#change('failed');
    }
  }

  #change(state: SearchState): void {
    this.state = state;
    this.#host.requestUpdate();
  }
}
