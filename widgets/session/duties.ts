import type { Subscription } from 'rxjs';
import { DEFAULT_PREFERENCES, type HostContext, type Parley, type Settings } from '#sdk';
import { SESSION_CHANGE } from '../internal/client-source.js';
import { fire } from '../internal/events.js';
import type { Noticing } from '../notices/noticing.js';
import { Activity } from './activity.js';
import type { Speaking } from './page-language.js';
import { askBeforeLoss } from './unsent.js';

/** What the duties need of the session element, as it is now. */
export interface DutiesElement extends Speaking {
  /** Minutes, where the host decides; else the person's own choice holds. */
  readonly idleAfter: number | null;
  readonly keepTitle: boolean;
  /** ms */
  readonly confirmAfter: number;
}

/**
 * What a session element does for its page while it has a client: events for the host, the question before unsent messages are lost, activity,
 * the host's items, and noticing. All of it ends with `stop()`; another client has other duties.
 */
export class Duties {
  readonly client: Parley;
  settings: Settings | null = null;

  readonly #element: DutiesElement;
  readonly #settled: (before: Settings | null) => void;
  #subscriptions: Subscription[] = [];
  #activity: Activity | null = null;
  #noticing: Noticing | null = null;
  #host: HostContext | null = null;
  #unregister: (() => void)[] = [];
  #stopped = false;
  #locked = false;

  /** `settled` hears that the person's settings have changed, and how they were. */
  constructor(client: Parley, element: DutiesElement, settled: (before: Settings | null) => void) {
    this.client = client;
    this.#element = element;
    this.#settled = settled;
  }

  start(): void {
    const client = this.client;
    const element = this.#element;
    this.#subscriptions = [
      askBeforeLoss(client, window),
      client.session$.subscribe((session) => {
        if (element.isConnected) fire(element, SESSION_CHANGE, { user: session?.info.user.id ?? null });
        if (session !== null) this.#notice().catch(() => {});
      }),
      client.select((session) => session.conversations.unread$, 0).subscribe((unread) => fire(element, 'parley-unread-change', { unread })),
      client.select<Settings | null>((session) => session.settings$, null).subscribe((settings) => this.#settle(settings)),
      client.connection$.subscribe(({ state, reason }) => {
        if (state === 'ready') this.#activity?.repeat();
        const locked = reason === 'user-locked';
        if (locked !== this.#locked) fire(element, 'parley-lock-change', { locked: (this.#locked = locked) });
      }),
    ];
    this.watchActivity();
  }

  stop(): void {
    this.#stopped = true;
    for (const subscription of this.#subscriptions) subscription.unsubscribe();
    this.register({});
    this.#activity?.stop();
    this.#noticing?.stop();
  }

  /** Says to the client what the host can show and link. */
  register(host: HostContext): void {
    if (this.#host === host) return;
    for (const unregister of this.#unregister) unregister();
    this.#host = host;
    this.#unregister = Object.entries(host ?? {}).map(([kind, one]) => this.client.host.register(kind, one));
  }

  /** Anew, because after how long one is away has changed. */
  watchActivity(): void {
    this.#activity?.stop();
    const minutes = this.#element.idleAfter ?? this.settings?.autoAwayMinutes ?? DEFAULT_PREFERENCES.autoAwayMinutes;
    // Somebody who is never away by themselves chose 0.
    const idleAfter = minutes > 0 ? Math.max(0.1, minutes) * 60_000 : Infinity;
    this.#activity = new Activity(
      this.#element.ownerDocument,
      idleAfter,
      (active) => this.client.session?.presence.report(active),
      (idle) => this.#confirm(idle),
    );
  }

  /** Somebody is back at a workstation that was left alone: who, the host can ask (reliability 6.3). */
  #confirm(idle: number): void {
    const { confirmAfter } = this.#element;
    const user = this.client.session?.info.user.id;
    if (user === undefined || !(confirmAfter > 0 && idle > confirmAfter)) return;
    if (!fire(this.#element, 'parley-user-confirm', { user, idle })) this.client.lock();
  }

  #settle(settings: Settings | null): void {
    const before = this.settings;
    this.settings = settings;
    if (before?.autoAwayMinutes !== settings?.autoAwayMinutes) this.watchActivity();
    this.#settled(before);
  }

  /** Doorbell, title and notifications: loaded when somebody is signed in, who has something to be noticed. */
  async #notice(): Promise<void> {
    const { Noticing } = await import('../notices/noticing.js');
    if (!this.#stopped) this.#noticing ??= new Noticing(this.client, this.#element);
  }
}
