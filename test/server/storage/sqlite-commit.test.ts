import assert from 'node:assert/strict';
import type { DatabaseSync } from 'node:sqlite';
import { describe, test } from 'node:test';
import { ParleyError } from '#protocol';
import { openWriter } from '../../../server/storage/sqlite/connection.js';
import { GroupCommit } from '../../../server/storage/sqlite/group-commit.js';
import type { AnyHandlers, Call, Reply } from '../../../server/storage/sqlite/messages.js';
import { migrate } from '../../../server/storage/sqlite/migrations.js';
import { WorkerChannel } from '../../../server/storage/sqlite/worker-channel.js';
import { writeHandlers } from '../../../server/storage/sqlite/write-handlers.js';
import { message, readAll, signUp, startGroup, TENANT } from './builders.js';
import { newFile, openStore } from './stores.js';

const unavailable = (error: unknown) => error instanceof ParleyError && error.code === 'UNAVAILABLE';

/** A group commit over a real file, whose replies are collected. */
function committer(db: DatabaseSync, handlers: AnyHandlers) {
  const replies: Reply[] = [];
  const failures: string[] = [];
  const commits = new GroupCommit(db, handlers, {
    committed: (batch) => replies.push(...batch),
    failed: (verb) => failures.push(verb),
  });
  const run = async (calls: readonly Call[]): Promise<Reply[]> => {
    commits.add(calls);
    await commits.settled();
    return replies.splice(0);
  };
  return { run, failures };
}

describe('group commit', () => {
  test('calls made close together share commits, and every call is counted in one', async () => {
    const sizes: number[] = [];
    const storage = await openStore(newFile(), { onCommit: (size) => sizes.push(size) });
    await signUp(storage, ['ann', 'bob']);
    const group = await startGroup(storage, 'ann', ['bob']);
    sizes.length = 0;
    await Promise.all(Array.from({ length: 500 }, () => storage.append(message(group, 'ann'))));
    assert.equal(
      sizes.reduce((sum, size) => sum + size, 0),
      500,
    );
    assert.ok(sizes.length <= 5, `500 calls of one turn took ${sizes.length} commits`);
  });

  test('a call that fails in the middle of a batch undoes its own writes and no others', async () => {
    const db = openWriter(newFile());
    migrate(db);
    db.exec('CREATE TABLE notes (text TEXT)');
    const insert = db.prepare('INSERT INTO notes VALUES (?)');
    const { run, failures } = committer(db, {
      note: (text: string) => insert.run(text).changes,
      refuse: (text: string) => {
        insert.run(text);
        throw new ParleyError('INVALID', 'refused on purpose');
      },
      // A message has no savepoint of its own, until one is needed.
      append: (text: string, broken: boolean) => {
        insert.run(text);
        if (broken) throw new Error('secret text');
      },
      break: async (text: string) => {
        insert.run(text);
        await Promise.resolve();
        throw new Error('secret text');
      },
    });
    const replies = await run([
      [1, 'note', ['a']],
      [2, 'refuse', ['b']],
      [3, 'append', ['e', false]],
      [4, 'append', ['f', true]],
      [5, 'break', ['c']],
      [6, 'append', ['g', false]],
      [7, 'note', ['d']],
      [8, 'unheard-of', []],
    ]);
    assert.deepEqual(
      replies.map(([id, , error]) => [id, error?.code]),
      [
        [1, undefined],
        [2, 'INVALID'],
        [3, undefined],
        [4, 'INTERNAL'],
        [5, 'INTERNAL'],
        [6, undefined],
        [7, undefined],
        [8, 'INTERNAL'],
      ],
    );
    assert.doesNotMatch(JSON.stringify(replies), /secret/);
    assert.deepEqual(failures, ['append', 'break', 'unheard-of']);
    assert.deepEqual(
      db
        .prepare('SELECT text FROM notes')
        .all()
        .map((row) => row['text']),
      ['a', 'e', 'g', 'd'],
    );
    db.close();
  });

  test('[G19] a full disk refuses the whole batch with UNAVAILABLE and keeps nothing; with space again it goes on', async () => {
    const db = openWriter(newFile());
    migrate(db);
    const { run } = committer(db, { ...writeHandlers(db) });
    await run([[1, 'putPeople', [TENANT, [{ id: 'bob', name: 'Bob' }]]]]);
    const [reply] = await run([[2, 'createConversation', [{ tenant: TENANT, author: 'ann', cid: 'c', kind: 'direct', members: ['bob'] }]]]);
    const { conversation } = (reply?.[1] ?? {}) as { conversation: string };
    const pages = Number(db.prepare('PRAGMA page_count').get()?.['page_count']);
    const count = () => Number(db.prepare('SELECT count(*) AS n FROM entries').get()?.['n']);
    const calls = (from: number): Call[] =>
      Array.from({ length: 50 }, (_, number) => [from + number, 'append', [message(conversation, 'ann', 'x'.repeat(2_000))]]);
    db.exec(`PRAGMA max_page_count = ${pages + 2}`);
    const refused = await run(calls(100));
    assert.equal(refused.length, 50);
    for (const [, value, error] of refused) assert.deepEqual([value, error?.code], [undefined, 'UNAVAILABLE']);
    assert.equal(count(), 1);
    db.exec('PRAGMA max_page_count = 100000');
    for (const [, value] of await run(calls(200))) assert.equal((value as { status: string }).status, 'appended');
    assert.equal(count(), 51);
    db.close();
  });

  test('[G23] a clock that is set back does not take time back', async () => {
    const db = openWriter(newFile());
    migrate(db);
    let now = 5_000;
    const handlers = writeHandlers(db, () => now);
    await handlers.putPeople(TENANT, [{ id: 'bob', name: 'Bob' }]);
    const result = await handlers.createConversation({ tenant: TENANT, author: 'ann', cid: 'c', kind: 'direct', members: ['bob'] });
    assert.ok(result.status === 'created');
    const at = (clock: number) => {
      now = clock;
      const outcome = handlers.append(message(result.conversation, 'ann'));
      return outcome.status === 'appended' ? outcome.at : assert.fail();
    };
    assert.deepEqual([at(6_000), at(1_000), at(5_999), at(6_001)], [6_000, 6_000, 6_000, 6_001]);
    db.close();
  });

  test('a thread that dies rejects what is under way and everything after, and says so once', async () => {
    const reasons: string[] = [];
    const channel = new WorkerChannel(new URL('./dying-worker.js', import.meta.url), newFile(), {
      crashed: (reason) => reasons.push(reason),
    });
    await channel.opened;
    const calls = ['first', 'second'].map((verb) => channel.call(verb, []));
    for (const call of await Promise.allSettled(calls)) assert.ok(call.status === 'rejected' && unavailable(call.reason));
    await assert.rejects(channel.call('third', []), unavailable);
    await channel.close();
    assert.equal(reasons.length, 1);
  });

  test('a read that follows a write sees it', async () => {
    const storage = await openStore(newFile());
    await signUp(storage, ['ann', 'bob']);
    const group = await startGroup(storage, 'ann', ['bob']);
    for (let number = 2; number < 60; number += 1) {
      await storage.append(message(group, 'ann'));
      assert.equal((await readAll(storage, group, 'bob')).length, number);
    }
  });
});
