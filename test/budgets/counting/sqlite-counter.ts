import { syncBuiltinESMExports } from 'node:module';
import workerThreads from 'node:worker_threads';
import type { Counter, Counts } from './counter.js';
import { isUpkeep, kindOf, type Statement } from './statement.js';

const THREAD = new URL('./sqlite-thread.js', import.meta.url).href;

type CallMessage = [id: number, verb: string][];
type FromThread = { noted: Statement[] } | { type: string; replies?: [id: number][] };

/**
 * Counts what the event loop asks of the threads of SQLite, and what they ask of SQLite. Nothing of the product knows of it: the class
 * of its threads is replaced before they are made.
 */
export class SqliteCounter implements Counter {
  readonly #waiting = new Set<string>();
  #verbs: string[] = [];
  #messages = 0;
  #statements: Statement[] = [];
  #threads = 0;
  #moved = 0;

  constructor() {
    const asked = this.#asked.bind(this);
    const heard = this.#heard.bind(this);
    const nextThread = () => (this.#threads += 1);
    workerThreads.Worker = class extends workerThreads.Worker {
      readonly #thread = nextThread();

      constructor(file: string | URL, options: workerThreads.WorkerOptions = {}) {
        super(file, { ...options, execArgv: [...(options.execArgv ?? process.execArgv), '--import', THREAD] });
      }

      override postMessage(...args: Parameters<workerThreads.Worker['postMessage']>): void {
        asked(this.#thread, args[0]);
        super.postMessage(...args);
      }

      override emit(event: string | symbol, ...args: unknown[]): boolean {
        if (event === 'message' && heard(this.#thread, args[0] as FromThread)) return true;
        return super.emit(event as 'message', ...(args as [unknown]));
      }
    };
    syncBuiltinESMExports();
  }

  get quiet(): boolean {
    return this.#waiting.size === 0;
  }

  get moved(): number {
    return this.#moved;
  }

  take(): Counts {
    const own = this.#statements.filter((statement) => !isUpkeep(statement));
    const counts: Counts = {
      verbs: this.#verbs,
      messages: this.#messages,
      statements: own,
      upkeep: this.#statements.filter(isUpkeep),
      reads: own.filter(({ sql }) => kindOf(sql) === 'read').length,
      writes: own.filter(({ sql }) => kindOf(sql) === 'write').length,
      commits: own.filter(({ sql }) => /^commit/i.test(sql)).length,
      trips: 0,
    };
    this.#verbs = [];
    this.#messages = 0;
    this.#statements = [];
    return counts;
  }

  #asked(thread: number, message: unknown): void {
    if (!Array.isArray(message)) return;
    this.#moved += 1;
    this.#messages += 1;
    for (const [id, verb] of message as CallMessage) {
      this.#waiting.add(`${thread} ${id}`);
      this.#verbs.push(verb);
    }
  }

  /** True for what only this counter is told. */
  #heard(thread: number, message: FromThread): boolean {
    this.#moved += 1;
    if ('noted' in message) {
      this.#statements.push(...message.noted);
      return true;
    }
    if (message.type === 'replies') this.#messages += 1;
    for (const [id] of message.replies ?? []) this.#waiting.delete(`${thread} ${id}`);
    return false;
  }
}
