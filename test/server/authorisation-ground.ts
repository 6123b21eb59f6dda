import type { Storage } from '../../server/storage/storage.js';
import { BackEnd } from '../support/back-end.js';
import { startServer } from '../support/server.js';
import type { ConnectOptions, TestClient } from '../support/server.js';

/** Where the matrix is asked: an engine, and whether who asks is at another node than the others. */
export interface Ground {
  /** Everybody but who asks. */
  connect(user: string, options?: ConnectOptions): Promise<TestClient>;
  /** Who asks. */
  connectAsker(user: string, options?: ConnectOptions): Promise<TestClient>;
  /** Where who asks connects to. */
  askerUrl: string;
  token(user: string, claims?: ConnectOptions['claims']): Promise<string>;
  storage: Storage;
  /** Policies of a tenant, acted by on every node when it resolves. */
  setPolicies(tenant: string, change: object): Promise<unknown>;
  close(): Promise<void>;
}

export interface GroundKind {
  name: string;
  transports: readonly ('websocket' | 'polling')[];
  start(): Promise<Ground>;
}

/** Mails are queued and go nowhere: what is asked is whether they may. */
export const SETTINGS = {
  auditors: true,
  timings: { headsDigest: 50 },
  smtpUrl: 'smtp://127.0.0.1:9',
  mailFrom: 'chat@parley.example',
} as const;

export const sqliteGround: GroundKind = {
  name: 'SQLite, one node',
  transports: ['websocket', 'polling'],
  async start() {
    const server = await startServer(SETTINGS);
    const { storage } = server.server;
    return {
      connect: (user, options) => server.connect(user, options),
      connectAsker: (user, options) => server.connect(user, options),
      askerUrl: server.url,
      token: (user, claims) => server.token(user, claims),
      storage,
      setPolicies: (tenant, change) => new BackEnd(server, tenant).decide(change),
      close: () => server.close(),
    };
  },
};
