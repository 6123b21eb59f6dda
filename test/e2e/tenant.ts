import type { BrowserContextOptions } from 'playwright-core';
import { signToken } from '../support/server-process.js';
import type { Stage } from './stage.js';
import { Visitor } from './visitor.js';

export interface VisitOptions {
  /** Users whose badges are in the host's page. */
  colleagues?: string[];
  /** A group of the directory whose people are in a table of the host's page. */
  group?: string;
  /** Minutes without a sign of work after which the person is away. */
  idle?: number;
  /** The panel fills the host's page. */
  page?: boolean;
  /** The host's page has a process of its own and takes from others only what says that it may, or what it gets without credentials. */
  embedder?: 'require-corp' | 'credentialless';
  /** What the host's back end says of the person besides the name. */
  claims?: Record<string, unknown>;
  context?: BrowserContextOptions;
}

/** A customer of a stage with people, rules and chats of its own, so that one server does for all tests of a file. */
export class Tenant {
  readonly #stage: Stage;
  readonly id: string;

  constructor(stage: Stage, id: string) {
    this.#stage = stage;
    this.id = id;
  }

  async signIn(
    user: string,
    { colleagues = [], group, idle, page = false, embedder, claims, context }: VisitOptions = {},
  ): Promise<Visitor> {
    if (claims !== undefined) this.#stage.claim(this.id, user, claims);
    const attributes = {
      tenant: this.id,
      whole: 'yes',
      colleagues: colleagues.join(','),
      ...(group === undefined ? {} : { group }),
      ...(idle === undefined ? {} : { idle: String(idle) }),
      ...(page ? { placement: 'page' } : {}),
      ...(embedder === undefined ? {} : { embedder }),
    };
    return new Visitor(await this.#stage.signIn(user, { attributes, ...(context === undefined ? {} : { context }) }), user);
  }

  /** As the host's back end asks for it; what is refused fails the test. */
  async put(path: string, body: unknown): Promise<void> {
    await this.#ask('PUT', path, body);
  }

  async post(path: string, body: unknown): Promise<void> {
    await this.#ask('POST', path, body);
  }

  decide(policies: object): Promise<void> {
    return this.put('policies', policies);
  }

  /** Somebody whom the directory knows although they have never signed in. */
  person(user: string, about: object = {}): Promise<void> {
    return this.put(`users/${user}`, { name: user.replace(/^./, (letter) => letter.toUpperCase()), organisation: 'St. Anna', ...about });
  }

  async #ask(method: string, path: string, body: unknown): Promise<void> {
    const scope = 'parley:directory parley:policies parley:phone';
    const token = await signToken(this.#stage.secret, 'back-end', { tenant: this.id, scope });
    const response = await fetch(`${this.#stage.parley}/v1/${path}`, {
      method,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${String(response.status)} ${await response.text()}`);
  }
}
