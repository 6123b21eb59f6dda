import { once } from 'node:events';
import net from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { eventually } from '../support/eventually.js';
import { createDatabase } from '../support/postgres.js';
import { startServer, TENANT } from '../support/server.js';
import type { Engine } from './budget.js';
import type { Counter } from './counting/counter.js';
import { PostgresCounter } from './counting/postgres-counter.js';
import { SqliteCounter } from './counting/sqlite-counter.js';
import type { Stage } from './world.js';

/** ms. What a server does by the clock happens in none of the measurements. */
const NEVER = 3_600_000;
const BY_THE_CLOCK = {
  headsDigest: NEVER,
  headsDigestAlone: NEVER,
  revocationCheck: NEVER,
  revocationFresh: NEVER,
  mailStep: NEVER,
};
/** Connections of each kind that a store keeps. */
const CONNECTIONS = 8;

export interface OpenStage extends Stage {
  /** The database of PostgreSQL, for whoever wants to ask it what it thinks of a statement; or the file of SQLite. */
  readonly database: string;
  /** For what only an administrator of PostgreSQL may do. */
  readonly adminUrl: string | undefined;
  close(): Promise<void>;
}

let counters: { readonly [E in Engine]: Counter } | undefined;

/** A server whose store is counted. The counters are in place before anything of a store is made. */
export async function openStage(engine: Engine): Promise<OpenStage> {
  counters ??= { sqlite: new SqliteCounter(), postgres: new PostgresCounter() };
  const counter = counters[engine];
  const mail = await silentMailServer();
  const database = engine === 'postgres' ? await createDatabase() : undefined;
  const server = await startServer({
    smtpUrl: mail.url,
    mailFrom: 'parley@example.org',
    timings: BY_THE_CLOCK,
    ...(database && { databaseUrl: database.url, databaseConnections: CONNECTIONS }),
  });
  const { storage } = server.server;
  const each = Array.from({ length: CONNECTIONS }, (_, index) => `warm-${index}`);
  // A new connection is looked at before it is used, and what is meant are those that are there.
  await Promise.all(each.flatMap((user) => [storage.people(TENANT, [user]), storage.setSettings(TENANT, user, {})]));
  const file = join(server.directory, 'parley.db');
  return {
    server,
    counter,
    database: database?.url ?? file,
    adminUrl: database?.adminUrl,
    followed: () => (database ? Promise.resolve() : indexed(file)),
    async close() {
      mail.close();
      await server.close();
      await database?.drop();
    },
  };
}

/** The index of words follows the log at a short distance; what it has not reached is searched in another way. */
async function indexed(file: string): Promise<void> {
  const db = new DatabaseSync(file, { readOnly: true });
  const left = db.prepare('SELECT (SELECT max(id) FROM entries) - indexed_to AS left FROM store');
  try {
    await eventually(() => left.get()?.['left'] === 0 || undefined, 'the index of words', 30_000);
  } finally {
    db.close();
  }
}

/** Takes connections and never says a word, so that the first mail is under way for as long as it is there. */
async function silentMailServer(): Promise<{ url: string; close(): void }> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
