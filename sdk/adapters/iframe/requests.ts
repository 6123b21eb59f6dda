import { ParleyError } from '../../protocol/errors.js';
import type { FromInner, FromOuter, Request } from './messages.js';

/** ms. Somebody may be asked before an item is opened. */
const PATIENCE: Readonly<Record<Request['name'], number>> = { token: 30_000, resolve: 30_000, open: 300_000 };

interface Asked {
  request: Request;
  resolve(data: unknown): void;
  reject(error: ParleyError): void;
}

/**
 * What the other side was asked and has not answered yet. Each is settled: by the answer, in time, or when nobody is there any more. A token
 * is waited for meanwhile, and asked for once more of whoever comes, because a user is signed out who has none.
 */
export class Requests {
  readonly #post: (said: FromInner) => void;
  readonly #asked = new Map<number, Asked>();
  #lastId = 0;
  #isConnected = false;
  #isOver = false;

  constructor(post: (said: FromInner) => void) {
    this.#post = post;
  }

  /** Rejects with a `ParleyError`: the other side's code, `TIMEOUT`, `OFFLINE`, or `SESSION_ENDED` when the signal is aborted. */
  async ask(request: Request, signal?: AbortSignal): Promise<unknown> {
    if (this.#isOver) throw new ParleyError('OFFLINE');
    const id = ++this.#lastId;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let aborted = (): void => {};
    try {
      return await new Promise<unknown>((resolve, reject) => {
        const giveUp = (error: ParleyError): void => {
          this.#post({ type: 'cancel', id });
          reject(error);
        };
        aborted = () => giveUp(new ParleyError('SESSION_ENDED'));
        signal?.addEventListener('abort', aborted);
        timer = setTimeout(() => giveUp(new ParleyError('TIMEOUT')), PATIENCE[request.name]);
        this.#asked.set(id, { request, resolve, reject });
        if (this.#isConnected) this.#post({ type: 'request', id, ...request });
        else if (request.name !== 'token') reject(new ParleyError('OFFLINE'));
      });
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', aborted);
      this.#asked.delete(id);
    }
  }

  answered(answer: FromOuter & { type: 'answer' }): void {
    const asked = this.#asked.get(answer.id);
    if (answer.ok) asked?.resolve(answer.data);
    else asked?.reject(new ParleyError(answer.code));
  }

  connected(): void {
    if (this.#isConnected) return;
    this.#isConnected = true;
    for (const [id, { request }] of this.#asked) this.#post({ type: 'request', id, ...request });
  }

  lost(): void {
    this.#isConnected = false;
    for (const asked of [...this.#asked.values()]) if (asked.request.name !== 'token') asked.reject(new ParleyError('OFFLINE'));
  }

  end(): void {
    this.#isOver = true;
    for (const asked of [...this.#asked.values()]) asked.reject(new ParleyError('OFFLINE'));
  }
}
