import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { ParleyError } from '#protocol/errors';
import type { WireError } from '#protocol';
import { isStorageFailure } from './connection.js';
import type { AnyHandlers, Call, Reply } from './messages.js';
import { RevocationReader } from './revocations.js';

/** Calls of one commit at most, so that nobody waits for a whole backlog. */
const LARGEST_BATCH = 1_000;

/**
 * What refuses before it writes and answers at once. A savepoint for each of them copies every page that it touches, a tenth of what a message
 * costs this thread (measured); should one fail half-way all the same, the batch is run again with savepoints.
 */
const WHOLE: ReadonlySet<string> = new Set(['append', 'mark']);

/** A call without a savepoint failed. */
class HalfDone extends Error {}

const UNAVAILABLE: WireError = new ParleyError('UNAVAILABLE').toWire();
const INTERNAL: WireError = new ParleyError('INTERNAL').toWire();

export interface GroupCommitEvents {
  /** After the commit, in its order. */
  committed(replies: Reply[], size: number, milliseconds: number): void;
  /** A call or a commit failed for a reason that no caller can do anything about. */
  failed(verb: string, error: unknown): void;
}

/**
 * Runs the calls that wait in one transaction and answers all of them once it is on disk. What arrives during a commit is the next
 * batch, so under load a flush is shared by many and alone nobody waits for company.
 */
export class GroupCommit {
  readonly #handlers: AnyHandlers;
  readonly #events: GroupCommitEvents;
  readonly #revocations: RevocationReader;
  readonly #begin: StatementSync;
  readonly #commit: StatementSync;
  readonly #rollback: StatementSync;
  readonly #savepoint: StatementSync;
  readonly #release: StatementSync;
  readonly #undo: StatementSync;
  readonly #waiting: Call[] = [];
  #running: Promise<void> | null = null;

  constructor(db: DatabaseSync, handlers: AnyHandlers, events: GroupCommitEvents) {
    this.#handlers = handlers;
    this.#events = events;
    this.#revocations = new RevocationReader(db);
    this.#begin = db.prepare('BEGIN IMMEDIATE');
    this.#commit = db.prepare('COMMIT');
    this.#rollback = db.prepare('ROLLBACK');
    this.#savepoint = db.prepare('SAVEPOINT call');
    this.#release = db.prepare('RELEASE call');
    this.#undo = db.prepare('ROLLBACK TO call');
  }

  add(calls: readonly Call[]): void {
    this.#waiting.push(...calls);
    this.#running ??= this.#run();
  }

  /** Resolves when nothing waits. */
  async settled(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      // The messages that are there already are delivered before the next turn of the event loop: they share the commit.
      await new Promise(setImmediate);
      const batch = this.#waiting.splice(0, LARGEST_BATCH);
      const started = performance.now();
      const replies = await this.#commitAll(batch);
      this.#events.committed(replies, batch.length, performance.now() - started);
    }
    this.#running = null;
  }

  /** `guarded`: every call can be undone by itself, which the largest part of the calls never needs. */
  async #commitAll(batch: readonly Call[], guarded = false): Promise<Reply[]> {
    try {
      this.#begin.run();
      const replies: Reply[] = [];
      for (const call of batch) replies.push(!guarded && WHOLE.has(call[1]) ? this.#runWhole(call) : await this.#runOne(call));
      this.#commit.run();
      return replies;
    } catch (error) {
      this.#rollBack();
      if (!guarded && error instanceof HalfDone) return this.#commitAll(batch, true);
      this.#events.failed('commit', error);
      return batch.map(([id]) => [id, undefined, UNAVAILABLE]);
    }
  }

  #runWhole([id, verb, args, acting]: Call): Reply {
    try {
      if (acting) this.#revocations.requireToken(acting);
      return [id, this.#handlers[verb]?.(...(args as never[]))];
    } catch (error) {
      if (error instanceof ParleyError) return [id, undefined, error.toWire()];
      throw isStorageFailure(error) ? error : new HalfDone();
    }
  }

  /** One call's own failure undoes that call; a failing disk is thrown on and undoes the batch. */
  async #runOne([id, verb, args, acting]: Call): Promise<Reply> {
    this.#savepoint.run();
    try {
      const handler = this.#handlers[verb];
      if (!handler) throw new Error(`no such verb: ${verb}`);
      if (acting) this.#revocations.requireToken(acting);
      const result = handler(...(args as never[]));
      const value = result instanceof Promise ? ((await result) as unknown) : result;
      this.#release.run();
      return [id, value];
    } catch (error) {
      if (isStorageFailure(error)) throw error;
      this.#undo.run();
      this.#release.run();
      if (error instanceof ParleyError) return [id, undefined, error.toWire()];
      this.#events.failed(verb, error);
      return [id, undefined, INTERNAL];
    }
  }

  /** SQLite may have rolled back by itself, as it does when the disk is full. */
  #rollBack(): void {
    try {
      this.#rollback.run();
    } catch {
      // there was nothing left to roll back
    }
  }
}
