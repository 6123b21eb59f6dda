import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { identityOf } from './witness.js';

/** Starts in a row that put the check off and ended before it was done. */
const MOST_STARTS = 10;

interface Note {
  /** The file that was found whole: a copy is another file. */
  database: string;
  /** The run of the machine in which it was last written. */
  boot: string | null;
  /** How often it was opened since without being checked. */
  starts: number;
  /** How it was left, by an end in order. */
  left?: { size: string; written: string };
}

/**
 * Remembers, in a small file beside the database, that the whole of it was checked and that nobody but this engine wrote to it since. To
 * check it again at every start would keep everybody waiting for as long as it takes to read it: 0.6 s for a million entries. Where the note holds,
 * the check is made as soon as the store is open, and one that finds something ends the store and takes the note away, so that the next
 * start is refused (G21). In any doubt it is made first: for a file that is new here or was put back, that somebody touched after it was
 * left in order, whose machine fell over while it was open, or of which the last starts did not live to see the end of the check. What
 * somebody writes into the file of a process that was killed is found by the check that was put off.
 */
export class Soundness {
  readonly #file: string;
  readonly #path: string;
  readonly #boot = bootOf();

  constructor(file: string) {
    this.#file = file;
    this.#path = `${file}.sound`;
  }

  /** Whether the check can wait until the store is open; asked before anybody opens it. */
  get holds(): boolean {
    const note = this.#read();
    if (!note || !(note.starts < MOST_STARTS)) return false;
    const found = statSync(this.#file, { bigint: true });
    if (note.database !== identityOf(found)) return false;
    // What an orderly end leaves beside it is empty: another log of writes is of somebody else, and would be put into it.
    if (note.left) return note.left.size === String(found.size) && note.left.written === String(found.mtimeNs) && !this.#hasLog();
    // A process that was killed takes nothing with it that it had handed to the system; a machine may.
    return note.boot !== null && note.boot === this.#boot;
  }

  /** It is open, `checked` or not. */
  opened(checked: boolean): void {
    this.#write({ starts: checked ? 0 : (this.#read()?.starts ?? MOST_STARTS) + 1 });
  }

  /** The check that was put off has found it whole. */
  checked(): void {
    if (this.#read()) this.#write({ starts: 0 });
  }

  /** It was closed in order. */
  left(): void {
    const note = this.#read();
    if (!note) return;
    const { size, mtimeNs } = statSync(this.#file, { bigint: true });
    this.#write({ starts: note.starts, left: { size: String(size), written: String(mtimeNs) } });
  }

  /** Whatever comes, the next start checks it first. */
  doubted(): void {
    rmSync(this.#path, { force: true });
  }

  #hasLog(): boolean {
    const log = `${this.#file}-wal`;
    return existsSync(log) && statSync(log).size > 0;
  }

  #read(): Note | null {
    try {
      const note: unknown = JSON.parse(readFileSync(this.#path, 'utf8'));
      return typeof note === 'object' && note !== null && 'starts' in note && typeof note.starts === 'number' ? (note as Note) : null;
    } catch {
      return null;
    }
  }

  /** Where it cannot be written, the next start takes its time. */
  #write(known: Pick<Note, 'starts' | 'left'>): void {
    try {
      const note: Note = { database: identityOf(statSync(this.#file, { bigint: true })), boot: this.#boot, ...known };
      const handle = openSync(`${this.#path}.new`, 'w', 0o600);
      try {
        writeSync(handle, JSON.stringify(note));
        fsyncSync(handle);
      } finally {
        closeSync(handle);
      }
      renameSync(`${this.#path}.new`, this.#path);
    } catch {
      this.doubted();
    }
  }
}

/** What Linux calls this run of the machine; null elsewhere. */
function bootOf(): string | null {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return null;
  }
}
