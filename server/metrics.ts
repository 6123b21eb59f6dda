import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { CommandName, ErrorCode } from '#protocol';
import { ArchiveMetrics } from './archive/archive-metrics.js';
import type { ArchiveState } from './archive/archive-metrics.js';

export type RefusedPacket = 'no-acknowledgement' | 'unknown-command';
export type CommandResult = 'ok' | ErrorCode;

/** What the command wrapper counts. */
export interface CommandMetrics {
  commandDone(name: CommandName | 'unknown', result: CommandResult, milliseconds: number): void;
  packetRefused(reason: RefusedPacket): void;
}

/** Metrics of one server, in a registry of its own: two servers in one process do not mix theirs. */
export class Metrics implements CommandMetrics {
  readonly registry = new Registry();
  readonly connections = new Gauge({ name: 'parley_connections', help: 'Signed-in connections.', registers: [this.registry] });
  readonly authenticationFailures = new Counter({
    name: 'parley_authentication_failures_total',
    help: 'Handshakes and refreshes that were refused, by reason.',
    labelNames: ['reason'],
    registers: [this.registry],
  });
  readonly clusterUp = new Gauge({
    name: 'parley_cluster_up',
    help: '1 while this node hears the others, or is the only one.',
    registers: [this.registry],
  });
  readonly slowConnections = new Counter({
    name: 'parley_slow_connections_total',
    help: 'Connections that were cut because their client did not read.',
    registers: [this.registry],
  });
  readonly #entries = new Counter({
    name: 'parley_entries_total',
    help: 'Entries that were committed and published.',
    registers: [this.registry],
  });
  readonly #fanout = new Counter({
    name: 'parley_fanout_total',
    help: 'Events that were sent to a room, by kind.',
    labelNames: ['kind'],
    registers: [this.registry],
  });
  readonly #packetsRefused = new Counter({
    name: 'parley_packets_refused_total',
    help: 'Frames that were no command.',
    labelNames: ['reason'],
    registers: [this.registry],
  });
  readonly #commitBatch = new Histogram({
    name: 'parley_commit_batch_size',
    help: 'Writes that shared one commit.',
    buckets: [1, 2, 5, 10, 20, 50, 100, 200],
    registers: [this.registry],
  });
  readonly #commitDuration = new Histogram({
    name: 'parley_commit_duration_seconds',
    help: 'Commits, from the first statement to the flushed disk.',
    buckets: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5],
    registers: [this.registry],
  });
  readonly #archive = new ArchiveMetrics(this.registry);
  readonly #commands = new CommandTimes(this.registry);

  /** Memory, processor time and lag of the event loop, for a server that has its process to itself. */
  watchProcess(): void {
    collectDefaultMetrics({ register: this.registry });
  }

  /** Of this node. */
  get archive(): Readonly<ArchiveState> {
    return this.#archive.state;
  }

  commandDone(name: CommandName | 'unknown', result: CommandResult, milliseconds: number): void {
    this.#commands.record(name, result, milliseconds);
  }

  packetRefused(reason: RefusedPacket): void {
    this.#packetsRefused.inc({ reason });
  }

  published(kind: 'entry' | 'state' | 'receipt' | 'typing'): void {
    if (kind === 'entry') this.#entries.inc();
    this.#fanout.inc({ kind });
  }

  /** Signed heads were delivered to the second place, or could not be. */
  anchored(delivered: boolean, at: number): void {
    this.#archive.anchored(delivered, at);
  }

  /** The archive was checked: null when that could not be done. */
  verified(damages: number | null, milliseconds: number, at: number): void {
    this.#archive.verified(damages, milliseconds, at);
  }

  committed(writes: number, milliseconds: number): void {
    this.#commitBatch.observe(writes);
    this.#commitDuration.observe(milliseconds / 1_000);
  }
}

const NAME = 'parley_command_duration_seconds';
/** Upper bounds, in milliseconds. */
const BUCKETS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000];
const DESCRIPTION = {
  name: NAME,
  help: 'Commands by name and result, from the frame to the answer.',
  labelNames: ['command' as const, 'result' as const],
  buckets: BUCKETS.map((milliseconds) => milliseconds / 1_000),
};

/** The counts behind one command and result, in milliseconds. */
class Times {
  readonly buckets = new Float64Array(BUCKETS.length + 1);
  sum = 0;
  count = 0;
}

/**
 * Commands by name and result with their latency. prom-client hashes its labels at every observation; this stands on the
 * path of every frame, so it counts in arrays and gives them to the histogram when somebody reads it.
 */
class CommandTimes extends Histogram<'command' | 'result' | 'le'> {
  readonly #times = new Map<string, Map<string, Times>>();
  /** Empty: it lends its description to what is counted here. */
  readonly #described = new Histogram<'command' | 'result' | 'le'>({ ...DESCRIPTION, registers: [] });

  constructor(registry: Registry) {
    super({ ...DESCRIPTION, registers: [registry] });
  }

  record(command: string, result: string, milliseconds: number): void {
    let results = this.#times.get(command);
    if (!results) this.#times.set(command, (results = new Map<string, Times>()));
    let times = results.get(result);
    if (!times) results.set(result, (times = new Times()));
    let bucket = 0;
    while (bucket < BUCKETS.length && milliseconds > (BUCKETS[bucket] ?? 0)) bucket++;
    times.buckets[bucket] = (times.buckets[bucket] ?? 0) + 1;
    times.sum += milliseconds;
    times.count += 1;
  }

  /** What the registry asks; `get` of the base class asks it too. */
  async getForPromString(): ReturnType<Histogram<'command' | 'result' | 'le'>['get']> {
    const values: Awaited<ReturnType<CommandTimes['get']>>['values'] = [];
    for (const [command, results] of this.#times) {
      for (const [result, times] of results) {
        const labels = { command, result };
        let upTo = 0;
        times.buckets.forEach((count, index) => {
          upTo += count;
          const le = index < BUCKETS.length ? (BUCKETS[index] ?? 0) / 1_000 : '+Inf';
          values.push({ labels: { le, ...labels }, value: upTo, metricName: `${NAME}_bucket` });
        });
        values.push({ labels, value: times.sum / 1_000, metricName: `${NAME}_sum` });
        values.push({ labels, value: times.count, metricName: `${NAME}_count` });
      }
    }
    return { ...(await this.#described.get()), values };
  }
}
