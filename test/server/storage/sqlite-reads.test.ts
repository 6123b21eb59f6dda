import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { Kysely } from 'kysely';
import { LIMITS } from '#protocol';
import { searchPeople } from '../../../server/storage/sql/people.js';
import type { Tables } from '../../../server/storage/sql/schema.js';
import { findUserState } from '../../../server/storage/sql/summaries.js';
import { openReader, openWriter } from '../../../server/storage/sqlite/connection.js';
import { NodeSqliteDialect } from '../../../server/storage/sqlite/dialect.js';
import { migrate } from '../../../server/storage/sqlite/migrations.js';
import { PeopleWriter } from '../../../server/storage/sqlite/people-writer.js';
import { leave, say, signUp, startGroup, TENANT } from './builders.js';
import { newFile, openStore } from './stores.js';

describe('reads that stay cheap', () => {
  test('the state of a user takes a handful of questions, however many conversations are in it', async () => {
    const file = newFile();
    const storage = await openStore(file);
    await signUp(storage, ['ann', 'bob']);
    const groups = await Promise.all(Array.from({ length: LIMITS.listPage + 5 }, () => startGroup(storage, 'ann', ['bob'])));
    await Promise.all(groups.map((group) => say(storage, group, 'ann')));
    await leave(storage, groups[0] ?? '', 'bob');
    let questions = 0;
    const connection = openReader(file);
    const db = new Kysely<Tables>({ dialect: new NodeSqliteDialect(connection), log: () => void (questions += 1) });
    const state = await findUserState(db, TENANT, 'bob', LIMITS.listPage);
    assert.equal(state.conversations.length, LIMITS.listPage);
    assert.ok(questions <= 5, `${questions} questions`);
    connection.close();
  });

  describe('in a directory of 100,000 people', () => {
    const file = newFile();
    let db: Kysely<Tables>;
    before(() => {
      const connection = openWriter(file);
      migrate(connection);
      const people = new PeopleWriter(connection);
      const names = ['Anna', 'Bertil', 'Carla', 'Dimitri', 'Élodie', 'Fatima', 'Gustav', 'Hanna', 'Ibrahim', 'Jana'];
      const titles = ['Radiologist', 'Nurse', 'Paramedic', 'Dispatcher'];
      connection.exec('BEGIN');
      people.putPeople(
        TENANT,
        Array.from({ length: 100_000 }, (_, number) => ({
          id: `user-${number}`,
          name: `${names[number % 10] ?? ''} Family${(number * 7919) % 30_011}`,
          title: titles[number % 4] ?? '',
          organisation: `Hospital ${number % 200}`,
        })),
      );
      connection.exec('COMMIT');
      db = new Kysely<Tables>({ dialect: new NodeSqliteDialect(connection) });
    });

    for (const text of ['family2999', 'anna', 'a', 'h', 'anna family', 'hospital 19 nurse', 'a b', 'elo rad hos', 'zzz', '']) {
      test(`[B31] "${text}" is answered while somebody types`, async () => {
        await searchPeople(db, TENANT, text, LIMITS.searchHits);
        const before = process.cpuUsage();
        const found = await searchPeople(db, TENANT, text, LIMITS.searchHits);
        const { user, system } = process.cpuUsage(before);
        const took = (user + system) / 1_000;
        assert.ok(took < 300, `${took.toFixed(1)} ms of processor time`);
        assert.equal(found.length > 0, text !== 'zzz' && text !== 'a b');
      });
    }
  });
});
