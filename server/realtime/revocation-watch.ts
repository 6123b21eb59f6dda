import { ParleyError } from '#protocol';
import type { Logger } from '../logger.js';
import type { Revocations } from '../storage/revocation-storage.js';
import type { Storage } from '../storage/storage.js';

/** All in milliseconds. */
export interface RevocationTimes {
  /** How often the store is asked. */
  every: number;
  /** An answer to a question that was asked before is too old to act by. */
  fresh: number;
  /** How long a command waits for an answer. */
  longest: number;
}

interface Question {
  readonly askedAt: number;
  readonly answered: Promise<void>;
}

/**
 * Asks the store again and again who may do less, whatever other nodes tell or fail to tell (G13). By the clock that nobody can set:
 * a process that was stopped and goes on finds its answer too old, and asks before it does anything for anybody.
 */
export class RevocationWatch {
  readonly #storage: Pick<Storage, 'revocationsSince'>;
  readonly #times: RevocationTimes;
  readonly #act: (revocations: Revocations) => Promise<void>;
  readonly #logger: Logger;
  #cursor: string | null = null;
  /** When the question was asked that was answered last: what was committed before it is known. */
  #knownAt = -Infinity;
  #question: Question | undefined;
  #timer: NodeJS.Timeout | undefined;
  #failing = false;

  constructor(parts: {
    storage: Pick<Storage, 'revocationsSince'>;
    times: RevocationTimes;
    /** Resolves once the connections of this node are as the store says. */
    act: (revocations: Revocations) => Promise<void>;
    logger: Logger;
  }) {
    this.#storage = parts.storage;
    this.#times = parts.times;
    this.#act = parts.act;
    this.#logger = parts.logger;
  }

  /** Takes the position from which the first answer tells; before any client connects. */
  async start(): Promise<void> {
    const askedAt = performance.now();
    this.#cursor = (await this.#storage.revocationsSince(null)).cursor;
    this.#knownAt = askedAt;
    this.#timer = setInterval(() => void this.#ask().catch(() => undefined), this.#times.every);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Nothing that was committed longer ago than `fresh` is unknown here. */
  get fresh(): boolean {
    return this.freshAt(performance.now());
  }

  /** The same at a moment that the caller has measured already, by `performance.now()`. */
  freshAt(moment: number): boolean {
    return moment - this.#knownAt < this.#times.fresh;
  }

  /** Undefined while the last answer is fresh; otherwise waits for one. @throws ParleyError UNAVAILABLE when there is none in time. */
  confirm(): Promise<void> | undefined {
    return this.fresh ? undefined : this.#confirm();
  }

  /** Looks now, at what was committed before the call. */
  async look(): Promise<void> {
    await this.#question?.answered.catch(() => undefined);
    await this.#ask();
  }

  async #confirm(): Promise<void> {
    while (!this.fresh) await this.#ask();
  }

  /** Rejects with UNAVAILABLE when the store refuses or does not answer in time. */
  #ask(): Promise<void> {
    const now = performance.now();
    let question = this.#question;
    // One that is never answered must not be the last.
    if (!question || now - question.askedAt >= this.#times.longest) {
      const asked: Question = { askedAt: now, answered: this.#read(now) };
      const over = (): void => {
        if (this.#question === asked) this.#question = undefined;
      };
      asked.answered.then(over, over);
      this.#question = question = asked;
    }
    return within(question.answered, question.askedAt + this.#times.longest - now);
  }

  async #read(askedAt: number): Promise<void> {
    try {
      const revocations = await this.#storage.revocationsSince(this.#cursor);
      this.#cursor = revocations.cursor;
      // Before anybody who waits goes on.
      await this.#act(revocations);
      this.#knownAt = Math.max(this.#knownAt, askedAt);
      this.#failing = false;
    } catch (error) {
      if (!this.#failing) this.#logger.warn({ err: error }, 'who was revoked could not be asked');
      this.#failing = true;
      throw new ParleyError('UNAVAILABLE', undefined, 1_000);
    }
  }
}

function within(answer: Promise<void>, milliseconds: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new ParleyError('UNAVAILABLE', undefined, 1_000)), Math.max(0, milliseconds));
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
