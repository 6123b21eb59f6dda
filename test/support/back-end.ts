import { TENANT } from './server.js';
import type { TestServer } from './server.js';

export interface Answered {
  status: number;
  /** `200`, or the status with the code of the refusal. */
  outcome: string;
  body: unknown;
}

/** A host's back end of one tenant, with a token that may do everything unless it is given a key or none. */
export class BackEnd {
  readonly #server: TestServer;
  readonly #tenant: string;
  readonly #credential: string | null | undefined;

  constructor(server: TestServer, tenant: string = TENANT, credential?: string | null) {
    this.#server = server;
    this.#tenant = tenant;
    this.#credential = credential;
  }

  /** Asks, and gives the answer whatever it is. */
  async ask(method: string, path: string, body?: unknown): Promise<Answered> {
    const scope = 'parley:directory parley:policies parley:phone';
    const credential =
      this.#credential === undefined ? await this.#server.token('back-end', { tenant: this.#tenant, scope }) : this.#credential;
    const response = await fetch(`${this.#server.url}/v1/${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...(credential === null ? {} : { authorization: `Bearer ${credential}` }) },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const answer = (await response.json()) as { error?: { code: string } };
    return { status: response.status, outcome: `${response.status}${answer.error ? ` ${answer.error.code}` : ''}`, body: answer };
  }

  /** Asks for something that must be done. */
  async do<T = unknown>(method: string, path: string, body?: unknown): Promise<T> {
    const { status, body: answer } = await this.ask(method, path, body);
    if (status !== 200) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(answer)}`);
    return answer as T;
  }

  decide(policies: object): Promise<unknown> {
    return this.do('PUT', 'policies', policies);
  }
}
