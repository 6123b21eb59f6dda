import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { freePort, newSecret, plainEnvironment, SERVER_CLI } from '../../support/server-process.js';
import { tcpProxy, type TcpProxy } from '../../support/tcp-proxy.js';
import type { TestDatabase } from '../../support/postgres.js';
import { type Finding, finding } from '../checkers/finding.js';
import { type Claims, mintAt } from '../driver/tokens.js';
import type { Backing } from './backing.js';
import { Node } from './node.js';

export const ENGINES = ['sqlite', 'postgres'] as const;
export type Engine = (typeof ENGINES)[number];

export interface SubjectOptions {
  engine: Engine;
  nodes: number;
  /** For the files of the database and whatever else is written. */
  folder: string;
  /** With `postgres`. */
  backing?: Backing | undefined;
  /** Arguments for Node itself: what a plant or a nemesis patches into the server is loaded with `--import`. */
  nodeArguments?: readonly string[];
  env?: Record<string, string>;
  /** Another program that runs each node, such as strace. */
  wrapper?: readonly string[];
  /** Where the database is, if not in `folder`. */
  data?: string;
}

/** The REST API refused. */
export class HostError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** What is put to the test: the servers as operators run them, with a balancer in front that can be made a bad one. */
export class Subject {
  readonly engine: Engine;
  readonly nodes: readonly Node[];
  readonly link: TcpProxy;
  readonly secret: string;
  /** Folder of the database; SQLite only. */
  readonly data: string;
  readonly database: TestDatabase | null;
  readonly backing: Backing | null;
  /** The servers' clocks are ahead by so many milliseconds, and tokens are made for that time. */
  clockOffset = 0;
  readonly #env: Record<string, string>;

  private constructor(
    options: SubjectOptions,
    parts: {
      nodes: readonly Node[];
      link: TcpProxy;
      secret: string;
      data: string;
      database: TestDatabase | null;
      env: Record<string, string>;
    },
  ) {
    this.engine = options.engine;
    this.backing = options.backing ?? null;
    this.nodes = parts.nodes;
    this.link = parts.link;
    this.secret = parts.secret;
    this.data = parts.data;
    this.database = parts.database;
    this.#env = parts.env;
  }

  static async start(options: SubjectOptions): Promise<Subject> {
    const { engine, backing, folder, wrapper, nodeArguments } = options;
    const secret = newSecret();
    const data = options.data ?? join(folder, 'data');
    const database = engine === 'postgres' ? await needed(backing).postgres.createDatabase() : null;
    const shared: Record<string, string> =
      database && backing ? { PARLEY_DATABASE_URL: database.url, PARLEY_REDIS_URL: backing.redis.url } : {};
    const env = { PARLEY_LOG_LEVEL: 'warn', ...shared, ...options.env };
    const nodes: Node[] = [];
    for (let count = 0; count < options.nodes; count += 1) {
      const port = await freePort();
      nodes.push(new Node({ data, port, secret, env, ...(wrapper ? { wrapper } : {}), ...(nodeArguments ? { nodeArguments } : {}) }));
    }
    const [first = 0, ...others] = nodes.map(({ port }) => port);
    const link = await tcpProxy(first, ...others);
    const subject = new Subject(options, { nodes, link, secret, data, database, env });
    try {
      await Promise.all(nodes.map((node) => node.start()));
    } catch (error) {
      await subject.stop();
      throw error;
    }
    return subject;
  }

  /** Through the balancer. */
  get url(): string {
    return `http://127.0.0.1:${String(this.link.port)}`;
  }

  token(user: string, claims: Claims = {}): Promise<string> {
    return mintAt(Date.now() + this.clockOffset, this.secret, user, claims);
  }

  /** The REST API of the host's back end, with every right; `node` is asked directly. */
  async host(method: string, path: string, body?: unknown, node = this.nodes.find(({ running }) => running)): Promise<unknown> {
    const scope = 'parley:directory parley:policies parley:phone';
    const response = await fetch(`${node?.url ?? this.url}/v1/${path}`, {
      method,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await this.token('back-end', { scope })}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new HostError(response.status, `${method} ${path}: ${String(response.status)} ${await response.text()}`);
    return response.json();
  }

  /** Runs the product's own command line over this store; the signed heads of a running server are of a minute ago, so it goes without them. */
  cli(...args: string[]): Promise<{ status: number; output: string }> {
    return new Promise((resolve) => {
      const child = spawn(process.execPath, [SERVER_CLI, ...args], {
        env: { ...plainEnvironment(), PARLEY_SECRET: this.secret, PARLEY_DATA: this.data, ...this.#env, PARLEY_ANCHORS: '' },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let output = '';
      const keep = (chunk: Buffer): void => void (output += chunk.toString());
      child.stdout.on('data', keep);
      child.stderr.on('data', keep);
      child.once('close', (code) => resolve({ status: code ?? 1, output: output.trim() }));
    });
  }

  /** The product's own check of the hash chains. */
  async verify(): Promise<Finding[]> {
    const { status, output } = await this.cli('verify');
    return status === 0 ? [] : [finding('chain', `verify ended with ${String(status)}: ${output.slice(0, 300)}`)];
  }

  /** Ends what runs. */
  async stop(): Promise<void> {
    await this.link.close();
    await Promise.all(this.nodes.map((node) => node.end('SIGTERM')));
    await this.database?.drop();
  }
}

function needed(backing: Backing | undefined): Backing {
  if (!backing) throw new Error('no PostgreSQL was started');
  return backing;
}
