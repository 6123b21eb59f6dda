import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { say, shared, signUp, startGroup, TENANT } from './builders.js';
import type { StorageFactory } from './contract.js';

export function changeSuite(engine: string, open: StorageFactory): void {
  describe(`${engine}: changes and verification`, () => {
    const store = shared(open);
    before(async () => {
      await store.start();
      await signUp(store.storage, ['ann', 'bob']);
    });
    after(() => store.stop());

    test('[H1] a cursor names what changed after it, and a null cursor starts from now', async () => {
      const group = await startGroup(store.storage, 'ann', ['bob']);
      const start = await store.storage.changesSince(null);
      assert.deepEqual({ heads: start.heads, users: start.users }, { heads: [], users: [] });
      await say(store.storage, group, 'ann');
      await say(store.storage, group, 'bob');
      const { revision } = await store.storage.setAvailability(TENANT, 'bob', 'away', undefined);
      const changes = await store.storage.changesSince(start.cursor);
      assert.deepEqual(changes.heads, [{ tenant: TENANT, conversation: group, head: 3 }]);
      assert.deepEqual(changes.users, [{ tenant: TENANT, user: 'bob', revision }]);
      const quiet = await store.storage.changesSince(changes.cursor);
      assert.deepEqual({ heads: quiet.heads, users: quiet.users }, { heads: [], users: [] });
    });

    test('[H1] readers that ask while others write miss nothing', async () => {
      const groups = await Promise.all(Array.from({ length: 10 }, () => startGroup(store.storage, 'ann', ['bob'])));
      const seen = new Map<string, number>();
      let { cursor } = await store.storage.changesSince(null);
      const writing = Promise.all(groups.flatMap((group) => Array.from({ length: 40 }, () => say(store.storage, group, 'ann'))));
      let done = false;
      void writing.finally(() => (done = true));
      for (let last = false; !last;) {
        last = done;
        const changes = await store.storage.changesSince(cursor);
        for (const { conversation, head } of changes.heads) seen.set(conversation, head);
        cursor = changes.cursor;
      }
      await writing;
      assert.deepEqual(seen, new Map(groups.map((group) => [group, 41])), 'the last word about each is its head');
    });

    test('[G17] the chains of an untouched store hold', async () => {
      assert.deepEqual(await store.storage.verify(), []);
    });

    test('the epoch is a uuid of its own for each store', async () => {
      const other = await open();
      assert.match(store.storage.epoch, /^[0-9a-f-]{36}$/);
      assert.notEqual(other.epoch, store.storage.epoch);
      await other.ping();
      await other.close();
    });
  });
}
