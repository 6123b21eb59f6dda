import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { DatabaseSync } from 'node:sqlite';
import { openReader, openWriter } from '../../../server/storage/sqlite/connection.js';
import { MessageIndexer } from '../../../server/storage/sqlite/message-index.js';
import { MessageSearcher } from '../../../server/storage/sqlite/message-search.js';
import { invite, leave, message, say, signUp, startGroup, TENANT } from './builders.js';
import { newFile, openStore, tamper } from './stores.js';

const TEXTS = ['left lung', 'lung', 'heart left', 'left', 'lungs and heart', 'nothing'];
const QUERIES = ['lung', 'left lu', 'he', 'left', 'zebra'];

function indexer(db: DatabaseSync): MessageIndexer {
  return new MessageIndexer(db, (error) => assert.fail(String(error)));
}

describe('the index of words', () => {
  const file = newFile();
  let groups: string[];
  before(async () => {
    const storage = await openStore(file);
    await signUp(storage, ['ann', 'bob', 'cyd']);
    groups = await Promise.all(Array.from({ length: 30 }, () => startGroup(storage, 'ann', ['bob'])));
    // Enough for several steps, the larger part in one conversation.
    const place = (number: number): string => groups[number % 3 === 0 ? (number / 3) % groups.length : 0] ?? '';
    for (let number = 0; number < 1_500; number += 1) {
      await storage.append(message(place(number), 'ann', TEXTS[number % TEXTS.length]));
      if (number === 500) await leave(storage, groups[0] ?? '', 'bob');
      if (number === 900) await invite(storage, groups[0] ?? '', 'ann', ['bob', 'cyd']);
    }
    await storage.close();
    // As it was in a store that was made before there was an index.
    tamper(file, "INSERT INTO message_words (message_words) VALUES ('delete-all')", 'UPDATE store SET indexed_to = 0');
  });

  function answers(reader: DatabaseSync): unknown[] {
    const searcher = new MessageSearcher(reader);
    return ['ann', 'bob', 'cyd'].flatMap((user) =>
      QUERIES.flatMap((text) =>
        [undefined, groups[0], groups[1]].map((conversation) => {
          const first = searcher.search(TENANT, user, { text, conversation, limit: 20 });
          const before = first?.hits.at(-1);
          return [first, before && searcher.search(TENANT, user, { text, conversation, before, limit: 300 })];
        }),
      ),
    );
  }

  test('[B17] a search answers the same before, while and after an old store is indexed', () => {
    const db = openWriter(file);
    const index = indexer(db);
    const read = (): unknown[] => {
      const reader = openReader(file);
      try {
        return answers(reader);
      } finally {
        reader.close();
      }
    };
    const expected = read();
    assert.ok(JSON.stringify(expected).length > 10_000);
    let steps = 0;
    for (let more = true; more; steps += 1) {
      more = index.step();
      assert.deepEqual(read(), expected, `after step ${steps + 1}`);
    }
    assert.ok(steps > 3, `${steps} steps`);
    const indexed = db.prepare('SELECT indexed_to FROM store').get()?.['indexed_to'];
    assert.equal(indexed, db.prepare('SELECT max(id) AS last FROM entries').get()?.['last']);
    db.close();
  });

  test('an open store is indexed by itself, what was there and what is said meanwhile', async () => {
    tamper(file, "INSERT INTO message_words (message_words) VALUES ('delete-all')", 'UPDATE store SET indexed_to = 0');
    const storage = await openStore(file);
    const said = await say(storage, groups[2] ?? '', 'bob', 'a zebra');
    const found = await storage.searchMessages(TENANT, 'ann', { text: 'zebra', limit: 5 });
    assert.deepEqual(found, { hits: [said], more: false });
    const reader = openReader(file);
    const left = reader.prepare('SELECT (SELECT max(id) FROM entries) - indexed_to AS n FROM store');
    const deadline = Date.now() + 20_000;
    while (Number(left.get()?.['n']) > 0) {
      assert.ok(Date.now() < deadline, 'it is not indexed');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    assert.deepEqual(await storage.searchMessages(TENANT, 'ann', { text: 'zebra', limit: 5 }), found);
    reader.close();
    await storage.close();
  });

  test('an index that cannot be written is said, and a search stays complete', () => {
    const db = openWriter(file);
    db.exec("INSERT INTO message_words (message_words) VALUES ('delete-all'); UPDATE store SET indexed_to = 0");
    const failures: unknown[] = [];
    const index = new MessageIndexer(db, (error) => failures.push(error));
    db.exec("CREATE TEMP TRIGGER no_note BEFORE UPDATE ON store BEGIN SELECT RAISE(ABORT, 'a full disk'); END");
    assert.equal(index.step(), false);
    assert.equal(failures.length, 1);
    assert.equal(db.isTransaction, false);
    const { hits } = new MessageSearcher(db).search(TENANT, 'ann', { text: 'zebra', limit: 5 }) ?? assert.fail();
    assert.equal(hits.length, 1);
    db.exec('DROP TRIGGER no_note');
    assert.equal(index.step(), true);
    db.close();
  });

  test('[B17] an index that cannot read the log is said after each commit, and the thread that writes goes on', async (t) => {
    const db = openWriter(file);
    const failures: unknown[] = [];
    const index = new MessageIndexer(db, (error) => failures.push(error));
    t.after(() => {
      index.close();
      db.close();
    });
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const settled = (): Promise<void> => Promise.resolve();
    db.exec('CREATE TEMP TABLE entries (other)');
    index.follow(settled);
    assert.equal(failures.length, 1);
    t.mock.timers.runAll();
    await new Promise(setImmediate);
    assert.equal(failures.length, 2, 'the look of the timer');
    db.exec('DROP TABLE temp.entries');
    index.follow(settled);
    assert.equal(failures.length, 2);
    assert.equal(index.step(), true);
  });
});
