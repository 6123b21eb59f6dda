import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { judge, type Figure } from './budget.js';
import { kindOf } from './counting/statement.js';
import { scansInSqlite } from './plans.js';

const figure = (measured: number, most: number): Figure => ({ what: 'statements', measured, most, why: 'For a reason.' });

describe('budgets', () => {
  it('[G26] what is over its budget fails, and it is said by how much and why there is one', () => {
    const { passed, over } = judge([figure(3, 3), figure(5, 3)]);
    assert.equal(passed, false);
    assert.deepEqual(over, ['statements: 5, 2 over 3. For a reason.']);
  });

  it('[G26] what was not counted at all fails too', () => {
    assert.equal(judge([figure(NaN, 3)]).passed, false);
    assert.equal(judge([]).passed, false);
  });

  it('[G26] what is well below its budget passes and is named; a bound on what chance decides is not', () => {
    const counted = { ...figure(14, 15), row: 'sign-in' };
    const { passed, loose } = judge([figure(2, 3), figure(0, 0), figure(95, 100), { ...figure(1, 2), bound: true }, counted]);
    assert.equal(passed, true);
    assert.deepEqual(loose, ['statements: 2 of 3', 'statements: 14 of 15']);
  });

  it('[G26] statements are told apart by what they do, wherever they say it', () => {
    const kinds = {
      'BEGIN IMMEDIATE': 'frame',
      "SELECT set_config('parley.tenant', $1, true)": 'frame',
      'SELECT 1 FROM conversations WHERE uuid = $1 FOR NO KEY UPDATE': 'read',
      'WITH entry AS (INSERT INTO entries (id) VALUES ($1)) SELECT 1': 'write',
      'update "conversations" set "title" = ?': 'write',
      'SELECT body, updated_at FROM entries': 'read',
    };
    for (const [sql, kind] of Object.entries(kinds)) assert.equal(kindOf(sql), kind, sql);
  });
});

describe('the plans of statements', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'parley-plans-'));
  const file = path.join(folder, 'some.db');
  const db = new DatabaseSync(file);
  db.exec(`CREATE TABLE entries (id INTEGER PRIMARY KEY, seq INTEGER UNIQUE, body TEXT);
    CREATE TABLE words (word TEXT, entry INTEGER REFERENCES entries (id));`);
  db.close();
  const tables = (sql: string): string[] => scansInSqlite(file, [sql]).map(({ table }) => table);

  it('[G26] name the table that is read as a whole, whatever it is called there', () => {
    assert.deepEqual(tables('SELECT body FROM entries'), ['entries']);
    assert.deepEqual(tables('SELECT e.body FROM entries AS e WHERE e.body = ?'), ['entries']);
    assert.deepEqual(tables('SELECT 1 FROM entries e JOIN words w ON w.word = e.body WHERE e.seq = ?'), ['words']);
    assert.deepEqual(tables('select "id" from "entries" order by "body"'), ['entries']);
    assert.deepEqual(tables('DELETE FROM entries WHERE id = ?'), ['words'], 'by a foreign key');
  });

  it('[G26] say nothing of what follows an index, or of what the statement brings itself', () => {
    assert.deepEqual(tables('SELECT body FROM entries WHERE seq = ?'), []);
    assert.deepEqual(tables('SELECT n.body FROM json_each(?) e JOIN entries n ON n.seq = e.value'), []);
    assert.deepEqual(tables('WITH some AS MATERIALIZED (SELECT value FROM json_each(?)) SELECT s.value FROM some s'), []);
    assert.deepEqual(tables('SELECT count(*) FROM (SELECT 1 FROM entries WHERE seq > ? LIMIT 5) counted'), []);
    rmSync(folder, { recursive: true });
  });
});
