import assert from 'node:assert/strict';
import { cpSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { openSqliteStorage } from '../../../server/storage/sqlite/index.js';
import { Soundness } from '../../../server/storage/sqlite/soundness.js';
import { eventually } from '../../support/eventually.js';
import { signUp, startGroup } from './builders.js';
import { newFile, storeError } from './stores.js';

interface Note {
  boot: string | null;
  starts: number;
  left?: { size: string; written: string };
}

const noteOf = (file: string): Note => JSON.parse(readFileSync(`${file}.sound`, 'utf8')) as Note;
const forge = (file: string, change: Partial<Note>): void => writeFileSync(`${file}.sound`, JSON.stringify({ ...noteOf(file), ...change }));

/** Opens and closes; says whether the whole file was checked before anybody was let in. */
async function opening(file: string): Promise<boolean> {
  let checked: unknown;
  const storage = await openSqliteStorage({ file, log: (event, facts) => event === 'store opened' && (checked = facts['checked']) });
  await storage.close();
  return checked === true;
}

async function made(): Promise<string> {
  const file = newFile();
  const storage = await openSqliteStorage({ file });
  await signUp(storage, ['ann', 'bob', ...Array.from({ length: 300 }, (_, number) => `user-${number}`)]);
  await startGroup(storage, 'ann', ['bob']);
  await storage.close();
  return file;
}

/** A page of the directory, which no start looks at; the file is left as if nobody had been there. */
function damage(file: string): void {
  const bytes = readFileSync(file);
  const page = Math.floor(bytes.indexOf('user-150') / 4096) * 4096;
  bytes.fill(0xa5, page, page + 600);
  writeFileSync(file, bytes);
  const { size, mtimeNs } = statSync(file, { bigint: true });
  forge(file, { left: { size: String(size), written: String(mtimeNs) } });
}

describe('what is known of a database file before it is read', () => {
  test('[G21] one that was left in order, and that nobody touched since, is not read at the start', async () => {
    const file = await made();
    assert.equal(await opening(file), false);
    assert.equal(await opening(file), false);
  });

  test('[G21] in any doubt it is read first, and known again afterwards', async () => {
    const file = await made();
    const doubts: [what: string, doubt: () => void][] = [
      ['it was written to', () => utimesSync(file, new Date(), new Date())],
      ['another file of the same bytes is in its place', () => (cpSync(file, `${file}.copy`), renameSync(`${file}.copy`, file))],
      ['a log of writes lies beside it', () => writeFileSync(`${file}-wal`, 'not written by this engine')],
      ['nothing is known', () => new Soundness(file).doubted()],
      ['what is known cannot be read', () => writeFileSync(`${file}.sound`, '{"starts":')],
      ['no start has lived to see the end of the check', () => forge(file, { starts: 10 })],
    ];
    for (const [what, doubt] of doubts) {
      doubt();
      assert.equal(await opening(file), true, what);
    }
    assert.equal(await opening(file), false);
  });

  test(
    '[G21] one whose process was killed is known as long as the machine has not fallen over',
    { skip: process.platform !== 'linux' },
    async () => {
      const file = await made();
      const soundness = new Soundness(file);
      soundness.opened(true);
      assert.equal(soundness.holds, true);
      forge(file, { boot: 'another run' });
      assert.equal(soundness.holds, false);
      forge(file, { boot: null });
      assert.equal(soundness.holds, false);
    },
  );

  test('[G21] it is checked soon after the start, and that counts', async () => {
    const file = await made();
    await opening(file);
    assert.equal(noteOf(file).starts, 1);
    const storage = await openSqliteStorage({ file });
    assert.equal(noteOf(file).starts, 2);
    await eventually(() => (noteOf(file).starts === 0 ? true : undefined), 'the check');
    await storage.close();
    assert.equal(noteOf(file).starts, 0);
  });

  test('[G21] a damage that comes to light then ends the store, and every start from then on is refused', async () => {
    const file = await made();
    damage(file);
    const told: string[] = [];
    const { promise: lost, resolve: onLost } = Promise.withResolvers<string>();
    const storage = await openSqliteStorage({ file, onLost, log: (event) => void told.push(event) });
    assert.match(await lost, /parley\.db is damaged\. Restore a backup/);
    assert.deepEqual(told, ['store opened', 'store is damaged']);
    await assert.rejects(storage.heads('demo', 'ann', 1), { code: 'UNAVAILABLE' });
    await storage.close();
    for (let start = 0; start < 2; start += 1) await assert.rejects(openSqliteStorage({ file }), storeError('STORE_DAMAGED'));
  });

  test('[G21] one that was put back is read at once, and refused at every start while it is damaged', async () => {
    const file = await made();
    damage(file);
    // As after a kill: what its last end left is not known.
    new Soundness(file).opened(true);
    rmSync(`${file}.witness`);
    for (let start = 0; start < 2; start += 1) await assert.rejects(openSqliteStorage({ file }), storeError('STORE_DAMAGED'));
  });

  test('[G21] a folder that was copied is checked at its new place', async () => {
    const file = await made();
    const copy = join(dirname(newFile()), 'parley.db');
    cpSync(dirname(file), dirname(copy), { recursive: true, preserveTimestamps: true });
    damage(copy);
    await assert.rejects(openSqliteStorage({ file: copy }), storeError('STORE_DAMAGED'));
  });
});
