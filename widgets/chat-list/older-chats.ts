import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Parley } from '#sdk';
import { StoreController } from '../internal/store-controller.js';

interface ListHost extends ReactiveControllerHost, Element {
  readonly client: Parley | null;
}

/** Pages of older chats that are looked through for what is typed, so that a past chat is found without scrolling to it (M7). */
const SEARCHED_PAGES = 20;

/** Fetches older chats, a page at a time, as they come near or are searched. */
export class OlderChats implements ReactiveController {
  readonly #host: ListHost;
  readonly #loading: StoreController<boolean>;
  readonly #more: StoreController<boolean>;
  #pages = 0;
  fetching = false;

  constructor(host: ListHost) {
    this.#host = host;
    this.#loading = new StoreController<boolean>(host, (client) => client.select((s) => s.conversations.loading$, true), true);
    this.#more = new StoreController<boolean>(host, (client) => client.select((s) => s.conversations.more$, false), false);
    host.addController(this);
  }

  /** Until the first ones have come. */
  get loading(): boolean {
    return this.#loading.value;
  }

  hostConnected(): void {
    this.#pages = 0;
  }

  /** Something else is searched. */
  again(): void {
    this.#pages = 0;
  }

  async fetch(wanted: { near: boolean; searched: boolean }): Promise<void> {
    const due = wanted.searched ? this.#pages < SEARCHED_PAGES : wanted.near;
    if (this.fetching || !this.#more.value || this.loading || !due) return;
    this.fetching = true;
    try {
      await this.#host.client?.session?.conversations.loadMore();
      if (wanted.searched) this.#pages++;
      // A page may have brought nothing that is listed: then the next one is asked for.
      this.#host.requestUpdate();
    } catch {
      // Asked again with the next scroll or letter.
    } finally {
      this.fetching = false;
    }
  }
}
