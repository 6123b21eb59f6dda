import { setTimeout as wait } from 'node:timers/promises';
import type { Random } from '../support/random.js';
import type { ServerProcess, ServerProcessOptions } from '../support/server-process.js';
import { startServerProcess } from '../support/server-process.js';
import { assemble, conversationsOf } from './cast.js';
import type { History, Reading } from './history.js';

export interface KillRunOptions {
  server: ServerProcessOptions;
  kills: number;
  writers: number;
  /** The longest time under load before a kill, in milliseconds. */
  killWithin: number;
  /** Time under load after the last start, in milliseconds, so that what the last kill left behind is written on. */
  loadAfter: number;
  token: (user: string) => Promise<string>;
  say: (line: string) => void;
}

/** Everything must be answered so soon after the last start. */
const QUIET_WITHIN = 60_000;

/** Load, kill, restart, as often as asked; then silence, and every member reads every conversation. The server is stopped in order at the end. */
export async function killRun(options: KillRunOptions, history: History, random: Random): Promise<Reading[]> {
  let server: ServerProcess = await startServerProcess(options.server);
  try {
    const cast = await assemble(server.url, options.writers, history, random, options.token);
    for (const writer of cast.writers) writer.write(conversationsOf(cast, writer));
    for (let kill = 1; kill <= options.kills; kill += 1) {
      await wait(random.below(options.killWithin));
      const before = history.acknowledged;
      await server.stop('SIGKILL');
      server = await startServerProcess(options.server);
      options.say(`kill ${String(kill)} of ${String(options.kills)}: ${String(before)} acknowledged before it`);
    }
    await wait(options.loadAfter);
    await Promise.all(cast.writers.map((writer) => writer.quiesce(QUIET_WITHIN)));
    const readings = await Promise.all(
      cast.writers.flatMap((writer) => conversationsOf(cast, writer).map((conversation) => writer.read(conversation))),
    );
    for (const writer of cast.writers) writer.close();
    return readings;
  } finally {
    await server.stop('SIGTERM');
  }
}
