import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Storage } from '../../../server/storage/storage.js';
import { readAll, say, signUp, startGroup } from './builders.js';
import { newFile, openStore } from './stores.js';

const WRITER = fileURLToPath(new URL('./killed-writer.js', import.meta.url));

/** A store with a conversation in it, closed. */
async function writtenStore(): Promise<{ file: string; group: string; epoch: string }> {
  const file = newFile();
  const storage = await openStore(file);
  await signUp(storage, ['ann', 'bob']);
  const group = await startGroup(storage, 'ann', ['bob']);
  await storage.close();
  return { file, group, epoch: storage.epoch };
}

async function reopened(file: string, work: (storage: Storage) => Promise<unknown> = async () => undefined): Promise<string> {
  const storage = await openStore(file);
  await work(storage);
  await storage.close();
  return storage.epoch;
}

describe('[SPEC S4] a backup that was put back', () => {
  const ways: Record<string, (backup: string, folder: string) => void> = {
    'the folder removed and copied back': (backup, folder) => {
      rmSync(folder, { recursive: true });
      cpSync(backup, folder, { recursive: true, preserveTimestamps: true });
    },
    'every file copied over the one that is there': (backup, folder) => cpSync(backup, folder, { recursive: true }),
    'the folder moved into place': (backup, folder) => {
      rmSync(folder, { recursive: true });
      renameSync(backup, folder);
    },
    'the database alone, copied over the one that is there': (backup, folder) =>
      writeFileSync(`${folder}/parley.db`, readFileSync(`${backup}/parley.db`)),
  };
  for (const [way, restore] of Object.entries(ways)) {
    for (const more of ['entries', 'nothing'] as const) {
      test(`${way}, after ${more} came after it: a new epoch, once`, async () => {
        const { file, group, epoch } = await writtenStore();
        const folder = dirname(file);
        cpSync(folder, `${folder}-backup`, { recursive: true });
        const kept = await reopened(file, async (storage) => {
          if (more === 'entries') await say(storage, group, 'ann', 'lost');
        });
        assert.equal(kept, epoch);
        restore(`${folder}-backup`, folder);
        const facts: Record<string, unknown>[] = [];
        const storage = await openStore(file, { log: (event, told) => event.startsWith('store was restored') && facts.push(told) });
        assert.notEqual(storage.epoch, epoch);
        assert.equal(facts[0]?.['epoch'], storage.epoch);
        assert.equal((await readAll(storage, group, 'ann')).length, 1);
        await storage.close();
        assert.equal(await reopened(file), storage.epoch);
      });
    }
  }

  test('a copy of the run that goes on, made before what it wrote last, is noticed after a kill too', async () => {
    const { file, group, epoch } = await writtenStore();
    const writer = await startWriter(file, group);
    await writer.wrote(50);
    const early = ['', '-wal'].map((ending) => [ending, readFileSync(`${file}${ending}`)] as const);
    const before = readFileSync(`${file}.witness`, 'utf8');
    await writer.wrote(50);
    while (readFileSync(`${file}.witness`, 'utf8') === before) await writer.wrote(20);
    await writer.kill();
    assert.equal(await reopened(file), epoch);
    for (const [ending, bytes] of early) writeFileSync(`${file}${ending}`, bytes);
    rmSync(`${file}-shm`, { force: true });
    assert.notEqual(await reopened(file), epoch);
  });

  test('a store that lost its witness gets a new epoch: nobody knows what it is a copy of', async () => {
    for (const spoil of [
      (path: string) => rmSync(path),
      (path: string) => writeFileSync(path, ''),
      (path: string) => writeFileSync(path, 'null'),
    ]) {
      const { file, epoch } = await writtenStore();
      spoil(`${file}.witness`);
      assert.notEqual(await reopened(file), epoch);
    }
  });
});

describe('[SPEC S4] a store that nobody restored keeps its epoch', () => {
  test('after SIGKILL under load, again and again', async () => {
    const { file, group, epoch } = await writtenStore();
    for (let round = 0; round < 3; round += 1) {
      const writer = await startWriter(file, group);
      await writer.wrote(100 * (round + 1));
      await writer.kill();
      if (round > 0) assert.equal(await reopened(file), epoch);
    }
    assert.equal(await reopened(file), epoch);
  });

  test('when it was killed between its new mark and the note about it', async () => {
    const { file, epoch } = await writtenStore();
    const note = readFileSync(`${file}.witness`, 'utf8');
    await reopened(file);
    const { self, database } = JSON.parse(readFileSync(`${file}.witness`, 'utf8')) as Record<string, string>;
    writeFileSync(`${file}.witness`, JSON.stringify({ ...(JSON.parse(note) as object), self, database }));
    assert.equal(await reopened(file), epoch);
  });

  test('when it was moved to a folder of another name', async () => {
    const { file, epoch } = await writtenStore();
    renameSync(dirname(file), `${dirname(file)}-moved`);
    assert.equal(await reopened(`${dirname(file)}-moved/parley.db`), epoch);
  });
});

async function startWriter(file: string, group: string) {
  const child = spawn(process.execPath, [WRITER, file, group], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const ended = once(lines, 'close');
  let count = 0;
  lines.on('line', () => (count += 1));
  return {
    async wrote(more: number): Promise<void> {
      const target = count + more;
      while (count < target) await once(lines, 'line');
    },
    async kill(): Promise<void> {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
