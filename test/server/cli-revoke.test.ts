import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startNodes } from '../support/nodes.js';
import { Refusal, SECRET, TENANT, startServer } from '../support/server.js';

const CLI = fileURLToPath(new URL('../../server/cli.js', import.meta.url));
const order = ['user', 'revoke', '--tenant', TENANT, '--user', 'ann', '--by', 'operator one'];
const run = (args: string[], env: Record<string, string>) =>
  promisify(execFile)(process.execPath, [CLI, ...args], { env: { PATH: process.env['PATH'], PARLEY_SECRET: SECRET, ...env } });
const refused = (error: unknown) => error instanceof Refusal && error.code === 'UNAUTHENTICATED';

test('[attack 10] an operator revokes through the server that has the file', async (t) => {
  const server = await startServer();
  t.after(() => server.close());
  const token = await server.token('ann');
  const client = await server.connect('ann', { token });
  await run([...order, '--server', server.url], { PARLEY_DATA: server.directory });
  await client.disconnected();
  assert.deepEqual(client.received('session:ended'), [{ reason: 'revoked' }]);
  await assert.rejects(server.connect('ann', { token }), refused);
  const { records } = await server.server.storage.auditRecords(TENANT, { after: 0, limit: 10 });
  assert.deepEqual(records.at(-1)?.second, { kind: 'operator', id: 'operator one' });
});

test('[attack 10] an operator revokes in the database, and nodes that nobody told find it there', async (t) => {
  const cluster = await startNodes(2, { redis: null });
  t.after(() => cluster.close());
  const clients = [await cluster.connect(0, 'ann'), await cluster.connect(1, 'ann')];
  await run(order, { PARLEY_DATABASE_URL: cluster.databaseUrl });
  await Promise.all(clients.map((client) => client.disconnected()));
  const { records } = await cluster.at(0).server.storage.auditRecords(TENANT, { after: 0, limit: 10 });
  assert.deepEqual(records.at(-1)?.by, { kind: 'operator', id: 'operator one' });
});

test('[attack 10] while no server runs, what is revoked is refused when it runs again', async (t) => {
  const data = await mkdtemp(join(tmpdir(), 'parley-revoke-'));
  t.after(() => rm(data, { recursive: true, force: true }));
  const first = await startServer({ data });
  const token = await first.token('ann');
  await first.close();
  await run(order, { PARLEY_DATA: data });
  const second = await startServer({ data });
  t.after(() => second.close());
  await assert.rejects(second.connect('ann', { token }), refused);
});

test('[attack 10] where there is no store nobody is revoked, and none is made', async (t) => {
  const data = await mkdtemp(join(tmpdir(), 'parley-revoke-'));
  t.after(() => rm(data, { recursive: true, force: true }));
  await assert.rejects(run(order, { PARLEY_DATA: data }), { code: 1, stderr: /STORE_UNREACHABLE: There is no store/ });
  assert.deepEqual(await readdir(data), []);
});

test('parley user revoke says what it needs, and so does who types its former name', async () => {
  await assert.rejects(run(['user', 'revoke', '--tenant', TENANT], {}), { code: 2, stderr: '--user: needed\n--by: needed\n' });
  await assert.rejects(run(['revoke', '--tenant', TENANT], {}), { code: 2, stderr: /did you mean 'user revoke'/ });
});
