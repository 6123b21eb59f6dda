import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withDescendants } from '../support/machine.js';
import { unmountWithin } from './nemeses/small-disk.js';
import { type Result, unfinished } from './runner.js';
import type { Tier } from './scenarios/scenario.js';
import type { Order, Report, Row } from './worker.js';

const WORKER = fileURLToPath(new URL('./worker.js', import.meta.url));

/** Minutes after which a scenario hangs, with its clearing up; where minutes were asked for, so many more than those. */
const LONGEST: Record<Tier, number> = { everyday: 3, commit: 5, nightly: 8 * 60, release: 48 * 60 };
/** Minutes after which nothing more is begun. A run that waits for ever says nothing to whoever waits for it. */
const ALTOGETHER: Record<Tier, number> = { everyday: 12, commit: 30, nightly: Infinity, release: Infinity };

export interface Supervision {
  /** The program that runs the scenarios; a test has one that hangs. */
  worker?: string;
  longest?: number;
  altogether?: number;
}

/**
 * Runs the rows in a process of its own, so that whatever hangs there can be ended with everything it started. A row that does not end in
 * its time, or whose process ends, is broken; the others go on in another process.
 */
export async function supervise(
  rows: readonly Row[],
  conditions: Omit<Order, 'rows' | 'folder'>,
  told: (result: Result) => Promise<void>,
  supervision: Supervision = {},
): Promise<void> {
  const { tier, minutes } = conditions;
  const {
    worker = WORKER,
    longest = (minutes === null ? LONGEST[tier] : minutes + LONGEST.commit) * 60_000,
    altogether = minutes === null ? ALTOGETHER[tier] * 60_000 : Infinity,
  } = supervision;
  const end = performance.now() + altogether;
  for (let next = 0; next < rows.length;) {
    if (performance.now() > end) {
      for (const row of rows.slice(next))
        await told(unfinished(row, conditions, 'the others took all the time there is: it was not begun'));
      return;
    }
    const folder = await mkdtemp(join(tmpdir(), 'parley-faults-'));
    try {
      const shift = new Shift(fork(worker, { detached: true, serialization: 'advanced' }), longest, end);
      const results = await shift.work({ ...conditions, rows: rows.slice(next), folder }, told);
      next += results;
      const row = rows[next];
      if (row === undefined) return;
      // Time was over between two rows: they are told above.
      if (shift.complaint === null) continue;
      await told(unfinished(row, conditions, shift.complaint));
      next += 1;
    } finally {
      unmountWithin(folder);
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  }
}

/** One worker, until it has ended by itself or was ended. */
class Shift {
  /** Why it did not come to the end; null when it did. */
  complaint: string | null = null;
  readonly #child: ChildProcess;
  readonly #longest: number;
  readonly #end: number;
  #lastWord = 'nothing';
  #timer: NodeJS.Timeout | undefined;

  constructor(child: ChildProcess, longest: number, end: number) {
    this.#child = child;
    this.#longest = longest;
    this.#end = end;
  }

  /** The number of rows that have a result. */
  async work(order: Order, told: (result: Result) => Promise<void>): Promise<number> {
    let done = 0;
    let telling = Promise.resolve();
    const ended = once(this.#child, 'exit');
    const endNow = (): void => this.#kill();
    process.once('exit', endNow);
    const interrupted = (): void => process.exit(130);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupted);
    this.#child.on('message', (report: Report) => {
      if (report.type === 'said') this.#lastWord = report.line;
      else {
        done += 1;
        telling = telling.then(() => told(report.result));
        if (performance.now() > this.#end) this.#kill();
        else this.#watch();
      }
    });
    this.#child.on('error', (error) => (this.#lastWord = error.message));
    this.#child.send(order);
    this.#watch();
    const [code, signal] = (await ended) as [number | null, NodeJS.Signals | null];
    clearTimeout(this.#timer);
    process.off('exit', endNow);
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.off(name, interrupted);
    await telling;
    if (done < order.rows.length && performance.now() <= this.#end)
      this.complaint ??= `the program that ran it ended with ${signal ?? String(code)}; said last: ${this.#lastWord}`;
    return done;
  }

  #watch(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const seconds = String(Math.round(this.#longest / 1_000));
      this.complaint = `it was not over after ${seconds} s and was ended with everything it had started; said last: ${this.#lastWord}`;
      this.#kill();
    }, this.#longest);
  }

  /** All of the family at once, those that were held still, too. */
  #kill(): void {
    const { pid } = this.#child;
    if (pid === undefined || this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    for (const one of withDescendants(pid)) {
      try {
        process.kill(one, 'SIGKILL');
      } catch {
        // It has ended meanwhile.
      }
    }
  }
}
