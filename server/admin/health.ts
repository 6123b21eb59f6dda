import type { ArchiveState } from '../archive/archive-metrics.js';
import type { Cluster } from '../cluster/cluster.js';
import type { ServerConfig } from '../config.js';
import { greetSmtp } from '../gateways/mail/smtp.js';
import type { Metrics } from '../metrics.js';
import type { Storage } from '../storage/storage.js';

/** How the parts of this node are. Nothing of it is about a tenant. */
export interface HealthReport {
  store: { ok: boolean; milliseconds: number; engine: 'sqlite' | 'postgres' };
  /** `alone`: there are no other nodes. */
  nodes: 'alone' | 'heard' | 'not-heard';
  mail: 'off' | 'ok' | 'failing';
  archive: Readonly<ArchiveState> & { anchors: boolean };
}

export interface HealthParts {
  config: ServerConfig;
  storage: Pick<Storage, 'ping'>;
  cluster: Pick<Cluster, 'shared' | 'up'>;
  metrics: Pick<Metrics, 'archive'>;
  /** ms UTC. */
  now: () => number;
}

/** A mail server is asked at most so often, in milliseconds, however many look at the page. */
const MAIL_EVERY = 60_000;
const MAIL_PATIENCE = 5_000;

/** What the admin page shows of the server itself. */
export class Health {
  readonly #parts: HealthParts;
  #mail: { at: number; ok: Promise<boolean> } | undefined;

  constructor(parts: HealthParts) {
    this.#parts = parts;
  }

  async look(): Promise<HealthReport> {
    const { config, storage, cluster, metrics } = this.#parts;
    const mail = this.#mailState();
    const begun = performance.now();
    const ok = await storage.ping().then(yes, no);
    const milliseconds = Math.round(performance.now() - begun);
    return {
      store: { ok, milliseconds, engine: config.databaseUrl === undefined ? 'sqlite' : 'postgres' },
      nodes: cluster.shared ? (cluster.up ? 'heard' : 'not-heard') : 'alone',
      mail: await mail,
      archive: { ...metrics.archive, anchors: config.anchors !== undefined },
    };
  }

  async #mailState(): Promise<HealthReport['mail']> {
    const { config, now } = this.#parts;
    if (config.smtpUrl === undefined) return 'off';
    const at = now();
    if (!this.#mail || at - this.#mail.at > MAIL_EVERY) this.#mail = { at, ok: greetSmtp(config.smtpUrl, MAIL_PATIENCE).then(yes, no) };
    return (await this.#mail.ok) ? 'ok' : 'failing';
  }
}

const yes = () => true;
const no = () => false;
