import type { ServerOptions, Storage } from '../../server/index.js';
import { openSqliteStorage } from '../../server/storage/sqlite/index.js';
import { newFile } from '../server/storage/stores.js';
import { eventually } from './eventually.js';
import { createDatabase } from './postgres.js';
import { sharedRedis } from './redis.js';
import { spoil } from './spoilt-storage.js';
import { startServer } from './server.js';
import type { ConnectOptions, TestClient, TestServer } from './server.js';

export interface NodesOptions extends Partial<ServerOptions> {
  /** `postgres`: a database of their own, each node with its own connections. `sqlite`: one open store in this process. */
  engine?: 'postgres' | 'sqlite';
  /** Verbs of the store that do something else for one of the nodes; `sqlite` only. */
  spoilt?: (node: number, storage: Storage) => Partial<Storage>;
  /** Redis that the test plays with; null for nodes that hear nothing of each other. */
  redis?: string | null;
}

/** Several servers of one installation in this process. */
export interface TestNodes {
  readonly nodes: readonly TestServer[];
  /** The database of the nodes; empty where they share an open store. */
  readonly databaseUrl: string;
  at(node: number): TestServer;
  /** Signs somebody in at the node of that number. */
  connect(node: number, user: string, options?: ConnectOptions): Promise<TestClient>;
  /** What the nodes say in their metrics. */
  metric(node: number, name: string): Promise<number>;
  /** Resolves once every node hears the others, or none does. */
  heard(up?: boolean): Promise<void>;
  /** Ends one node as a crash does, as far as the others can tell. */
  crash(node: number): Promise<void>;
  close(): Promise<void>;
}

/** Times that tests can wait for. */
const TIMINGS = { clusterBeat: 200, clusterExpiry: 1_500, presenceGrace: 0 };

export async function startNodes(count: number, { engine = 'postgres', redis, spoilt, ...options }: NodesOptions = {}): Promise<TestNodes> {
  const settings: Partial<ServerOptions> = { ...options, timings: { ...TIMINGS, ...options.timings } };
  const redisUrl = redis === undefined ? await sharedRedis() : redis;
  if (redisUrl !== null) settings.redisUrl = redisUrl;
  const database = engine === 'postgres' ? await createDatabase() : undefined;
  const file: Storage | undefined = database ? undefined : await openSqliteStorage({ file: newFile() });
  if (database) Object.assign(settings, { databaseUrl: database.url, databaseConnections: 4 });
  const nodes: TestServer[] = [];
  // One after the other: the first brings the schema.
  for (let node = 0; node < count; node += 1) {
    // Closing one node must not close the store of the others.
    const parts = file ? { parts: { storage: spoil(file, { close: () => Promise.resolve(), ...spoilt?.(node, file) }) } } : {};
    nodes.push(await startServer({ ...settings, ...parts }));
  }
  const closed = new Set<TestServer>();
  const end = async (server: TestServer | undefined): Promise<void> => {
    if (!server || closed.has(server)) return;
    closed.add(server);
    await server.close();
  };
  const close = async (): Promise<void> => {
    await Promise.all(nodes.map(end));
    await file?.close();
    await database?.drop();
  };
  const at = (node: number): TestServer => {
    const server = nodes[node];
    if (!server) throw new Error(`there is no node ${node}`);
    return server;
  };
  const metric: TestNodes['metric'] = async (node, name) => {
    const text = await (await fetch(`${at(node).url}/metrics`)).text();
    return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
  };
  return {
    nodes,
    databaseUrl: database?.url ?? '',
    at,
    connect: (node, user, connectOptions) => at(node).connect(user, connectOptions),
    metric,
    heard: async (up = true) => {
      for (const [node, server] of nodes.entries())
        if (!closed.has(server))
          await eventually(
            async () => (await metric(node, 'parley_cluster_up')) === Number(up) || undefined,
            `node ${node} ${up ? 'up' : 'alone'}`,
            20_000,
          );
    },
    crash: (node) => end(at(node)),
    close,
  };
}
