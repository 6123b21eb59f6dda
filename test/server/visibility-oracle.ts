import { DatabaseSync } from 'node:sqlite';
import path from 'node:path';
import type { EntryBody } from '#protocol';

const DAY = 86_400_000;

/** An entry as it stands in the database, whoever may see it. */
export interface Logged {
  seq: number;
  at: number;
  author: string;
  body: EntryBody;
}

/**
 * Says what each member may see, from the log alone: who came and went is written there. It shares no line with the server: neither its
 * tables of intervals, nor its view of a log.
 */
export class Oracle {
  readonly #db: DatabaseSync;
  /** The last entry before somebody wanted not to be disturbed, by conversation; while they do. */
  readonly #held = new Map<string, Map<string, number>>();
  visibleDays: number | null = null;

  constructor(directory: string) {
    this.#db = new DatabaseSync(path.join(directory, 'parley.db'), { timeout: 10_000 });
    // What nothing in Parley can do: entries become old.
    this.#db.exec('DROP TRIGGER entries_never_change');
  }

  close(): void {
    this.#db.close();
  }

  log(conversation: string): Logged[] {
    const rows = this.#db
      .prepare(
        'SELECT e.seq, e.at, e.author, e.body FROM entries e JOIN conversations c ON c.id = e.conversation WHERE c.uuid = ? ORDER BY e.seq',
      )
      .all(conversation);
    return rows.map(({ seq, at, author, body }) => ({
      seq: Number(seq),
      at: Number(at),
      author: String(author),
      body: JSON.parse(String(body)) as EntryBody,
    }));
  }

  /** Makes the first `count` entries this many days older. */
  age(conversation: string, count: number, days: number): void {
    this.#db
      .prepare('UPDATE entries SET at = at - ? WHERE seq <= ? AND conversation = (SELECT id FROM conversations WHERE uuid = ?)')
      .run(days * DAY, count, conversation);
  }

  disturb(user: string, allowed: boolean, conversations: readonly string[]): void {
    if (allowed) this.#held.delete(user);
    else if (!this.#held.has(user)) this.#held.set(user, new Map(conversations.map((id) => [id, this.log(id).length])));
  }

  isHeld(user: string): boolean {
    return this.#held.has(user);
  }

  /**
   * The numbers that are theirs, whatever waits or is too old; with `ever` also those that were until they were removed. Whoever is removed
   * has nothing, and begins anew with the entry that lets them in again.
   */
  periods(conversation: string, user: string, { ever = false } = {}): Logged[] {
    let inside = false;
    let theirs: Logged[] = [];
    for (const entry of this.log(conversation)) {
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
  received(conversation: string, user: string, { ever = false } = {}): Logged[] {
    const periods = this.periods(conversation, user, { ever });
    const bound = this.#held.get(user)?.get(conversation);
    if (bound === undefined) return this.#held.has(user) ? [] : periods;
    const waiting = periods.findIndex(({ seq, author }) => seq > bound && author !== user);
    return waiting === -1 ? periods : periods.slice(0, waiting);
  }

  /** What a path may show now. */
  visible(conversation: string, user: string, now = Date.now()): Logged[] {
    const { visibleDays: days } = this;
    return this.received(conversation, user).filter(({ at }) => days === null || at >= now - days * DAY);
  }

  /** The title that holds at the last entry they know of. */
  title(conversation: string, user: string): string | undefined {
    const last = this.received(conversation, user).at(-1)?.seq ?? 0;
    return this.log(conversation)
      .filter(({ seq }) => seq <= last)
      .reduce<string | undefined>(
        (title, { body }) => (body.kind === 'started' || body.kind === 'renamed' ? body.title : title),
        undefined,
      );
  }
}
