import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { freePort } from '../support/server-process.js';

const START = fileURLToPath(new URL('../../demo-host/start.js', import.meta.url));
let data: string;
const started: ChildProcess[] = [];

before(async () => {
  data = await mkdtemp(path.join(tmpdir(), 'demo-start-'));
});
after(async () => {
  for (const child of started) if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  await rm(data, { recursive: true, force: true });
});

function startDemo(env: Record<string, string>): { child: ChildProcess; said: () => string } {
  const child = spawn(process.execPath, [START], {
    env: { PATH: process.env['PATH'] ?? '', PARLEY_DATA: data, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, as a terminal gives it: Ctrl-C reaches every process of it.
    detached: true,
  });
  started.push(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return { child, said: () => text };
}

async function whenSaid(demo: { child: ChildProcess; said: () => string }, words: RegExp): Promise<void> {
  while (!words.test(demo.said())) {
    if (demo.child.exitCode !== null) throw new Error(`it ended: ${demo.said()}`);
    const more = [demo.child.stdout, demo.child.stderr].flatMap((stream) => (stream ? [once(stream, 'data')] : []));
    await Promise.race([...more, once(demo.child, 'exit')]);
  }
}

for (const variable of ['PARLEY_DEMO_PORT', 'PARLEY_PORT']) {
  test(`a taken ${variable} is named, and the start ends with 1`, async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const address = holder.address();
    assert.ok(address !== null && typeof address === 'object');
    const ports = { PARLEY_PORT: String(await freePort()), PARLEY_DEMO_PORT: String(await freePort()), [variable]: String(address.port) };
    const { child, said } = startDemo(ports);
    const [code] = (await once(child, 'close')) as [number];
    holder.close();
    assert.equal(code, 1, said());
    assert.match(said(), new RegExp(`^Port ${String(address.port)} is in use by another program. Set ${variable} to a free one`));
  });
}

test('a port that is none is named', async () => {
  const { child, said } = startDemo({ PARLEY_PORT: 'chat' });
  const [code] = (await once(child, 'close')) as [number];
  assert.equal(code, 1);
  assert.equal(said(), 'PARLEY_PORT must be a port between 1 and 65535.\n');
});

test('it starts both servers, prints the address, keeps its key to itself, and Ctrl-C ends both', { timeout: 60_000 }, async () => {
  const [port, parleyPort] = [await freePort(), await freePort()];
  const demo = startDemo({ PARLEY_PORT: String(parleyPort), PARLEY_DEMO_PORT: String(port) });
  await whenSaid(demo, /Ctrl-C stops both/);
  assert.match(demo.said(), new RegExp(`http://localhost:${String(port)}/two`));
  assert.equal((await fetch(`http://127.0.0.1:${String(port)}/two`)).status, 200);
  assert.equal((await fetch(`http://127.0.0.1:${String(parleyPort)}/readyz`)).status, 200);
  assert.equal((await stat(path.join(data, 'demo-secret'))).mode & 0o777, 0o600);
  assert.ok(demo.child.pid !== undefined);
  process.kill(-demo.child.pid, 'SIGINT');
  const [code] = (await once(demo.child, 'close')) as [number];
  assert.equal(code, 0, demo.said());
  assert.doesNotMatch(demo.said(), /started again/);
  for (const gone of [port, parleyPort])
    await assert.rejects(fetch(`http://127.0.0.1:${String(gone)}/`), TypeError, 'nobody listens any more');
});
