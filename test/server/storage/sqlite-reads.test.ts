import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { DatabaseSync } from 'node:sqlite';
import { LIMITS } from '#protocol';
import { openReader, openWriter } from '../../../server/storage/sqlite/connection.js';
import { ContactReader } from '../../../server/storage/sqlite/contacts.js';
import { InvitationReader } from '../../../server/storage/sqlite/invitation-reader.js';
import { ListReader } from '../../../server/storage/sqlite/list-reader.js';
import { migrate } from '../../../server/storage/sqlite/migrations.js';
import { PeopleReader } from '../../../server/storage/sqlite/people-reader.js';
import { PeopleWriter } from '../../../server/storage/sqlite/people-writer.js';
import { Views } from '../../../server/storage/sqlite/views.js';
import { leave, say, signUp, startGroup, TENANT } from './builders.js';
import { newFile, openStore } from './stores.js';

/** Counts the rows that statements look at from now on: a figure of the query plan, the same on a quiet machine and a busy one. */
function countRows(connection: DatabaseSync, tables: readonly string[]): () => number {
  let rows = 0;
  connection.function('looked_at', () => {
    rows += 1;
    return 1;
  });
  // A temporary view goes before the table of the same name, and what it filters by is asked of every row that an index gives.
  for (const table of tables) connection.exec(`CREATE TEMP VIEW ${table} AS SELECT * FROM main.${table} WHERE looked_at()`);
  return () => {
    const counted = rows;
    rows = 0;
    return counted;
  };
}

describe('reads that stay cheap', () => {
  test('the state of a user looks at what it shows and at nobody else’s', async () => {
    const file = newFile();
    const storage = await openStore(file);
    const others = Array.from({ length: 30 }, (_, number) => `other-${number}`);
    await signUp(storage, ['ann', 'bob', ...others]);
    const groups = await Promise.all(Array.from({ length: 20 }, () => startGroup(storage, 'ann', ['bob', ...others])));
    await Promise.all(groups.map((group) => say(storage, group, 'ann')));
    await Promise.all(Array.from({ length: 50 }, () => startGroup(storage, 'ann', others)));
    await leave(storage, groups[0] ?? '', 'bob');
    const connection = openReader(file);
    const rows = countRows(connection, ['members', 'conversations', 'entries', 'people', 'user_states']);
    const people = new PeopleReader(connection);
    const contacts = new ContactReader(connection, people);
    const lists = new ListReader(connection, {
      people,
      contacts,
      invitations: new InvitationReader(connection, people),
      views: new Views(connection),
    });
    rows();
    const state = lists.userState(TENANT, 'bob', LIMITS.listPage);
    assert.equal(state.conversations.length, 20);
    const looked = rows();
    // Of each conversation: the membership, the row, up to 12 members, three looks at the log; once the roster of the one left, and people.
    assert.ok(looked < 20 * (LIMITS.membersInSummary + 8) + 100, `${looked} rows`);
    lists.heads(TENANT, 'bob', LIMITS.listPage);
    const cheap = rows();
    assert.ok(cheap <= 2 * 20 + 1, `${cheap} rows`);
    connection.close();
  });

  describe('in a directory of 100,000 people', () => {
    let people: PeopleReader;
    let rows: () => number;
    before(() => {
      const connection = openWriter(newFile());
      migrate(connection);
      const writer = new PeopleWriter(connection);
      const names = ['Anna', 'Bertil', 'Carla', 'Dimitri', 'Élodie', 'Fatima', 'Gustav', 'Hanna', 'Ibrahim', 'Jana'];
      const titles = ['Radiologist', 'Nurse', 'Paramedic', 'Dispatcher'];
      connection.exec('BEGIN');
      writer.putPeople(
        TENANT,
        Array.from({ length: 100_000 }, (_, number) => ({
          id: `user-${number}`,
          name: `${names[number % 10] ?? ''} Family${(number * 7919) % 30_011}`,
          title: titles[number % 4] ?? '',
          organisation: `Hospital ${number % 200}`,
        })),
      );
      connection.exec('COMMIT');
      rows = countRows(connection, ['people', 'people_words']);
      people = new PeopleReader(connection);
    });

    // A word is counted up to 20,000; one that is frequent is met soon by name, and several are looked for among the hits of the rarest.
    const searches: [text: string, rows: number][] = [
      ['family2999', 200],
      ['anna', 12_000],
      ['a', 22_000],
      ['h', 22_000],
      ['anna family', 70_000],
      ['hospital 19 nurse', 70_000],
      ['a b', 70_000],
      ['elo rad hos', 100_000],
      ['zzz', 0],
      ['', LIMITS.searchHits + 1],
    ];
    for (const [text, most] of searches) {
      test(`[B31] "${text}" is answered while somebody types`, () => {
        rows();
        const found = people.search(TENANT, text, LIMITS.searchHits);
        const looked = rows();
        assert.ok(looked <= most, `${looked} rows`);
        assert.equal(found.length > 0, text !== 'zzz' && text !== 'a b');
      });
    }
  });
});
