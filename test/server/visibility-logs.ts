import { DatabaseSync } from 'node:sqlite';
import path from 'node:path';
import pg from 'pg';
import type { EntryBody } from '#protocol';
import { databaseOf } from '../support/engine.js';

/** An entry as it stands in the database, whoever may see it. */
export interface Logged {
  seq: number;
  at: number;
  author: string;
  body: EntryBody;
}

/** The logs of a store, read past the server. */
export interface Logs {
  /** In the order of its numbers. */
  of(conversation: string): Promise<Logged[]>;
  /** What nothing in Parley can do: the first `count` entries become older. ms */
  age(conversation: string, count: number, by: number): Promise<void>;
  close(): Promise<void>;
}

/** Those of the store of a running server, of the engine under test. */
export async function openLogs(directory: string): Promise<Logs> {
  const database = await databaseOf(directory);
  return database === undefined ? sqliteLogs(directory) : await postgresLogs(database.adminUrl);
}

function sqliteLogs(directory: string): Logs {
  const db = new DatabaseSync(path.join(directory, 'parley.db'), { timeout: 10_000 });
  db.exec('DROP TRIGGER entries_never_change');
  const entries = db.prepare(
    'SELECT e.seq, e.at, e.author, e.body FROM entries e JOIN conversations c ON c.id = e.conversation WHERE c.uuid = ? ORDER BY e.seq',
  );
  const older = db.prepare(
    'UPDATE entries SET at = at - ? WHERE seq <= ? AND conversation = (SELECT id FROM conversations WHERE uuid = ?)',
  );
  return {
    of: (conversation) => Promise.resolve(entries.all(conversation).map(logged)),
    age: (conversation, count, by) => Promise.resolve(void older.run(by, count, conversation)),
    close: () => Promise.resolve(db.close()),
  };
}

async function postgresLogs(connectionString: string): Promise<Logs> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query('SET search_path = parley; ALTER TABLE entries DISABLE TRIGGER USER');
  return {
    async of(conversation) {
      const { rows } = await client.query<Record<string, unknown>>(
        'SELECT e.seq, e.at, e.author, e.body FROM entries e JOIN conversations c ON c.id = e.conversation WHERE c.uuid = $1 ORDER BY e.seq',
        [conversation],
      );
      return rows.map(logged);
    },
    async age(conversation, count, by) {
      await client.query(
        'UPDATE entries SET at = at - $1 WHERE seq <= $2 AND conversation = (SELECT id FROM conversations WHERE uuid = $3)',
        [by, count, conversation],
      );
    },
    close: () => client.end(),
  };
}

function logged({ seq, at, author, body }: Record<string, unknown>): Logged {
  return { seq: Number(seq), at: Number(at), author: String(author), body: JSON.parse(String(body)) as EntryBody };
}
