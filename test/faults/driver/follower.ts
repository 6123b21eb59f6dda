import { setTimeout as wait } from 'node:timers/promises';
import type { EventPayload } from '#protocol';
import { type Finding, finding } from '../checkers/finding.js';
import type { Subject } from '../subjects/subject.js';
import { RawClient } from './raw-client.js';

/**
 * Believes only what it was told when it was let in, and every entry after that: whatever lies between the two is a hole, which the SDK would
 * mend so quickly that nobody would see it. It holds where one node tells all; several may leave a hole that the digest closes (SPEC H1).
 */
export class Follower {
  readonly user: string;
  readonly findings: Finding[] = [];
  sessions = 0;
  heard = 0;
  readonly #subject: Subject;
  #client: RawClient | null = null;
  #following = true;
  #loop: Promise<void> = Promise.resolve();
  /** By conversation, up to where this session has everything; null before it has started. */
  #known: Map<string, number> | null = null;
  #early: EventPayload<'entry:added'>[] = [];

  constructor(user: string, subject: Subject) {
    this.user = user;
    this.#subject = subject;
  }

  /** Resolves once it is connected for the first time; it comes back by itself. */
  async follow(): Promise<void> {
    await this.#connect();
    this.#loop = (async () => {
      while (this.#following) {
        if (!this.#client?.connected) await this.#connect().catch(() => undefined);
        await wait(10);
      }
    })();
  }

  async stop(): Promise<void> {
    this.#following = false;
    await this.#loop;
    this.#client?.close();
  }

  async #connect(): Promise<void> {
    this.#known = null;
    this.#early = [];
    const onFrame = (name: string, payload: unknown): void => {
      if (name === 'session:started') this.#started(payload as EventPayload<'session:started'>);
      else if (name === 'entry:added') this.#added(payload as EventPayload<'entry:added'>);
    };
    this.#client = await RawClient.connect(this.#subject.url, this.user, await this.#subject.token(this.user), { onFrame });
  }

  #started({ synced }: EventPayload<'session:started'>): void {
    this.sessions += 1;
    this.#known = new Map(synced.state?.conversations.map(({ id, head }) => [id, head]));
    for (const early of this.#early) this.#added(early);
  }

  #added(payload: EventPayload<'entry:added'>): void {
    if (!this.#known) return void this.#early.push(payload);
    const { conversation, seq } = payload.entry;
    this.heard += 1;
    const known = this.#known.get(conversation);
    // Somebody let them in with this one.
    if (known === undefined || seq === known + 1) this.#known.set(conversation, seq);
    else if (seq > known) {
      this.findings.push(finding('gap', `${this.user} knew of ${String(known)} and was told ${String(seq)} next`, conversation));
      this.#known.set(conversation, seq);
    }
  }
}
