import { once } from 'node:events';
import { connect } from 'node:net';
import { Machine, newFolder, steadyPort } from './machine.js';
import { ensureProgram, findProgram } from './packages.js';

/** A private Redis: loopback, a port of its own, nothing on disk. */
export interface RedisServer {
  readonly url: string;
  readonly port: number;
  readonly machine: Machine;
  /** Ends it and removes its folder. */
  close(): Promise<void>;
}

/** The path of redis-server. Debian installs the package when it is missing. */
function ensureRedis(): string {
  const find = (): string | null => findProgram(['redis-server', 'valkey-server'], ['/usr/bin', '/usr/local/bin']);
  return ensureProgram({ title: 'Redis', package: 'redis-server', find });
}

export async function startRedis(): Promise<RedisServer> {
  const command = ensureRedis();
  const port = await steadyPort();
  const folder = newFolder('redis');
  const machine = new Machine({
    name: 'redis',
    command,
    args: ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no', '--dir', folder],
    folder,
    quit: 'SIGTERM',
    answers: () => pings(port),
  });
  await machine.start();
  return { url: `redis://127.0.0.1:${String(port)}`, port, machine, close: () => machine.close() };
}

let own: Promise<RedisServer> | undefined;

/** The Redis that the suite started for all test files (PARLEY_TEST_REDIS_URL), or one that ends with this process. */
export async function sharedRedis(): Promise<string> {
  return process.env['PARLEY_TEST_REDIS_URL'] ?? (await (own ??= startRedis())).url;
}

async function pings(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    socket.write('PING\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    return answer.toString().startsWith('+PONG');
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
