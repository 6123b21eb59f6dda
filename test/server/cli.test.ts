import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { io } from 'socket.io-client';
import { v7 } from 'uuid';
import { mintToken } from '../../server/index.js';
import { SECRET, TestClient, startServer } from '../support/server.js';
import { tamper } from './storage/stores.js';

const CLI = fileURLToPath(new URL('../../server/cli.js', import.meta.url));
const environment = (extra: Record<string, string> = {}) => ({ PATH: process.env['PATH'], PARLEY_SECRET: SECRET, ...extra });

async function run(
  args: string[],
  env: Record<string, string | undefined> = environment(),
): Promise<{ code: number; out: string; err: string }> {
  const child = spawn(process.execPath, [CLI, ...args], { env });
  let out = '';
  let err = '';
  child.stdout.on('data', (data: Buffer) => (out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (err += data.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, out, err };
}

test('parley --help and --version; what it is asked wrongly ends with 2', async () => {
  assert.match((await run(['--help'])).out, /parley <command>/);
  assert.match((await run(['--version'])).out, /^parley \d+\.\d+/);
  for (const [args, env, says] of [
    [['dance'], environment(), /no command 'dance'/],
    [['serve', '--prot', '1'], environment(), /--prot: unknown; did you mean --port/],
    [['serve'], environment({ PARLEY_PORT: 'x' }), /PARLEY_PORT/],
    [['serve'], { PATH: process.env['PATH'] }, /PARLEY_SECRET/],
    [['token', '--sub', 'alice'], environment(), /--tenant: needed/],
    [['token', '--sub', 'a', '--tenant', 'demo', '--name', 'A', '--ttl', '9999'], environment(), /PARLEY_TOKEN_LIFETIME/],
  ] as const) {
    const { code, err } = await run([...args], env);
    assert.equal(code, 2, args.join(' '));
    assert.match(err, says);
    assert.ok(!err.includes(SECRET));
  }
  assert.match((await run(['config', 'print'])).out, /^PARLEY_SECRET=\*+ /m);
});

test('a taken port ends the start with a message that names PARLEY_PORT', async (t) => {
  const data = await mkdtemp(join(tmpdir(), 'parley-cli-'));
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  t.after(async () => {
    holder.close();
    await rm(data, { recursive: true });
  });
  const { port } = holder.address() as { port: number };
  const { code, err } = await run(['serve', '--port', String(port), '--data', data, '--log-level', 'silent']);
  assert.equal(code, 2);
  assert.match(err, new RegExp(`PARLEY_PORT: port ${port} .* is taken`));
});

test('[attack 75] a whole life of the server: its log is JSON lines without text, tokens, names or control characters, and SIGTERM ends it with 0', async (t) => {
  const data = await mkdtemp(join(tmpdir(), 'parley-cli-'));
  t.after(() => rm(data, { recursive: true }));
  const env = environment({ PARLEY_DATA: data, PARLEY_PORT: '0', PARLEY_NATIVE_CLIENTS: 'true', PARLEY_LOG_LEVEL: 'trace' });
  const child = spawn(process.execPath, [CLI, 'serve'], { env });
  let out = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const exited = once(child, 'close') as Promise<[number]>;
  while (!/Parley serves on (\S+)/.test(out))
    await Promise.race([once(child.stdout, 'data'), exited.then(() => Promise.reject(new Error(errors)))]);
  const url = /Parley serves on (\S+)/.exec(out)?.[1] ?? '';

  const printed = (await run(['token', '--sub', 'alice', '--tenant', 'demo', '--name', 'Alice Canary-Name'])).out.trim();
  const other = await mintToken({ secret: SECRET, sub: 'bob\u00a1', tenant: 'demo', name: 'Canary-Name \\u001b[31m' });
  const alice = new TestClient(url, 'alice', printed);
  const bob = new TestClient(url, 'bob\u00a1', other);
  await Promise.all([alice.ready(), bob.ready()]);
  const conversation = await alice.startConversation('bob\u00a1');
  await alice.send(conversation, 'canary-text-of-a-message', v7());
  await alice.answer('message:send', { as: 'alice', text: 'canary-text-of-a-message' });
  await alice.answer('session:refresh', { as: 'alice', token: other });
  const evil = io(url, { auth: { token: 'canary-token\n\u001b[31m' }, forceNew: true, reconnection: false });
  await new Promise((resolve) => evil.once('connect_error', resolve));
  evil.disconnect();
  child.kill('SIGTERM');
  const [code] = await exited;
  assert.equal(code, 0, errors);
  assert.equal(errors, '');

  const lines = out.split('\n').filter((line) => line !== '' && !line.startsWith('Parley serves'));
  assert.ok(lines.some((line) => line.includes('foreign-refresh')));
  for (const line of lines) assert.equal(typeof JSON.parse(line), 'object');
  for (const canary of [printed, other, 'canary', 'Canary', SECRET]) assert.ok(!out.includes(canary), canary);
  assert.ok(
    [...out].every((char) => char === '\n' || !/\p{Cc}/u.test(char)),
    'no control character',
  );

  const verified = await run(['verify', '--data', data], { PATH: process.env['PATH'] });
  assert.deepEqual(verified, { code: 0, out: 'Every entry fits its chain.\n', err: '' });
});

test('[G21] parley verify reads what is there, beside a running server, and makes nothing', async (t) => {
  const root = await mkdtemp(join(tmpdir(), 'parley-cli-'));
  const server = await startServer({ data: join(root, 'data') });
  t.after(async () => {
    await server.close();
    await rm(root, { recursive: true });
  });
  const verify = (folder: string) => run(['verify', '--data', join(root, folder)], { PATH: process.env['PATH'] });
  const [alice] = await Promise.all([server.connect('alice'), server.connect('bob')]);
  const conversation = await alice.startConversation('bob');
  await alice.send(conversation, 'kept');
  assert.deepEqual(await verify('data'), { code: 0, out: 'Every entry fits its chain.\n', err: '' });

  const mistyped = await verify('dta');
  assert.equal(mistyped.code, 1);
  assert.match(mistyped.err, /dta.parley\.db does not exist/);
  assert.deepEqual(await readdir(root), ['data']);

  await mkdir(join(root, 'notes'));
  await writeFile(join(root, 'notes', 'parley.db'), 'no database at all, however long it may be '.repeat(50));
  const foreign = await verify('notes');
  assert.equal(foreign.code, 1);
  assert.match(foreign.err, /notes.parley\.db is damaged/);

  await server.server.close();
  tamper(join(root, 'data', 'parley.db'), 'DROP TRIGGER entries_never_change', "UPDATE entries SET author = 'bob' WHERE seq = 2");
  const damaged = await verify('data');
  assert.equal(damaged.code, 1);
  assert.match(damaged.out, new RegExp(`^demo ${conversation} entry 2: `));
});
