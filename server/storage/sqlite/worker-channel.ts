import { Worker } from 'node:worker_threads';
import { ParleyError } from '#protocol';
import type { Acting } from '../acting.js';
import { StoreError } from '../store-error.js';
import type { Call, FromWorker, Reply } from './messages.js';

export interface ChannelEvents {
  /** A commit was made for so many calls. */
  committed?: ((size: number, milliseconds: number) => void) | undefined;
  /** Something an operator should know; never the text of anybody. */
  failed?(verb: string, message: string): void;
  /** The thread is gone although nobody closed it. */
  crashed?(reason: string): void;
}

/**
 * Megabytes for what a thread has just made. Next to nothing of it outlives its call; with V8's own bound the dead lay about longer and
 * the process held 9 MB more.
 */
const YOUNG_GENERATION = 6;

interface Pending {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

type Opened = Extract<FromWorker, { type: 'opened' }>;

/** One thread, from the side of the event loop: calls of one turn leave in one message, and every call is settled once. */
export class WorkerChannel {
  readonly opened: Promise<Opened>;
  readonly #worker: Worker;
  readonly #events: ChannelEvents;
  readonly #pending = new Map<number, Pending>();
  readonly #gone: Promise<void>;
  #outgoing: Call[] = [];
  #lastId = 0;
  #state: 'open' | 'closing' | 'gone' = 'open';

  constructor(url: URL, file: string, events: ChannelEvents) {
    this.#events = events;
    this.#worker = new Worker(url, {
      workerData: { file },
      // A profile of the process is to be one of its threads as well; they take nothing else of its arguments over.
      execArgv: [...process.execArgv.filter((argument) => argument.startsWith('--cpu-prof')), '--disable-warning=ExperimentalWarning'],
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION },
    });
    this.opened = new Promise((resolve, reject) => {
      this.#worker.on('message', (message: FromWorker) => {
        if (message.type === 'replies') this.#settle(message.replies, message.commit);
        else if (message.type === 'failed') this.#events.failed?.(message.verb, message.message);
        else if (message.type === 'opened') resolve(message);
        else {
          this.#state = 'closing';
          reject(message.code ? new StoreError(message.code, message.message) : new Error(message.message));
        }
      });
      this.#worker.once('error', (error: Error) => {
        this.#lose(error.message);
        reject(error);
      });
      // One that was stopped before it had opened.
      this.#worker.once('exit', () => reject(new ParleyError('UNAVAILABLE')));
    });
    // It may be refused before anybody waits for it.
    this.opened.catch(() => undefined);
    this.#gone = new Promise((resolve) => {
      this.#worker.once('exit', (code) => {
        this.#lose(`exit ${code}`);
        resolve();
      });
    });
  }

  call<T>(verb: string, args: readonly unknown[], acting?: Acting): Promise<T> {
    if (this.#state !== 'open') return Promise.reject(new ParleyError('UNAVAILABLE'));
    this.#lastId += 1;
    const id = this.#lastId;
    if (this.#outgoing.length === 0) setImmediate(() => this.#flush());
    this.#outgoing.push(acting ? [id, verb, args, acting] : [id, verb, args]);
    return new Promise<T>((resolve, reject) => {
      this.#pending.set(id, { resolve: resolve, reject });
    });
  }

  /** Finishes what was accepted, then ends the thread. */
  async close(): Promise<void> {
    if (this.#state === 'open') {
      this.#flush();
      this.#state = 'closing';
      this.#worker.postMessage('close');
    }
    await this.#gone;
  }

  /** Ends the thread at once; what is under way is answered UNAVAILABLE. */
  async stop(): Promise<void> {
    await this.#worker.terminate();
    await this.#gone;
  }

  #flush(): void {
    if (this.#outgoing.length === 0 || this.#state === 'gone') return;
    const calls = this.#outgoing;
    this.#outgoing = [];
    this.#worker.postMessage(calls);
  }

  #settle(replies: readonly Reply[], commit?: { size: number; milliseconds: number }): void {
    if (commit) this.#events.committed?.(commit.size, commit.milliseconds);
    for (const [id, value, error] of replies) {
      const pending = this.#pending.get(id);
      this.#pending.delete(id);
      if (error) pending?.reject(new ParleyError(error.code, error.message, error.retryAfterMs));
      else pending?.resolve(value);
    }
  }

  #lose(reason: string): void {
    if (this.#state === 'gone') return;
    const unasked = this.#state === 'open';
    this.#state = 'gone';
    for (const pending of this.#pending.values()) pending.reject(new ParleyError('UNAVAILABLE'));
    this.#pending.clear();
    if (unasked) this.#events.crashed?.(reason);
  }
}
