import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  copyFileSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { verifyArchive } from '../../../server/archive/verify-archive.js';
import { AUDIT_ACTS } from '../../../server/storage/audit-storage.js';
import { StoreError, openSqliteArchive, openSqliteStorage } from '../../../server/storage/sqlite/index.js';
import type { Storage } from '../../../server/storage/storage.js';
import { eventually } from '../../support/eventually.js';
import { seededRandom } from '../../support/random.js';
import type { Random } from '../../support/random.js';
import { startServer } from '../../support/server.js';
import { TENANT, readAll, say, signUp, startGroup } from '../storage/builders.js';
import { newFolder } from './operator.js';

const FLIPS = Number(process.env['PARLEY_TEST_FLIPS'] ?? 20);
const KILLS = Number(process.env['PARLEY_TEST_KILLS'] ?? 2);
const SEED = Number(process.env['PARLEY_TEST_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const WRITER = fileURLToPath(new URL('../storage/killed-writer.js', import.meta.url));

/** Another value for one byte of a file; says where. */
function flip(file: string, random: Random): string {
  const at = random.below(statSync(file).size);
  const handle = openSync(file, 'r+');
  const byte = Buffer.alloc(1);
  readSync(handle, byte, 0, 1, at);
  byte[0] = (byte[0] ?? 0) ^ (1 + random.below(255));
  writeSync(handle, byte, 0, 1, at);
  closeSync(handle);
  return `byte ${at}`;
}

test(`[G21] ${FLIPS} damaged bytes: the start is refused with a code, a check finds them, or what is served is right (seed ${SEED})`, async () => {
  const original = newFolder();
  const made = await openSqliteStorage({ directory: original });
  await signUp(made, ['ann', 'bob']);
  const conversations: string[] = [];
  for (let number = 0; number < 4; number += 1) conversations.push(await startGroup(made, 'ann', ['bob']));
  for (let number = 0; number < 60; number += 1)
    for (const conversation of conversations) await say(made, conversation, 'ann', `text ${number} ${'x'.repeat(number * 4)}`);
  await made.audit(TENANT, { act: AUDIT_ACTS.userRevoked, by: { kind: 'host', id: 'key' }, subject: { user: 'cem' } });
  await made.close();
  const readEverything = async (storage: Storage) => ({
    logs: await Promise.all(conversations.map((conversation) => readAll(storage, conversation, 'ann'))),
    records: (await storage.auditRecords(TENANT, { after: 0, limit: 10 })).records,
  });
  const whole = await openSqliteStorage({ directory: original });
  const truth = await readEverything(whole);
  await whole.close();

  const random = seededRandom(SEED);
  const counts = { refused: 0, found: 0, harmless: 0 };
  for (let run = 0; run < FLIPS; run += 1) {
    const directory = newFolder();
    const file = join(directory, 'parley.db');
    copyFileSync(join(original, 'parley.db'), file);
    const where = run % 5 === 4 ? truncated(file, random) : flip(file, random);
    let storage: Storage;
    try {
      storage = await openSqliteStorage({ directory });
    } catch (error) {
      assert.ok(error instanceof StoreError, `seed ${SEED}, run ${run}, ${where}: ${String(error)}`);
      counts.refused += 1;
      continue;
    }
    const [served, damages] = await Promise.all([readEverything(storage).catch((error: unknown) => String(error)), storage.verify()]);
    await storage.close();
    if (damages.length > 0) counts.found += 1;
    else {
      assert.deepEqual(served, truth, `seed ${SEED}, run ${run}, ${where}: something else was served and nobody was told`);
      counts.harmless += 1;
    }
  }
  assert.equal(counts.refused + counts.found + counts.harmless, FLIPS);
  assert.ok(counts.refused > 0 && counts.found > 0, JSON.stringify(counts));
});

function truncated(file: string, random: Random): string {
  const size = random.below(statSync(file).size);
  truncateSync(file, size);
  return `cut to ${size}`;
}

test('[G21] a schema with one wrong letter is refused with a code', async () => {
  const directory = newFolder();
  await (await openSqliteStorage({ directory })).close();
  const db = new DatabaseSync(join(directory, 'parley.db'), { defensive: false });
  db.exec(`PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'inviter', 'inwiter') WHERE name = 'invitations'`);
  db.close();
  await assert.rejects(openSqliteStorage({ directory }), { code: 'STORE_DAMAGED', message: /inviter.*Restore a backup/ });
});

test(`[G21] ${KILLS} damaged write-ahead logs of a server that was killed: what is missing then is told (seed ${SEED})`, async () => {
  const random = seededRandom(SEED);
  for (let run = 0; run < KILLS; run += 1) {
    const directory = newFolder();
    mkdirSync(directory, { recursive: true });
    const file = join(directory, 'parley.db');
    const first = await openSqliteStorage({ file });
    await signUp(first, ['ann', 'bob']);
    const conversation = await startGroup(first, 'ann', ['bob']);
    await first.close();
    const child = spawn(process.execPath, [WRITER, file, conversation], { stdio: ['ignore', 'pipe', 'inherit'] });
    const lines = createInterface({ input: child.stdout });
    const ended = once(lines, 'close');
    lines.resume();
    const noted = (): number => Number((JSON.parse(readFileSync(`${file}.witness`, 'utf8')) as { entry: number }).entry);
    const started = noted();
    // Until the witness has noted how far the store has come.
    await eventually(() => (noted() > started + 2 ? true : undefined), 'the witness', 60_000);
    child.kill('SIGKILL');
    await ended;
    const witnessed = noted();
    const where = flip(`${file}-wal`, random);
    const told: string[] = [];
    let storage: Storage;
    try {
      storage = await openSqliteStorage({ file, log: (event) => void told.push(event) });
    } catch (error) {
      assert.ok(error instanceof StoreError, `seed ${SEED}, run ${run}, ${where}: ${String(error)}`);
      continue;
    }
    const kept = (await readAll(storage, conversation, 'ann')).length;
    const damages = await storage.verify();
    await storage.close();
    const silent = damages.length === 0 && !told.includes('store was restored: new epoch');
    // The last second of a server that was killed has no witness but the signed heads.
    assert.ok(!silent || kept >= witnessed, `seed ${SEED}, run ${run}, ${where}: ${kept} of ${witnessed} and nobody was told`);
  }
});

test('[G21] what nobody can see at the start is found while the server runs: metrics and log say where', async (t) => {
  const data = newFolder();
  const found: Record<string, unknown>[] = [];
  const logger = { fatal() {}, warn() {}, info() {}, debug() {}, error: (facts: unknown) => void found.push({ ...(facts as object) }) };
  const settings = { data, timings: { verifyFirst: 50, verifyRest: 0 } };
  const server = await startServer(settings);
  const ann = await server.connect('ann');
  await server.connect('bob');
  const conversation = await ann.startConversation('bob');
  await ann.send(conversation, 'a text that stands in a page');
  await server.close();
  const file = join(data, 'parley.db');
  const bytes = readFileSync(file);
  bytes.write('another text', bytes.indexOf('a text that stands'));
  writeFileSync(file, bytes);

  const again = await startServer({ ...settings, parts: { logger } });
  t.after(() => again.close());
  const damage = await eventually(() => found[0], 'the check');
  assert.deepEqual(damage, { tenant: 'demo', conversation, seq: 2, what: 'changed' });
  const metrics = await (await fetch(`${again.url}/metrics`)).text();
  assert.match(metrics, /^parley_verify_damages 1$/m);
  assert.match(metrics, /^parley_verify_passes_total\{result="damaged"\} 1$/m);
  assert.match(metrics, /^parley_verify_last_timestamp_seconds \d+/m);
  assert.ok(!JSON.stringify(found).includes('text'));
});

test('[G21] a check of everything slows nobody: it rests, in a thread of its own', async () => {
  const directory = newFolder();
  const storage = await openSqliteStorage({ directory });
  await signUp(storage, ['ann', 'bob']);
  const conversation = await startGroup(storage, 'ann', ['bob']);
  await Promise.all(Array.from({ length: 1_200 }, (_, number) => say(storage, conversation, 'ann', `text ${number}`)));
  const state = { done: false };
  const started = performance.now();
  const check = storage.verify({ rest: 200 }).then((damages) => {
    state.done = true;
    return damages;
  });
  let reads = 0;
  while (!state.done) {
    await storage.heads(TENANT, 'ann', 10);
    reads += 1;
  }
  assert.deepEqual(await check, []);
  assert.ok(performance.now() - started >= 400, 'it rested twice');
  assert.ok(reads > 20, `${reads} reads meanwhile`);
  const cut = storage.verify({ rest: 60_000 }).catch((error: unknown) => error);
  await storage.close();
  assert.match(String(await cut), /ParleyError|unavailable/i, 'a store that closes waits for no check');
  const archive = openSqliteArchive({ directory });
  assert.deepEqual((await verifyArchive(archive)).damages, []);
  await archive.close();
});
