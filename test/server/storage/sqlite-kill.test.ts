import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readAll, signUp, startGroup } from './builders.js';
import { newFile, openStore, storeError } from './stores.js';

const WRITER = fileURLToPath(new URL('./killed-writer.js', import.meta.url));

describe('a writer that is killed', () => {
  test('[G1] [G6] nothing that was acknowledged is lost, nothing is there twice, and the lock is free at once', async () => {
    const file = newFile();
    let storage = await openStore(file);
    await signUp(storage, ['ann', 'bob']);
    const conversations = await Promise.all(Array.from({ length: 4 }, () => startGroup(storage, 'ann', ['bob'])));
    await storage.close();
    const acknowledged = new Map<string, string>();
    for (let round = 0; round < 3; round += 1) {
      const child = spawn(process.execPath, [WRITER, file, ...conversations], { stdio: ['ignore', 'pipe', 'inherit'] });
      const lines = createInterface({ input: child.stdout });
      const ended = once(lines, 'close');
      const enough = new Promise<void>((resolve) => {
        const target = acknowledged.size + 300 + round * 137;
        lines.on('line', (line) => {
          const [conversation, seq, id] = line.split(' ');
          if (id) acknowledged.set(`${conversation} ${seq}`, id);
          if (acknowledged.size >= target) resolve();
        });
      });
      await enough;
      await assert.rejects(openStore(file), storeError('STORE_LOCKED'));
      child.kill('SIGKILL');
      await ended;
    }
    storage = await openStore(file);
    const stored = new Map<string, string>();
    for (const conversation of conversations) {
      const entries = await readAll(storage, conversation, 'ann');
      entries.forEach((entry, index) => assert.equal(entry.seq, index + 1));
      assert.equal(new Set(entries.map((entry) => entry.cid)).size, entries.length);
      for (const entry of entries) stored.set(`${conversation} ${entry.seq}`, entry.cid);
    }
    for (const [place, id] of acknowledged) assert.equal(stored.get(place), id);
    assert.ok(acknowledged.size >= 900);
    assert.deepEqual(await storage.verify(), []);
  });
});
