import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { SignJWT } from 'jose';

/** The compiled command line of the server: what operators run. */
export const SERVER_CLI = fileURLToPath(new URL('../../server/cli.js', import.meta.url));

/** Limits so high that only their cost is felt: the load comes from few users, and far faster than people write. */
const UNLIMITED = Object.fromEntries(
  ['RATE_MESSAGES', 'RATE_SEARCHES', 'RATE_HISTORIES', 'RATE_READS', 'RATE_SIGNALS', 'RATE_REFUSALS', 'PENDING_CONNECTIONS'].map((name) => [
    `PARLEY_${name}`,
    '1000000',
  ]),
);

export interface ServerProcessOptions {
  /** Folder of the database. */
  data: string;
  /** Port to listen on; the same one again after a restart, so that clients find it. */
  port: number;
  secret: string;
  env?: Record<string, string>;
  /** Arguments for Node itself, such as `--cpu-prof` or `--import`. */
  nodeArguments?: readonly string[];
  /** Another program that runs Node, with its arguments. It must leave its own process to Node, as `strace -D` does. */
  wrapper?: readonly string[];
  /** Milliseconds until it must be ready. */
  readyWithin?: number;
}

/** The real server as a process of its own, so that it can be killed. */
export interface ServerProcess {
  readonly pid: number;
  readonly url: string;
  readonly output: () => string;
  /** Sends the signal and resolves once the process is gone. */
  stop(signal: NodeJS.Signals): Promise<void>;
}

/** The server ended before it was ready: what it said is part of the message. */
export class ServerRefusedToStart extends Error {
  constructor(output: string) {
    super(`the server refused to start:\n${output}`);
    this.name = 'ServerRefusedToStart';
  }
}

export function newSecret(): string {
  return randomBytes(32).toString('hex');
}

/** Our own environment without Parley's settings: a run must not depend on what happens to be set around it. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PARLEY_')));
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** A token as a host's back end would sign it. */
export async function signToken(secret: string, sub: string, claims: Record<string, unknown> = {}): Promise<string> {
  return new SignJWT({ tenant: 'test', name: sub, initiate: true, ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(sub)
    .setAudience('parley')
    .setIssuedAt()
    .setExpirationTime('14m')
    .sign(new TextEncoder().encode(secret));
}

export async function startServerProcess(options: ServerProcessOptions): Promise<ServerProcess> {
  const [program = process.execPath, ...before] = [...(options.wrapper ?? []), process.execPath];
  const child = spawn(program, [...before, ...(options.nodeArguments ?? []), SERVER_CLI, 'serve'], {
    env: {
      ...plainEnvironment(),
      ...UNLIMITED,
      PARLEY_HOST: '127.0.0.1',
      PARLEY_PORT: String(options.port),
      PARLEY_DATA: options.data,
      PARLEY_SECRET: options.secret,
      PARLEY_NATIVE_CLIENTS: 'true',
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-20_000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const url = `http://127.0.0.1:${String(options.port)}`;
  await untilReady(child, `${url}/readyz`, options.readyWithin ?? 20_000, () => output);
  return {
    pid: child.pid ?? 0,
    url,
    output: () => output,
    async stop(signal) {
      if (hasEnded(child)) return;
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
    },
  };
}

async function untilReady(child: ChildProcess, address: string, within: number, output: () => string): Promise<void> {
  const deadline = performance.now() + within;
  for (;;) {
    if (hasEnded(child)) throw new ServerRefusedToStart(output());
    const answered = await fetch(address).then(
      (response) => response.ok,
      () => false,
    );
    if (answered) return;
    if (performance.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`the server was not ready within ${String(within)} ms:\n${output()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
