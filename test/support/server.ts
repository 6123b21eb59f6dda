import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ManagerOptions, Socket, SocketOptions } from 'socket.io-client';
import { io } from 'socket.io-client';
import { v7 } from 'uuid';
import type { Answer, CommandInput, CommandName, CommandReply, EventName, EventPayload, WireError } from '#protocol';
import { PROTOCOL_VERSION } from '#protocol';
import { databaseOf } from './engine.js';
import { createServer, mintToken } from '../../server/index.js';
import type { ParleyServer, ServerOptions, ServerParts, TokenClaims } from '../../server/index.js';

export const SECRET = 'a-secret-for-tests-of-more-than-32-bytes';
export const TENANT = 'demo';
/** No limit stands in the way of a test that does not ask for one. */
const UNLIMITED = { rateMessages: 0, rateSearches: 0, rateHistories: 0, rateReads: 0, rateSignals: 0, rateRefusals: 0 };

export interface TestServer {
  readonly url: string;
  readonly port: number;
  readonly server: ParleyServer;
  readonly directory: string;
  /** A token of this user; claims override, `lifetime` in seconds. */
  token(sub: string, claims?: Partial<TokenClaims> & { lifetime?: number }): Promise<string>;
  /** A signed-in raw client: resolves once `session:started` has come, rejects with the WireError of a refusal. */
  connect(user: string, options?: ConnectOptions): Promise<TestClient>;
  /** Closes clients and server and removes the data, unless the test gave its own `data`. */
  close(): Promise<void>;
}

export interface ConnectOptions {
  token?: string;
  claims?: Partial<TokenClaims> & { lifetime?: number };
  device?: string;
  /** Merged into the auth payload. */
  auth?: Record<string, unknown>;
  client?: Partial<ManagerOptions & SocketOptions>;
}

/** A real server on a free port with its own store, of the engine under test. */
export async function startServer(overrides: Partial<ServerOptions> & { parts?: ServerParts } = {}): Promise<TestServer> {
  const { parts, ...options } = overrides;
  const directory = options.data ?? (await mkdtemp(join(tmpdir(), 'parley-test-')));
  const database = parts?.storage ? undefined : await databaseOf(directory);
  const server = await createServer(
    {
      port: 0,
      data: directory,
      ...(database && { databaseUrl: database.url }),
      secret: SECRET,
      nativeClients: true,
      logLevel: 'silent',
      ...UNLIMITED,
      ...options,
    },
    parts,
  );
  const { url, port } = await server.listen();
  const clients = new Set<TestClient>();
  const token: TestServer['token'] = (sub, claims = {}) =>
    mintToken({ secret: SECRET, sub, tenant: TENANT, name: `Name of ${sub}`, ...claims });
  return {
    url,
    port,
    server,
    directory,
    token,
    async connect(user, connectOptions = {}) {
      const client = new TestClient(url, user, connectOptions.token ?? (await token(user, connectOptions.claims)), connectOptions);
      clients.add(client);
      await client.ready();
      return client;
    },
    async close() {
      for (const client of clients) client.close();
      await server.close();
      if (options.data !== undefined) return;
      await database?.drop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

type Received = { [N in EventName]: { name: N; payload: EventPayload<N> } }[EventName];

/** A refusal, as a client gets it. */
export class Refusal extends Error {
  readonly error: WireError;

  constructor(error: WireError) {
    super(`${error.code}: ${error.message}`);
    this.name = 'Refusal';
    this.error = error;
  }

  get code(): string {
    return this.error.code;
  }
}

/** socket.io-client without any of the SDK's manners: it remembers every event in the order of arrival. */
export class TestClient {
  readonly user: string;
  readonly device: string;
  readonly socket: Socket;
  readonly events: Received[] = [];
  #waiting: (() => void)[] = [];

  constructor(url: string, user: string, token: string, { device = randomUUID(), auth = {}, client = {} }: ConnectOptions = {}) {
    this.user = user;
    this.device = device;
    this.socket = io(url, {
      forceNew: true,
      reconnection: false,
      transports: ['websocket'],
      auth: { token, protocol: PROTOCOL_VERSION, device, ...auth },
      ...client,
    });
    this.socket.onAny((name: EventName, payload: unknown) => {
      this.events.push({ name, payload } as Received);
      this.#wake();
    });
    this.socket.on('disconnect', () => this.#wake());
  }

  get connected(): boolean {
    return this.socket.connected;
  }

  async ready(): Promise<void> {
    let refused: Error | undefined;
    this.socket.once('connect_error', (error: Error & { data?: WireError }) => {
      refused = error.data ? new Refusal(error.data) : error;
      this.#wake();
    });
    await this.until(() => refused !== undefined || this.received('session:started').length > 0, 'session:started');
    if (refused) throw refused;
  }

  /** Sends a command as this user and gives its data, or throws a Refusal. */
  async command<N extends CommandName>(name: N, payload: CommandInput<N>): Promise<CommandReply<N>> {
    const answer = await this.answer(name, { as: this.user, ...payload });
    if (answer.ok) return answer.data as CommandReply<N>;
    throw new Refusal(answer.error);
  }

  /** Sends anything, and gives the answer whatever it is. */
  async answer(name: string, ...args: unknown[]): Promise<Answer<unknown>> {
    return (await this.socket.timeout(10_000).emitWithAck(name, ...args)) as Answer<unknown>;
  }

  send(conversation: string, text: string, cid: string = v7()): Promise<CommandReply<'message:send'>> {
    return this.command('message:send', { conversation, cid, text, links: [] });
  }

  /** Starts a direct conversation, or a group when there are several; resolves to its id. */
  async startConversation(...members: string[]): Promise<string> {
    const kind = members.length === 1 ? 'direct' : 'group';
    return (await this.command('conversation:create', { cid: v7(), kind, members })).conversation.id;
  }

  /** The payloads of all events of a name so far. */
  received<N extends EventName>(name: N): EventPayload<N>[] {
    return this.events.filter((event) => event.name === name).map((event) => event.payload as EventPayload<N>);
  }

  /** The first event of the name that fits, come or to come. */
  async event<N extends EventName>(name: N, fits: (payload: EventPayload<N>) => boolean = () => true): Promise<EventPayload<N>> {
    let found: EventPayload<N> | undefined;
    await this.until(() => (found = this.received(name).find(fits)) !== undefined, `the event ${name}`);
    return found as EventPayload<N>;
  }

  /** Resolves once the condition holds; it is looked at whenever something arrives. */
  async until(condition: () => boolean, what = 'the condition', within = 10_000): Promise<void> {
    const deadline = Date.now() + within;
    while (!condition()) {
      if (Date.now() > deadline)
        throw new Error(`${this.user} waited in vain for ${what}; it got ${this.events.map(({ name }) => name).join(', ')}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 100);
        this.#waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  /** Resolves once the connection is closed, from whichever side. */
  disconnected(): Promise<void> {
    return this.until(() => !this.socket.connected, 'the end of the connection');
  }

  close(): void {
    this.socket.disconnect();
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }
}
