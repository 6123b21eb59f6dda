import type { Publisher, TypingService } from '../commands/context.js';

interface Typing {
  tenant: string;
  conversation: string;
  user: string;
  toldAt: number;
  timer: NodeJS.Timeout;
}

/** Who writes where. Kept for a few seconds, told at most twice in that time, never stored (SPEC T). */
export class TypingTracker implements TypingService {
  readonly #publisher: Publisher;
  readonly #lasts: number;
  readonly #now: () => number;
  readonly #typing = new Map<string, Typing>();

  constructor(publisher: Publisher, lasts: number, now: () => number) {
    this.#publisher = publisher;
    this.#lasts = lasts;
    this.#now = now;
  }

  set(tenant: string, conversation: string, user: string, active: boolean): void {
    const id = key(tenant, conversation, user);
    const known = this.#typing.get(id);
    if (!active) {
      if (known) this.#stop(id, known);
      return;
    }
    const now = this.#now();
    if (known) {
      known.timer.refresh();
      if (now - known.toldAt < this.#lasts / 2) return;
      known.toldAt = now;
    } else {
      const typing: Typing = { tenant, conversation, user, toldAt: now, timer: setTimeout(() => this.#stop(id, typing), this.#lasts) };
      typing.timer.unref();
      this.#typing.set(id, typing);
    }
    this.#publisher.typingChanged(tenant, conversation, user, true);
  }

  /** Their message has arrived: whoever sees it knows that they have stopped (T2). */
  arrived(tenant: string, conversation: string, user: string): void {
    if (this.#typing.size === 0) return;
    const id = key(tenant, conversation, user);
    const known = this.#typing.get(id);
    if (!known) return;
    clearTimeout(known.timer);
    this.#typing.delete(id);
  }

  /** The user's last connection is gone. */
  gone(tenant: string, user: string): void {
    for (const [id, typing] of this.#typing) if (typing.tenant === tenant && typing.user === user) this.#stop(id, typing);
  }

  close(): void {
    for (const { timer } of this.#typing.values()) clearTimeout(timer);
    this.#typing.clear();
  }

  #stop(id: string, { tenant, conversation, user, timer }: Typing): void {
    clearTimeout(timer);
    this.#typing.delete(id);
    this.#publisher.typingChanged(tenant, conversation, user, false);
  }
}

/** A conversation id has no space, and neither has a tenant's. */
const key = (tenant: string, conversation: string, user: string): string => `${tenant} ${conversation} ${user}`;
