import { createParley } from '#sdk';
import type { Parley, Session, TimelineItem } from '#sdk';
import type { Subscription } from 'rxjs';
import type { RenderChecker, RenderedLine } from '../checkers/renders.js';
import type { Random } from '../../support/random.js';

export interface PersonOptions {
  url: string;
  token: () => Promise<string>;
  random: Random;
  renders: RenderChecker;
  /** The whole back-off of the SDK; otherwise a tenth of it, so that a short run holds many reconnects. */
  patient?: boolean;
  /** By how much the clock of the page is off; ms. */
  skew?: number;
}

/** Somebody at a page: the SDK as hosts use it, and every list that the page would show goes to the checker. */
export class Person {
  readonly user: string;
  readonly parley: Parley;
  /** Everything they pressed Enter on. */
  readonly typed: { user: string; conversation: string; cid: string }[] = [];
  readonly #renders: RenderChecker;
  readonly #shown: Subscription[] = [];

  constructor(user: string, { url, token, random, renders, patient = false, skew = 0 }: PersonOptions) {
    this.user = user;
    this.#renders = renders;
    this.parley = createParley({
      server: url,
      token,
      // Polling would go on for tens of seconds where the server is gone; the fallback has its own tests.
      transports: ['websocket'],
      environment: { random: () => random.next() * (patient ? 1 : 0.1), now: () => Date.now() + skew },
    });
  }

  get session(): Session {
    const { session } = this.parley;
    if (!session) throw new Error(`${this.user} is not signed in`);
    return session;
  }

  async signIn(): Promise<void> {
    await this.parley.connect();
  }

  /** Opens the conversation, as its panel would. */
  look(conversation: string): void {
    this.#shown.push(
      this.session.timeline(conversation).items$.subscribe((items) => this.#renders.render(this.user, conversation, items.map(lineOf))),
    );
  }

  say(conversation: string, text: string): string {
    const { cid } = this.session.send(conversation, { text });
    this.typed.push({ user: this.user, conversation, cid });
    return cid;
  }

  /** Resolves once nothing is on its way any more. */
  async said(within = 30_000): Promise<void> {
    const { outbox } = this.session;
    await new Promise<void>((resolve, reject) => {
      let items: readonly { state: string }[] = [];
      const settled = (): boolean => items.every(({ state }) => state === 'not-sent');
      const timer = setTimeout(() => {
        watching.unsubscribe();
        reject(new Error(`${this.user} still has ${String(items.length)} messages on their way (${this.parley.connection.state})`));
      }, within);
      const watching: Subscription = outbox.items$.subscribe((now) => {
        items = now;
        if (!settled()) return;
        clearTimeout(timer);
        // The subscription may be telling for the first time, before there is one to end.
        queueMicrotask(() => watching.unsubscribe());
        resolve();
      });
    });
  }

  leave(): void {
    for (const subscription of this.#shown.splice(0)) subscription.unsubscribe();
    this.parley.dispose();
  }
}

function lineOf(item: TimelineItem): RenderedLine {
  if (item.type === 'gap') return { type: 'gap', from: item.from, to: item.to };
  if (item.type === 'pending') return { type: 'pending', cid: item.item.cid, state: item.item.state };
  return { type: 'entry', seq: item.entry.seq, cid: item.entry.cid, mine: item.mine };
}
