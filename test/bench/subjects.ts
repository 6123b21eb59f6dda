import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, newSecret, startServerProcess } from '../support/server-process.js';
import type { ServerProcess } from '../support/server-process.js';
import type { Figures, Job } from './job.js';

/** A server under measurement, always a process of its own. */
export interface Subject {
  pid: number;
  url: string;
  secret: string;
  /** `signal`: how it ends; in order unless it is said. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

export type SubjectName = 'relay' | 'flushing-relay' | 'parley';

export interface SubjectOptions {
  /** A data folder to serve, which is left as it is then; a new one for this server alone where it is not said. */
  data?: string | undefined;
  env?: Record<string, string>;
  nodeArguments?: readonly string[];
}

/** What runs: it must not outlive this process, whatever ends that. */
const running = new Set<number>();
process.once('exit', () => {
  for (const pid of running) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It is gone.
    }
  }
});

/** A server that does not outlive this process. */
export function guarded(server: ServerProcess): ServerProcess {
  running.add(server.pid);
  const stop: ServerProcess['stop'] = async (signal) => {
    await server.stop(signal);
    running.delete(server.pid);
  };
  return { ...server, stop };
}

/** ms; a load that takes longer hangs. */
const LOAD_LIMIT = 90_000;
/** ms; a store of a million entries may take its time, and how much is a figure and no failure. */
const READY_WITHIN = 120_000;

/** `flushing`: it passes a message on when that is on the disk. */
export async function startRelay({ flushing = false } = {}): Promise<Subject> {
  const port = await freePort();
  const folder = flushing ? await mkdtemp(join(tmpdir(), 'parley-bench-relay-')) : undefined;
  const child = fork(fileURLToPath(new URL('./relay.js', import.meta.url)), [String(port), ...(folder ? [join(folder, 'log')] : [])]);
  const { pid = 0 } = child;
  running.add(pid);
  await once(child, 'message');
  return {
    pid,
    url: `http://127.0.0.1:${String(port)}`,
    secret: newSecret(),
    async stop(signal = 'SIGTERM') {
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
      running.delete(pid);
      if (folder) await rm(folder, { recursive: true, force: true });
    },
  };
}

export async function startParley({ data, env, nodeArguments = [] }: SubjectOptions = {}): Promise<Subject> {
  const folder = data ?? (await mkdtemp(join(tmpdir(), 'parley-bench-')));
  const removeFolder = (): Promise<void> => (data === undefined ? rm(folder, { recursive: true, force: true }) : Promise.resolve());
  const secret = newSecret();
  try {
    const port = await freePort();
    const settings = { PARLEY_LOG_LEVEL: 'warn', ...env };
    const options = { data: folder, port, secret, env: settings, nodeArguments, readyWithin: READY_WITHIN };
    const server = guarded(await startServerProcess(options));
    return {
      pid: server.pid,
      url: server.url,
      secret,
      async stop(signal = 'SIGTERM') {
        await server.stop(signal);
        await removeFolder();
      },
    };
  } catch (error) {
    await removeFolder();
    throw error;
  }
}

/** A load process that has done its job, with what it connected still connected. */
export interface Load {
  figures: Figures;
  /** Ends it. */
  release(): void;
}

/**
 * Runs one job in a fresh load process.
 * @throws Error when it fails, ends, or takes longer than `limit` ms.
 */
export async function hold(job: Job, limit = LOAD_LIMIT): Promise<Load> {
  const child = fork(fileURLToPath(new URL('./load.js', import.meta.url)));
  const late = AbortSignal.timeout(limit);
  try {
    child.send(job);
    const [answer] = (await Promise.race([
      once(child, 'message', { signal: late }),
      once(child, 'exit', { signal: late }).then(([code]) => Promise.reject(new Error(`the load process ended with ${String(code)}`))),
    ])) as [{ figures?: Figures; error?: string }];
    if (!answer.figures) throw new Error(answer.error);
    return { figures: answer.figures, release: () => void child.kill('SIGKILL') };
  } catch (error) {
    child.kill('SIGKILL');
    throw late.aborted ? new Error(`${job.scenario} took longer than ${String(limit / 1_000)} s`) : error;
  }
}

/** As `hold`, and nothing of it is left. */
export async function load(job: Job, limit?: number): Promise<Figures> {
  const { figures, release } = await hold(job, limit);
  release();
  return figures;
}
