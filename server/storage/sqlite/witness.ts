import { randomUUID } from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** How far a store has come: the last entry and the last change of a user's state. */
interface Progress {
  entry: number;
  change: number;
}

/** ms between two notes while entries are committed. */
const INTERVAL = 1_000;

interface Note extends Progress {
  /** The file that this was written into, and the database beside it: a copy is another file. */
  self: string;
  database: string;
  mark: string;
}

/** Why the clients must not trust what they hold. */
export type Restored =
  'no witness' | 'the witness is a copy' | 'another database file' | 'another copy of the store' | 'behind its witness';

/**
 * Notices that an older copy of the store was put back (SPEC S4). The epoch is copied with the database, so it cannot tell; a small
 * file beside it can. At every opening both get a new mark, and the file is noted how far the database had come. A database that is
 * behind the file was put back, a mark that does not fit is that of an older run, and a file that was copied along is not the file
 * that it says it is. A file that is behind the database, as after SIGKILL, is the usual thing and means nothing.
 *
 * What restores files with their numbers and times, such as a snapshot of a volume, restores this file with them: the operator
 * removes it then.
 */
export class Witness {
  readonly #db: DatabaseSync;
  readonly #path: string;
  readonly #database: string;
  readonly #progress: StatementSync;
  #mark = '';
  #noted: Progress = { entry: -1, change: -1 };
  #notedAt = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(db: DatabaseSync, file: string) {
    this.#db = db;
    this.#path = `${file}.witness`;
    this.#database = identityOf(statSync(file, { bigint: true }));
    this.#progress = db.prepare(
      'SELECT (SELECT coalesce(max(id), 0) FROM entries) AS entry, (SELECT coalesce(max(changed), 0) FROM user_states) AS change',
    );
  }

  /** Gives a store that was put back a new epoch and says why; null when it is as it was left, or was made just now. */
  open(made: boolean): Restored | null {
    const restored = made ? null : this.#doubt();
    this.#mark = randomUUID();
    this.#db.exec('BEGIN IMMEDIATE');
    if (restored) this.#db.prepare('UPDATE store SET epoch = ?').run(randomUUID());
    // The mark before it stays known: a kill between this commit and the note leaves the file with that one.
    this.#db.prepare('UPDATE store SET previous_mark = mark, mark = ?').run(this.#mark);
    this.#db.exec('COMMIT');
    this.#note(true);
    return restored;
  }

  /** After a commit, outside of any transaction; most of the time it only remembers that there is something to note. */
  committed(settled: () => Promise<void>): void {
    if (performance.now() - this.#notedAt >= INTERVAL) this.#note(false);
    else
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        void settled().then(() => this.#note(false));
      }, INTERVAL).unref();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#note(true);
  }

  #doubt(): Restored | null {
    const note = this.#read();
    if (!note) return 'no witness';
    if (note.self !== identityOf(statSync(this.#path, { bigint: true }))) return 'the witness is a copy';
    if (note.database !== this.#database) return 'another database file';
    const store = this.#db.prepare('SELECT mark, previous_mark FROM store').get();
    if (note.mark !== store?.['mark'] && note.mark !== store?.['previous_mark']) return 'another copy of the store';
    const { entry, change } = this.#reached();
    // Written so that a number that is missing counts as well.
    return entry >= Number(note.entry) && change >= Number(note.change) ? null : 'behind its witness';
  }

  #read(): Partial<Note> | null {
    try {
      const note: unknown = JSON.parse(readFileSync(this.#path, 'utf8'));
      return typeof note === 'object' ? note : null;
    } catch {
      return null;
    }
  }

  #reached(): Progress {
    const row = this.#progress.get();
    return { entry: Number(row?.['entry']), change: Number(row?.['change']) };
  }

  /** A new file each time, so that one that is put back is never the one that is there. A store without a witness goes on. */
  #note(flushed: boolean): void {
    this.#notedAt = performance.now();
    try {
      const reached = this.#reached();
      if (!flushed && reached.entry === this.#noted.entry && reached.change === this.#noted.change) return;
      const handle = openSync(`${this.#path}.new`, 'w', 0o600);
      try {
        const self = identityOf(fstatSync(handle, { bigint: true }));
        writeSync(handle, JSON.stringify({ self, database: this.#database, mark: this.#mark, ...reached }));
        if (flushed) fsyncSync(handle);
      } finally {
        closeSync(handle);
      }
      renameSync(`${this.#path}.new`, this.#path);
      this.#noted = reached;
    } catch {
      // A failing or full disk: the file of before is behind, which is no reason for a new epoch.
    }
  }
}

/** Numbers of files are used again, so the time of birth belongs to it; Windows never uses one again and hands times of birth on. */
export function identityOf({ ino, birthtimeNs }: BigIntStats): string {
  return process.platform === 'win32' ? String(ino) : `${ino}.${birthtimeNs}`;
}
