import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';
import { ParleyError } from '#protocol/errors';
import type { Acting } from '../acting.js';
import { StoreError } from '../store-error.js';
import { openPool } from './connection.js';
import type { ConnectionFacts } from './connection.js';
import { isUnavailable, isUnstorableText, isWorthRepeating, reasonOf } from './failures.js';
import type { Session } from './session.js';
import { tokenHeld } from './token-held.js';
import { UnansweredCommit, readOnce, settledTogether, writeOnce } from './transaction.js';
import type { Whose } from './transaction.js';

export type { Session } from './session.js';

/** What the engine tells an operator. There is never the text of a message in it. */
export type PostgresLog = (
  event:
    | 'store opened'
    | 'store was restored: new epoch'
    | 'store call failed'
    | 'store connection ended'
    | 'store connection refused'
    | 'row-level security does not hold for this role',
  facts: Record<string, unknown>,
) => void;

export interface DatabaseOptions {
  url: string;
  /** Connections that write and connections that read, each at most so many. Those who write may all wait for a lock while others read. */
  connections?: number | undefined;
  log?: PostgresLog | undefined;
  onCommit?: ((size: number, milliseconds: number) => void) | undefined;
  /** Another history than before answers; see `Database.follow`. Once. */
  onLost?: ((reason: string) => void) | undefined;
}

const CONNECTIONS = 8;
/** Runs of one transaction at most, when others keep getting in its way. */
const ATTEMPTS = 6;
/** ms before the second run; grows with each. */
const PAUSE = 15;
/** ms for which a transaction whose commit was not answered is run again: a server that was killed is back by then. */
const PATIENCE = 8_000;
const UNSURE_PAUSE = 100;
/** ms between two complaints of the same. */
const COMPLAINTS = 1_000;

/** What a verb needs of a database. */
export type Door = Pick<Database, 'read' | 'write'>;

/**
 * The one door to PostgreSQL. Whatever happens is one transaction on one connection, for one tenant: row-level security refuses every other
 * row, and every row where no tenant was said. What fails is told as ParleyError.
 */
export class Database {
  readonly #writers: Pool;
  readonly #readers: Pool;
  readonly #options: DatabaseOptions;
  #history: ConnectionFacts | null = null;
  #lost = false;
  #complaint = { reason: '', at: 0, unsaid: 0 };
  #closing: Promise<void> | null = null;

  constructor(options: DatabaseOptions) {
    this.#options = options;
    const { url, connections = CONNECTIONS } = options;
    const parts = {
      url,
      connections,
      admit: (facts: ConnectionFacts): void => this.#admit(facts),
      ended: (error: Error): void => options.log?.('store connection ended', { reason: reasonOf(error) }),
    };
    this.#writers = openPool(parts);
    this.#readers = openPool(parts);
  }

  /** From now on only this history is spoken to. Another timeline may lack what was acknowledged, and clients hold what it lacks. */
  follow(history: ConnectionFacts): void {
    this.#history = history;
  }

  /** Runs `work` on what was committed at one moment. It must do nothing but read. */
  async read<T>(whose: Whose, work: (session: Session) => Promise<T>): Promise<T> {
    return this.#guarded(() => readOnce(this.#readers, whose, work));
  }

  /**
   * Runs `work` and commits. It may be run again, when other transactions get in its way or when the connection is lost while it commits: then
   * nobody knows whether it did, and the second run finds out, because what was done under a cid is found by it. So all that `work` does
   * is in the database, and what has no cid is found by `call`, which is the same in every run. `calls` is how many share the commit.
   */
  async write<T>(whose: Whose, work: (session: Session, call: string) => Promise<T>, calls = 1): Promise<T> {
    return this.#guarded(async () => {
      const call = randomUUID();
      const patience = performance.now() + PATIENCE;
      let unsure = false;
      for (let attempt = 1; ; attempt += 1) {
        try {
          const started = performance.now();
          const result = await writeOnce(this.#writers, whose, (session) => work(session, call));
          this.#options.onCommit?.(calls, performance.now() - started);
          return result;
        } catch (error) {
          unsure ||= error instanceof UnansweredCommit;
          const again = unsure
            ? (error instanceof UnansweredCommit || isUnavailable(error)) && performance.now() < patience
            : attempt < ATTEMPTS && isWorthRepeating(error);
          if (!again) throw error;
          await delay(unsure ? UNSURE_PAUSE : PAUSE * attempt * Math.random());
        }
      }
    });
  }

  /** The same door for somebody: what is written through it is refused once their token was revoked; see `ActingStorage`. */
  inNameOf(acting: Acting): Door {
    return {
      read: (whose, work) => this.read(whose, work),
      write: (whose, work, calls) =>
        this.write(whose, (session, call) => settledTogether(tokenHeld(session, acting), work(session, call)), calls),
    };
  }

  async ping(): Promise<void> {
    await this.#guarded(async () => {
      await Promise.all([this.#writers.query('SELECT 1'), this.#readers.query('SELECT 1')]);
    });
  }

  /** Finishes what was accepted. */
  close(): Promise<void> {
    return (this.#closing ??= Promise.all([this.#writers.end(), this.#readers.end()]).then(() => undefined));
  }

  /** Tells every failure in the words of the interface. */
  async #guarded<T>(run: () => Promise<T>): Promise<T> {
    if (this.#lost || this.#closing) throw new ParleyError('UNAVAILABLE');
    try {
      return await run();
    } catch (error) {
      if (error instanceof ParleyError) throw error;
      if (isUnstorableText(error)) throw new ParleyError('INVALID', 'a text that cannot be stored');
      this.#complain(reasonOf(error));
      throw new ParleyError(
        error instanceof StoreError || error instanceof UnansweredCommit || isUnavailable(error) ? 'UNAVAILABLE' : 'INTERNAL',
      );
    }
  }

  /** Where everything fails for one reason, it is said once a second and not for each call. */
  #complain(reason: string): void {
    const now = performance.now();
    if (reason === this.#complaint.reason && now - this.#complaint.at < COMPLAINTS) {
      this.#complaint.unsaid += 1;
      return;
    }
    const { unsaid } = this.#complaint;
    this.#complaint = { reason, at: now, unsaid: 0 };
    this.#options.log?.('store call failed', { reason, ...(unsaid === 0 ? {} : { unsaid }) });
  }

  #admit(facts: ConnectionFacts): void {
    const history = this.#history;
    if (history === null || (history.system === facts.system && history.timeline === facts.timeline)) return;
    if (!this.#lost)
      this.#options.onLost?.(`the database failed over or was restored (timeline ${history.timeline}, now ${facts.timeline})`);
    this.#lost = true;
    throw new StoreError('STORE_UNREACHABLE', 'The database failed over or was restored while it was open.');
  }
}
