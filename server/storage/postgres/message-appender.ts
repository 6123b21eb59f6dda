import { ParleyError } from '#protocol/errors';
import type { Appended, NewMessage } from '../storage.js';
import { appendBatch } from './append.js';
import type { BatchOutcome } from './append.js';
import type { Database } from './database.js';
import { keyOf } from './turns.js';

/** Messages of one commit at most, so that nobody waits for a whole backlog. */
const LARGEST_BATCH = 500;
/** Commits under way at once: while one waits for the disk, the next one is read and made. */
const LANES = 3;
/** ms for which a batch keeps smaller ones waiting. One that takes longer waits for something itself. */
const HOLD = 200;
/** Besides, transactions that wait for a conversation which somebody else has: they must not keep the others waiting. */
const WAITING_LANES = 4;

interface Waiting {
  message: NewMessage;
  resolve(result: Appended): void;
  reject(error: unknown): void;
}

/** What waits for one conversation, in its order. */
interface Queue {
  key: string;
  tenant: string;
  waiting: Waiting[];
}

/**
 * Puts messages into batches that share a commit. What arrives while others commit is the next batch, so under load a flush is shared by many
 * and alone nobody waits for company. A conversation is in one batch at a time: its messages keep their order, and resolve in it.
 *
 * A batch costs the database and the event loop as much as some twenty messages besides those that are in it (measured). So one begins
 * beside others of its tenant only when it is as large as all of these together, and else waits for the first of them to end.
 */
export class MessageAppender {
  readonly #database: Database;
  readonly #now: () => number;
  /** By conversation; a queue is here from its first message until none of it is waiting or under way. */
  readonly #queues = new Map<string, Queue>();
  /** Those that are in no batch, the longest waiting first. */
  #ready: Queue[] = [];
  /** Those whose conversation somebody else has. */
  #locked: Queue[] = [];
  #running = 0;
  /** The batches under way that keep smaller ones waiting. */
  readonly #holding = new Set<{ tenant: string; size: number }>();
  #runningLocked = 0;
  #planned = false;

  constructor(database: Database, now: () => number) {
    this.#database = database;
    this.#now = now;
  }

  append(message: NewMessage): Promise<Appended> {
    const { tenant, conversation } = message;
    const key = keyOf(tenant, conversation);
    let queue = this.#queues.get(key);
    if (!queue) {
      queue = { key, tenant, waiting: [] };
      this.#queues.set(key, queue);
      this.#ready.push(queue);
    }
    const { waiting } = queue;
    return new Promise((resolve, reject) => {
      waiting.push({ message, resolve, reject });
      this.#plan();
    });
  }

  /** Messages of one turn of the event loop share a batch. */
  #plan(): void {
    if (this.#planned) return;
    this.#planned = true;
    setImmediate(() => {
      this.#planned = false;
      this.#start();
    });
  }

  #start(): void {
    while (this.#running < LANES) {
      const tenant = this.#nextTenant();
      if (tenant === undefined) break;
      const queues = this.#nextQueues(tenant);
      const release = this.#hold(tenant, queues);
      this.#running += 1;
      void this.#run(queues, false).finally(() => {
        release();
        this.#running -= 1;
        this.#start();
      });
    }
    while (this.#runningLocked < WAITING_LANES) {
      const queue = this.#locked.shift();
      if (!queue) return;
      this.#runningLocked += 1;
      void this.#run([queue], true).finally(() => {
        this.#runningLocked -= 1;
        this.#start();
      });
    }
  }

  /** The one that waits longest, of those with enough for a batch beside those under way. */
  #nextTenant(): string | undefined {
    const wanted = new Map<string, number>();
    for (const { tenant, size } of this.#holding) wanted.set(tenant, (wanted.get(tenant) ?? 0) + size);
    const ready = new Map<string, number>();
    for (const { tenant, waiting } of this.#ready) ready.set(tenant, (ready.get(tenant) ?? 0) + waiting.length);
    return [...ready].find(([tenant, size]) => size >= Math.min(wanted.get(tenant) ?? 0, LARGEST_BATCH))?.[0];
  }

  /** Smaller ones wait for this one until it is released, or for as long as batches take. */
  #hold(tenant: string, queues: readonly Queue[]): () => void {
    const batch = { tenant, size: queues.reduce((size, { waiting }) => size + waiting.length, 0) };
    this.#holding.add(batch);
    const timer = setTimeout(() => {
      this.#holding.delete(batch);
      this.#start();
    }, HOLD);
    return () => {
      clearTimeout(timer);
      this.#holding.delete(batch);
    };
  }

  /** Those of a tenant that wait longest, as many as fit. */
  #nextQueues(tenant: string): Queue[] {
    const taken: Queue[] = [];
    let size = 0;
    this.#ready = this.#ready.filter((queue) => {
      if (queue.tenant !== tenant || size >= LARGEST_BATCH) return true;
      size += queue.waiting.length;
      taken.push(queue);
      return false;
    });
    return taken;
  }

  async #run(queues: readonly Queue[], waits: boolean): Promise<void> {
    let room = LARGEST_BATCH;
    const batch = queues.flatMap((queue) => {
      const taken = queue.waiting.splice(0, room);
      room -= taken.length;
      return taken;
    });
    const left = await this.#write(batch, waits);
    for (const queue of queues) {
      const again = left.filter(({ message }) => keyOf(message.tenant, message.conversation) === queue.key);
      queue.waiting.unshift(...again);
      if (again.length > 0) this.#locked.push(queue);
      else if (queue.waiting.length > 0) this.#ready.push(queue);
      else this.#queues.delete(queue.key);
    }
  }

  /** Settles what was done and resolves to what has to be done again, because its conversation was locked. */
  async #write(batch: readonly Waiting[], waits: boolean): Promise<Waiting[]> {
    try {
      const outcomes = await this.#transaction(batch, waits);
      return batch.filter((waiting, index) => !settle(waiting, outcomes[index]));
    } catch (error) {
      // What no message of its own is to blame for is everybody's; else each stands for itself.
      if (batch.length === 1 || (error instanceof ParleyError && error.code === 'UNAVAILABLE')) {
        for (const { reject } of batch) reject(error);
        return [];
      }
      const left: Waiting[] = [];
      for (const waiting of batch) left.push(...(await this.#write([waiting], true)));
      return left;
    }
  }

  #transaction(batch: readonly Waiting[], waits: boolean): Promise<BatchOutcome[]> {
    const messages = batch.map(({ message }) => message);
    const tenant = messages[0]?.tenant ?? '';
    return this.#database.write(tenant, (session) => appendBatch(session, { tenant, messages, waits, now: this.#now() }), batch.length);
  }
}

function settle({ resolve }: Waiting, outcome: BatchOutcome | undefined): boolean {
  if (!outcome || outcome.status === 'locked') return false;
  resolve(outcome);
  return true;
}
