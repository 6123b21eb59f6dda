import assert from 'node:assert/strict';
import { copyFileSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createParley } from '#sdk';
import type { TimelineItem } from '#sdk';
import { openSqliteArchive } from '../../../server/storage/sqlite/index.js';
import { until } from '../../sdk/support/until.js';
import { startServer } from '../../support/server.js';
import type { TestClient } from '../../support/server.js';
import { eventually } from '../../support/eventually.js';
import { newFolder, parley } from './operator.js';

const BACKUPS = Number(process.env['PARLEY_TEST_BACKUPS'] ?? 6);
/** Messages a second, of all who write. */
const LOAD = 200;

/** Every hash of a store, by conversation. */
async function hashesOf(path: { file: string } | { directory: string }): Promise<Map<string, string[]>> {
  const archive = openSqliteArchive(path);
  const found = new Map<string, string[]>();
  for await (const log of archive.logs(null)) {
    const hashes: string[] = [];
    for await (const { hash } of archive.entries(log)) hashes.push(Buffer.from(hash).toString('hex'));
    found.set(log.conversation, hashes);
  }
  await archive.close();
  return found;
}

test(`[G20] ${BACKUPS} backups made while ${LOAD} messages a second come in: each restores to a true prefix of every conversation`, async (t) => {
  const data = newFolder();
  const server = await startServer({ data });
  t.after(() => server.close());
  const writers = await Promise.all(['ann', 'bob', 'cem', 'dan'].map((user) => server.connect(user)));
  const conversations = await Promise.all(
    writers.map((writer) => writer.startConversation(...['ann', 'bob', 'cem', 'dan'].filter((user) => user !== writer.user))),
  );
  const acknowledged = new Map(conversations.map((conversation) => [conversation, 1]));
  const load = { on: true, sent: 0 };
  const write = async (writer: TestClient, conversation: string) => {
    const started = performance.now();
    for (let sent = 0; load.on; sent += 1) {
      const due = started + (sent * 1_000 * writers.length) / LOAD;
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
      const { seq } = await writer.send(conversation, `message ${sent} of ${writer.user}`);
      load.sent += 1;
      acknowledged.set(conversation, Math.max(seq, acknowledged.get(conversation) ?? 0));
    }
  };
  const writing = writers.map((writer, index) => write(writer, conversations[index] ?? ''));
  const backups: { file: string; before: Map<string, number> }[] = [];
  for (let number = 0; number < BACKUPS; number += 1) {
    // However fast a backup is, it has something to lose.
    await eventually(() => (load.sent > number * 10 ? true : undefined), 'messages between two backups');
    const before = new Map(acknowledged);
    const file = join(newFolder(), 'backup.db');
    const { code, complaint } = await parley(data)('backup', file, '--by', 'Night shift');
    assert.equal(code, 0, complaint);
    backups.push({ file, before });
  }
  load.on = false;
  await Promise.all(writing);
  await server.close();

  const truth = await hashesOf({ directory: data });
  for (const { file, before } of backups) {
    const restored = newFolder();
    const { code, complaint } = await parley(restored)('restore', file, '--by', 'Eve', '--reason', 'the disk died');
    assert.equal(code, 0, complaint);
    const held = await hashesOf({ directory: restored });
    for (const [conversation, least] of before) {
      const hashes = held.get(conversation) ?? [];
      assert.ok(hashes.length >= least, `what was acknowledged before the backup is in it: ${hashes.length} of ${least}`);
      assert.deepEqual(hashes, truth.get(conversation)?.slice(0, hashes.length));
    }
  }
  const { records } = await recordsOf(data, '');
  assert.equal(records.filter((record) => record.includes('"act":"store:backed-up"') && record.includes('Night shift')).length, BACKUPS);
});

test('[G20] [SPEC S4] a store that was put back has another epoch: a client drops what is gone and says so, and the act is written down', async (t) => {
  const data = newFolder();
  let server = await startServer({ data });
  const { port } = server;
  const client = createParley({
    server: server.url,
    token: () => server.token('ann'),
    transports: ['websocket'],
    environment: { random: () => 0.05 },
  });
  t.after(async () => {
    client.dispose();
    await server.close();
  });
  const bob = await server.connect('bob');
  const session = await client.connect();
  const { id } = await session.startChat({ to: ['bob'], text: 'kept' });
  const timeline = session.timeline(id);
  const texts = (items: readonly TimelineItem[]) =>
    items.flatMap((item) => (item.type === 'entry' && item.entry.body.kind === 'message' ? [item.entry.body.text] : []));
  const shows = (...wanted: string[]) => until(timeline.items$, (items) => texts(items).join() === wanted.join());
  await shows('kept');
  const file = join(newFolder(), 'backup.db');
  assert.equal((await parley(data)('backup', file)).code, 0);
  await bob.send(id, 'gone');
  await shows('kept', 'gone');

  await assert.rejects(parley(data)('restore', file, '--by', 'Eve', '--reason', 'a trial', '--force'), /STORE_LOCKED|Another process uses/);
  await server.close();
  await until(client.connection$, ({ state }) => state === 'waiting');
  await assert.rejects(parley(data)('restore', file, '--by', 'Eve', '--reason', 'a trial'), /--force puts it aside/);
  const { code, lines } = await parley(data)('restore', file, '--by', 'Eve', '--reason', 'a trial', '--force');
  assert.equal(code, 0);
  assert.match(lines.join('\n'), /nobody knows what was erased since/, 'where no signed heads say it');
  assert.equal(readdirSync(data).filter((name) => /^parley\.db\.before-[^-]+-[^-]+-[^-]+Z$/.test(name)).length, 1);

  server = await startServer({ data, port });
  const ready = await until(client.connection$, (connection) => connection.state === 'ready');
  assert.equal(ready.restored, true);
  await shows('kept');
  const { records } = await recordsOf(data, '');
  const last = JSON.parse(records.at(-1) ?? '{}') as { act: string; by: object; reason: string; facts: { epoch: string } };
  assert.deepEqual([last.act, last.by, last.reason], ['store:restored', { kind: 'operator', id: 'Eve' }, 'a trial']);
  assert.equal(last.facts.epoch, server.server.storage.epoch);
});

test('[G20] [G21] what is no whole backup is not put in place, and nothing is overwritten', async () => {
  const data = newFolder();
  const server = await startServer({ data });
  const ann = await server.connect('ann');
  await server.connect('bob');
  const conversation = await ann.startConversation('bob');
  await ann.send(conversation, 'a text that stands in a page');
  const file = join(newFolder(), 'backup.db');
  assert.equal((await parley(data)('backup', file)).code, 0);
  await assert.rejects(parley(data)('backup', file), /exists; a backup overwrites nothing/);
  await server.close();

  const target = newFolder();
  const damaged = join(newFolder(), 'damaged.db');
  const bytes = readFileSync(file);
  bytes.write('another text', bytes.indexOf('a text that stands'));
  writeFileSync(damaged, bytes);
  const refused = await parley(target)('restore', damaged, '--by', 'Eve', '--reason', 'a trial');
  assert.equal(refused.code, 1);
  assert.match(refused.complaint ?? '', /has 1 damaged log; nothing was changed/);
  const half = join(newFolder(), 'half.db');
  writeFileSync(half, readFileSync(file).subarray(0, 40_000));
  await assert.rejects(parley(target)('restore', half, '--by', 'Eve', '--reason', 'a trial'), /STORE_DAMAGED|is damaged/);
  assert.equal(existsSync(join(target, 'parley.db')), false);
  await assert.rejects(parley(target)('restore', file), /--by: needed\s+--reason: needed/);
  await assert.rejects(parley(target)('restore'), /say which backup/);
  copyFileSync(file, join(target, 'parley.db'));
  assert.equal((await parley(target)('verify')).code, 0, 'a backup is a store');
});

async function recordsOf(directory: string, tenant: string): Promise<{ records: string[] }> {
  const archive = openSqliteArchive({ directory });
  const records: string[] = [];
  for (const audit of await archive.audits(tenant)) for await (const { record } of archive.records(audit)) records.push(record);
  await archive.close();
  return { records };
}
