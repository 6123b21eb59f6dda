import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import type { WebSocket } from 'ws';
import { eventually } from '../support/eventually.js';
import { findProgram } from '../support/packages.js';
import { TestClient } from '../support/server.js';
import { freePort, newSecret, signToken, startServerProcess, type ServerProcess } from '../support/server-process.js';
import type { Figure } from './budget.js';
import { ALLOCATED, SYSTEM_CALLS } from './process-budgets.js';

const PROBE = new URL('./heap-probe.js', import.meta.url).href;
/** MB: more than a measurement allocates, so that nothing of it is collected. */
const YOUNG_GENERATION = 128;
/** Messages until the code that runs is the code that goes on to run. */
const WARM = 2_000;
const MEASURED = 500;
/** A collection may come all the same, when nothing has happened for a while. */
const ATTEMPTS = 4;

/** Two people at a server of their own. */
interface Pair {
  anna: TestClient;
  omar: TestClient;
  conversation: string;
}

/** Bytes that the event loop allocates for one message, in steady state. */
export async function allocationFigures(): Promise<Figure[]> {
  const size = String(YOUNG_GENERATION);
  const nodeArguments = ['--import', PROBE, `--max-semi-space-size=${size}`, `--min-semi-space-size=${size}`, '--trace-gc'];
  return withServer({ nodeArguments }, async (server, pair) => {
    for (let sent = 0; sent < WARM; sent += 50) await sendTogether(pair, 50);
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const before = await heapOf(server, 2 * attempt - 1);
      const collected = collections(server);
      await sendOneByOne(pair, MEASURED);
      const after = await heapOf(server, 2 * attempt);
      if (collections(server) === collected) return [{ ...ALLOCATED, measured: Math.round((after - before) / MEASURED) }];
    }
    throw new Error('something was collected whenever allocations were counted');
  });
}

/** What messages cost the machine: none where there is no strace, which is said. */
export async function systemCallFigures(): Promise<Figure[]> {
  const strace = findProgram(['strace']);
  if (strace === null) {
    console.log('NOT COUNTED: flushes of the disk and writes, for want of strace');
    return [];
  }
  const folder = mkdtempSync(join(tmpdir(), 'parley-budgets-'));
  const log = join(folder, 'calls');
  const traced = 'fsync,fdatasync,pwrite64,write,writev,sendmsg,sendto';
  const wrapper = [strace, '-D', '-f', '-qq', '-y', '-s', '0', '-e', 'signal=none', '-e', `trace=${traced}`, '-o', log];
  const count = (call: RegExp): number =>
    readFileSync(log, 'utf8')
      .split('\n')
      .filter((line) => call.test(line)).length;
  const during = async (call: RegExp, work: () => Promise<unknown>): Promise<number> => {
    const before = count(call);
    await work();
    return count(call) - before;
  };
  try {
    return await withServer({ wrapper }, async (server, pair) => {
      await sendOneByOne(pair, 10);
      const sends = /\b(?:write|writev|sendmsg|sendto)\(\d+<(?:TCP|socket):/;
      const writes = /\bpwrite64\(\d+<[^>]*-wal>/;
      return [
        {
          ...SYSTEM_CALLS.flushes,
          measured: await during(/\b(?:fsync|fdatasync)\(\d+<[^>]*-wal>/, () => sendInOneTurn(server, pair, 100)),
        },
        { ...SYSTEM_CALLS.sends, measured: await during(sends, () => sendOneByOne(pair, 100)) },
        { ...SYSTEM_CALLS.writes, measured: await during(writes, () => sendOneByOne(pair, 100)) },
      ];
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Options {
  nodeArguments?: readonly string[];
  wrapper?: readonly string[];
}

async function withServer<T>(options: Options, work: (server: ServerProcess, pair: Pair) => Promise<T>): Promise<T> {
  const data = mkdtempSync(join(tmpdir(), 'parley-budgets-'));
  const secret = newSecret();
  const server = await startServerProcess({ data, secret, port: await freePort(), readyWithin: 60_000, ...options });
  const clients: TestClient[] = [];
  try {
    const connect = async (user: string): Promise<TestClient> => {
      const client = new TestClient(server.url, user, await signToken(secret, user));
      clients.push(client);
      await client.ready();
      return client;
    };
    const [omar, anna] = [await connect('omar'), await connect('anna')];
    return await work(server, { anna, omar, conversation: await anna.startConversation('omar') });
  } finally {
    for (const client of clients) client.close();
    await server.stop('SIGTERM');
    rmSync(data, { recursive: true, force: true });
  }
}

const line = (): string => `Message ${v7()} to be read before noon.`;

async function sendTogether({ anna, omar, conversation }: Pair, count: number): Promise<void> {
  const before = omar.received('entry:added').length;
  await Promise.all(Array.from({ length: count }, () => anna.send(conversation, line())));
  await omar.until(() => omar.received('entry:added').length >= before + count, 'the messages');
}

/** All of them are there when the server reads on, so that it reads them in one turn of its event loop. */
async function sendInOneTurn(server: ServerProcess, pair: Pair, count: number): Promise<void> {
  process.kill(server.pid, 'SIGSTOP');
  const sent = sendTogether(pair, count);
  const { transport } = pair.anna.socket.io.engine as unknown as { transport: { ws: WebSocket } };
  await eventually(() => transport.ws.bufferedAmount === 0 || undefined, 'the end of what is sent');
  process.kill(server.pid, 'SIGCONT');
  await sent;
}

async function sendOneByOne(pair: Pair, count: number): Promise<void> {
  for (let sent = 0; sent < count; sent += 1) await sendTogether(pair, 1);
}

async function heapOf(server: ServerProcess, time: number): Promise<number> {
  process.kill(server.pid, 'SIGUSR2');
  const said = new RegExp(String.raw`heap ${time}: (\d+)`);
  return eventually(
    () => {
      const found = said.exec(server.output())?.[1];
      return found === undefined ? undefined : Number(found);
    },
    'the size of the heap',
    30_000,
  );
}

function collections(server: ServerProcess): number {
  return server.output().match(/(?:Scavenge|Mark-Compact)/g)?.length ?? 0;
}
