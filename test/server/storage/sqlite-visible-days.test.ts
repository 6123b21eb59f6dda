import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { openReader, openWriter } from '../../../server/storage/sqlite/connection.js';
import { migrate } from '../../../server/storage/sqlite/migrations.js';
import { readHandlers } from '../../../server/storage/sqlite/read-handlers.js';
import { writeHandlers } from '../../../server/storage/sqlite/write-handlers.js';
import { cid, message, TENANT } from './builders.js';
import { newFile } from './stores.js';

const DAY = 86_400_000;

/** The engine without its threads and with a clock of the test's: entries cannot be made old afterwards. */
async function store() {
  const clock = { now: Date.UTC(2026, 0, 1) };
  const file = newFile();
  const db = openWriter(file);
  migrate(db);
  const write = writeHandlers(db, () => clock.now);
  const read = readHandlers(db, () => clock.now);
  await write.putPeople(
    TENANT,
    ['ann', 'bob'].map((id) => ({ id, name: id })),
  );
  const start = async () => {
    const input = { tenant: TENANT, author: 'ann', cid: cid(), kind: 'group' as const, members: ['bob'], title: 'Ward 3' };
    const made = await write.createConversation(input);
    assert.ok(made.status === 'created');
    return made.conversation;
  };
  return { clock, file, db, write, read, start };
}

describe('[S3] entries older than the tenant shows', () => {
  test('[S3] [SPEC L13] range, last message, unread and floor show exactly the entries of the last days, whatever the log and the days are', async () => {
    const { clock, write, read, start } = await store();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 3 * DAY }), { minLength: 1, maxLength: 20 }),
        fc.option(fc.integer({ min: 1, max: 12 })),
        fc.boolean(),
        async (waits, days, held) => {
          await write.setPolicies(TENANT, { visibleDays: null });
          const group = await start();
          const held0 = held ? Math.floor(waits.length / 2) : waits.length;
          for (const [index, wait] of waits.entries()) {
            clock.now += wait;
            if (index === held0) await write.setAvailability(TENANT, 'bob', 'dnd', undefined);
            assert.equal(write.append(message(group, 'ann')).status, 'appended');
          }
          const all = read.range(TENANT, 'ann', group, { limit: 200 })?.entries ?? assert.fail();
          await write.setPolicies(TENANT, { visibleDays: days });
          const open = all.filter(({ seq }) => seq <= held0 + 1);
          const young = open.filter(({ at }) => days === null || at >= clock.now - days * DAY);
          const range = read.range(TENANT, 'bob', group, { limit: 200 }) ?? assert.fail();
          assert.deepEqual(range.entries, young);
          const conversation = read.conversation(TENANT, 'bob', group)?.conversation ?? assert.fail();
          const messages = young.filter(({ body }) => body.kind === 'message');
          assert.deepEqual(conversation.last, messages.at(-1) ?? null);
          assert.equal(conversation.unread, messages.length);
          assert.equal(conversation.head, open.at(-1)?.seq, 'heads stay where they are');
          assert.equal(conversation.floor, young[0]?.seq ?? conversation.head + 1);
          assert.deepEqual([range.head, range.floor], [conversation.head, conversation.floor]);
          assert.equal(conversation.title, 'Ward 3');
          assert.equal(conversation.memberCount, 2);
          assert.equal(read.members(TENANT, group, 'bob').length, 2, 'the roster is no entry');
          const heads = read.heads(TENANT, 'bob', 1_000).heads.find(({ conversation: id }) => id === group);
          assert.equal(heads?.head, conversation.head);
          await write.setAvailability(TENANT, 'bob', 'available', undefined);
        },
      ),
      { numRuns: 80 },
    );
  });

  test('[S3] what was hidden is kept: with another policy it is there again, and search follows', async () => {
    const { clock, write, read, start } = await store();
    const group = await start();
    write.append(message(group, 'ann', 'thrombosis'));
    clock.now += 10 * DAY;
    const find = () => read.searchMessages(TENANT, 'bob', { text: 'thrombosis', limit: 5 })?.hits.length;
    const findThere = () => read.searchMessages(TENANT, 'bob', { text: 'thrombosis', conversation: group, limit: 5 })?.hits.length;
    assert.deepEqual([find(), findThere()], [1, 1]);
    await write.setPolicies(TENANT, { visibleDays: 9 });
    assert.deepEqual([find(), findThere()], [0, 0], 'a member, of whom it is hidden, is no stranger');
    assert.deepEqual(read.range(TENANT, 'bob', group, { limit: 5 }), { entries: [], from: 0, to: 0, head: 2, floor: 3 });
    assert.equal(read.conversation(TENANT, 'bob', group)?.conversation.last, null);
    await write.setPolicies(TENANT, { visibleDays: 11 });
    assert.equal(find(), 1);
    assert.equal(read.range(TENANT, 'bob', group, { limit: 5 })?.entries.length, 2);
  });

  test('[S3] marks of what is hidden still grow, and what is hidden is not unread', async () => {
    const { clock, write, read, start } = await store();
    const group = await start();
    write.append(message(group, 'ann', 'old'));
    clock.now += 5 * DAY;
    await write.setPolicies(TENANT, { visibleDays: 2 });
    write.append(message(group, 'ann', 'new'));
    assert.equal(read.conversation(TENANT, 'bob', group)?.conversation.unread, 1);
    const delivered = await write.mark(TENANT, 'bob', group, { delivered: 3 });
    assert.ok(delivered.status === 'moved');
    assert.equal(delivered.unread, 1);
  });

  test('a long log is not walked to find where its last days begin', async () => {
    const { clock, file, db, write, start } = await store();
    const group = await start();
    db.exec('BEGIN');
    for (let count = 0; count < 5_000; count += 1) {
      clock.now += DAY / 100;
      write.append(message(group, 'ann'));
    }
    db.exec('COMMIT');
    await write.setPolicies(TENANT, { visibleDays: 7 });
    const reader = openReader(file);
    let looked = 0;
    reader.function('looked_at', () => {
      looked += 1;
      return 1;
    });
    reader.exec('CREATE TEMP VIEW entries AS SELECT * FROM main.entries WHERE looked_at()');
    const page = readHandlers(reader, () => clock.now).range(TENANT, 'bob', group, { limit: 1 });
    assert.equal(page?.floor, 4_301, 'seven days of a hundred entries each, and the last');
    assert.ok(looked < 20, `${looked} entries were looked at`);
    reader.close();
  });
});
