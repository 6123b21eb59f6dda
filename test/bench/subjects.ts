import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, newSecret, startServerProcess } from '../support/server-process.js';
import type { Figures, Job } from './scenarios.js';

/** A server under measurement, always a process of its own. */
export interface Subject {
  pid: number;
  url: string;
  secret: string;
  stop(): Promise<void>;
}

export interface ParleySubject extends Subject {
  data: string;
  /** Stops it and keeps its data, until `stop()`. */
  halt(): Promise<void>;
}

export type SubjectName = 'relay' | 'parley';

export interface SubjectOptions {
  /** A data folder to start from; it is copied. */
  from?: string | undefined;
  secret?: string | undefined;
  nodeArguments?: readonly string[];
}

export async function startRelay(): Promise<Subject> {
  const port = await freePort();
  const child = fork(fileURLToPath(new URL('./relay.js', import.meta.url)), [String(port)]);
  await once(child, 'message');
  return {
    pid: child.pid ?? 0,
    url: `http://127.0.0.1:${String(port)}`,
    secret: newSecret(),
    async stop() {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

export async function startParley(options: SubjectOptions = {}): Promise<ParleySubject> {
  const data = await mkdtemp(join(tmpdir(), 'parley-bench-'));
  if (options.from !== undefined) await cp(options.from, data, { recursive: true });
  const secret = options.secret ?? newSecret();
  const server = await startServerProcess({
    data,
    port: await freePort(),
    secret,
    env: { PARLEY_LOG_LEVEL: 'warn' },
    nodeArguments: options.nodeArguments ?? [],
  });
  return {
    pid: server.pid,
    url: server.url,
    secret,
    data,
    halt: () => server.stop('SIGTERM'),
    async stop() {
      await server.stop('SIGTERM');
      await rm(data, { recursive: true, force: true });
    },
  };
}

/** Runs one job in a fresh load process. */
export async function load(job: Job): Promise<Figures> {
  const child = fork(fileURLToPath(new URL('./load.js', import.meta.url)));
  try {
    child.send(job);
    const [answer] = (await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(([code]) => Promise.reject(new Error(`the load process ended with ${String(code)}`))),
    ])) as [{ figures?: Figures; error?: string }];
    if (!answer.figures) throw new Error(`${job.scenario}: ${String(answer.error)}`);
    return answer.figures;
  } finally {
    child.kill('SIGKILL');
  }
}
