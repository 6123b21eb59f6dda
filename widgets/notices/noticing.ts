import type { Subscription } from 'rxjs';
import type { Notice, Parley, Settings } from '#sdk';
import { fire } from '../internal/events.js';
import { whenIdle } from '../internal/idle.js';
import type { Speaking } from '../session/page-language.js';
import './notice-words.js';
import type { Ringing } from './ringing.js';

/** When the page may have come to the front, or gone from there. */
const TURNS = ['focus', 'blur', 'visibilitychange'] as const;

/** The session element: events are fired from there. */
export interface NoticingElement extends Speaking {
  /** The host keeps its title to itself. */
  readonly keepTitle: boolean;
}

/**
 * What a page does about notices beside the banner: doorbell, title, desktop notification. One for each session element, loaded when somebody
 * is signed in. All of it follows from the SDK's notices, so that one tab rings and every tab stops when the chat is read anywhere.
 */
export class Noticing {
  readonly #client: Parley;
  readonly #element: NoticingElement;
  readonly #subscriptions: Pick<Subscription, 'unsubscribe'>[];
  #settings: Settings | null = null;
  #ringing: Ringing | null = null;
  #pending: readonly Notice[] = [];

  constructor(client: Parley, element: NoticingElement) {
    this.#client = client;
    this.#element = element;
    this.#subscriptions = [
      client.session$.subscribe(() => this.#ringing?.stop()),
      client.select<Settings | null>((session) => session.settings$, null).subscribe((settings) => this.#look((this.#settings = settings))),
      client
        .select<readonly Notice[]>((session) => session.notices.pending$, [])
        .subscribe((pending) => this.#look((this.#pending = pending))),
      client.select<Notice | null>((session) => session.notices.rings$, null).subscribe((notice) => notice && void this.#ring(notice)),
    ];
    whenIdle(() => void this.#load().catch(() => {}));
    for (const turn of TURNS) window.addEventListener(turn, this.#turned, { capture: true });
  }

  stop(): void {
    for (const turn of TURNS) window.removeEventListener(turn, this.#turned, { capture: true });
    for (const subscription of this.#subscriptions) subscription.unsubscribe();
    this.#pending = [];
    this.#look();
    this.#ringing?.stop();
  }

  readonly #turned = (): void => this.#look();

  #look(_changed?: unknown): void {
    const blinks = this.#settings?.titleBlink === true && !this.#element.keepTitle && this.#pending.length > 0 && !document.hasFocus();
    this.#ringing?.title.show(blinks ? this.#element.localisation.text('unreadInTitle') : '');
  }

  async #ring(notice: Notice): Promise<void> {
    const { type, conversation, from, at } = notice;
    fire(this.#element, 'parley-notice', { type, conversation, from, at });
    const { session } = this.#client;
    const ringing = await this.#load().catch(() => null);
    // While it was loaded somebody else may have sat down.
    if (session === null || session !== this.#client.session || this.#settings === null) return;
    ringing?.ring(notice, session, this.#settings, this.#element.localisation);
  }

  async #load(): Promise<Ringing> {
    const { Ringing: Loaded } = await import('./ringing.js');
    if (this.#ringing === null) {
      this.#ringing = new Loaded(this.#element, this.#subscriptions);
      this.#look();
    }
    return this.#ringing;
  }
}
