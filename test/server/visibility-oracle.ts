import type { Logged, Logs } from './visibility-logs.js';

const DAY = 86_400_000;

/**
 * Says what each member may see, from the log alone: who came and went is written there. It shares no line with the server: neither its
 * tables of intervals, nor its view of a log.
 */
export class Oracle {
  readonly #logs: Logs;
  /** The last entry before somebody wanted not to be disturbed, by conversation; while they do. */
  readonly #held = new Map<string, Map<string, number>>();
  visibleDays: number | null = null;

  constructor(logs: Logs) {
    this.#logs = logs;
  }

  log(conversation: string): Promise<Logged[]> {
    return this.#logs.of(conversation);
  }

  /** Makes the first `count` entries this many days older. */
  age(conversation: string, count: number, days: number): Promise<void> {
    return this.#logs.age(conversation, count, days * DAY);
  }

  async disturb(user: string, allowed: boolean, conversations: readonly string[]): Promise<void> {
    if (allowed) this.#held.delete(user);
    else if (!this.#held.has(user)) this.#held.set(user, new Map(await eachOf(conversations, async (id) => (await this.log(id)).length)));
  }

  isHeld(user: string): boolean {
    return this.#held.has(user);
  }

  /**
   * The numbers that are theirs, whatever waits or is too old; with `ever` also those that were until they were removed. Whoever is removed
   * has nothing, and begins anew with the entry that lets them in again.
   */
  async periods(conversation: string, user: string, { ever = false } = {}): Promise<Logged[]> {
    let inside = false;
    let theirs: Logged[] = [];
    for (const entry of await this.log(conversation)) {
      const { body } = entry;
      const named = 'users' in body && body.kind !== 'invited' && body.users.includes(user);
      if (named && body.kind === 'removed') {
        inside = false;
        if (!ever) theirs = [];
        continue;
      }
      const before = inside;
      if (named) inside = body.kind !== 'left';
      if (inside || before) theirs.push(entry);
    }
    return theirs;
  }

  /** What came to them so far: all of it but what waits. What they did themselves waits only behind something that does (SPEC N2). */
  async received(conversation: string, user: string, { ever = false } = {}): Promise<Logged[]> {
    const periods = await this.periods(conversation, user, { ever });
    const bound = this.#held.get(user)?.get(conversation);
    if (bound === undefined) return this.#held.has(user) ? [] : periods;
    const waiting = periods.findIndex(({ seq, author }) => seq > bound && author !== user);
    return waiting === -1 ? periods : periods.slice(0, waiting);
  }

  /** What a path may show now. */
  async visible(conversation: string, user: string, now = Date.now()): Promise<Logged[]> {
    const { visibleDays: days } = this;
    return (await this.received(conversation, user)).filter(({ at }) => days === null || at >= now - days * DAY);
  }

  /** The title that holds at the last entry they know of. */
  async title(conversation: string, user: string): Promise<string | undefined> {
    const last = (await this.received(conversation, user)).at(-1)?.seq ?? 0;
    return (await this.log(conversation))
      .filter(({ seq }) => seq <= last)
      .reduce<string | undefined>(
        (title, { body }) => (body.kind === 'started' || body.kind === 'renamed' ? body.title : title),
        undefined,
      );
  }
}

/** Of each conversation what was found of it. */
export function eachOf<T>(conversations: readonly string[], find: (id: string) => Promise<T>): Promise<[string, T][]> {
  return Promise.all(conversations.map(async (id): Promise<[string, T]> => [id, await find(id)]));
}
