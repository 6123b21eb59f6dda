import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { mintToken } from '../../server/index.js';
import { SECRET, TENANT, TestClient } from '../support/server.js';

const path = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const [CLI, LOSING, EMBEDDED] = [path('../../server/cli.js'), path('./lost-threads.js'), path('./embedding-program.js')];

async function start(t: { after(undo: () => Promise<void>): void }, program: string, ...args: string[]) {
  const data = await mkdtemp(join(tmpdir(), 'parley-lost-'));
  const env = {
    PATH: process.env['PATH'],
    PARLEY_SECRET: SECRET,
    PARLEY_DATA: data,
    PARLEY_PORT: '0',
    PARLEY_NATIVE_CLIENTS: 'true',
    PARLEY_LOG_LEVEL: 'silent',
  };
  const child = spawn(process.execPath, ['--import', LOSING, program, ...args], { env });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
  const ended = once(child, 'close') as Promise<[number | null]>;
  t.after(async () => {
    child.kill('SIGKILL');
    await ended;
    await rm(data, { recursive: true });
  });
  while (!/ on \S+\n/.test(said.out))
    await Promise.race([once(child.stdout, 'data'), ended.then(() => Promise.reject(new Error(said.err)))]);
  return { child, said, ended, url: / on (\S+)\n/.exec(said.out)?.[1] ?? '' };
}

test('[X6] parley serve that lost its store for good says so and ends with 1, for its supervisor', async (t) => {
  const { child, said, ended, url } = await start(t, CLI, 'serve');
  const alice = new TestClient(url, 'alice', await mintToken({ secret: SECRET, sub: 'alice', tenant: TENANT, name: 'Alice' }));
  t.after(() => alice.close());
  await alice.ready();
  child.kill('SIGUSR2');
  assert.deepEqual(await ended, [1, null]);
  assert.match(said.err, /^parley: The store is lost \(the writer thread ended: exit 1\).*\n$/);
  assert.deepEqual(await alice.event('session:ended'), { reason: 'shutdown' });
});

test('[X6] an embedding program is told that the store is lost, and /healthz fails; the process is its own', async (t) => {
  const { child, said, url } = await start(t, EMBEDDED);
  assert.equal((await fetch(`${url}/healthz`)).status, 200);
  child.kill('SIGUSR2');
  while (!said.out.includes('told')) await once(child.stdout, 'data');
  assert.equal((await fetch(`${url}/healthz`)).status, 503);
  assert.equal((await fetch(`${url}/readyz`)).status, 503);
  assert.match(said.out, /told once: The store is lost/);
});
