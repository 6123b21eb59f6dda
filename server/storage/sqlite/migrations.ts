import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { fold } from '../../domain/search-words.js';
import { StoreError } from '../store-error.js';
import { ARCHIVE_SCHEMA } from './archive-schema.js';
import { CONVERSATION_SCHEMA } from './conversation-schema.js';
import { DIRECTORY_SCHEMA } from './directory-schema.js';
import { REVOCATION_SCHEMA } from './revocation-schema.js';

export interface Migration {
  number: number;
  sql: string;
}

/**
 * Steps of the schema, forward only. A step that was released is never changed: a store remembers what it was made by.
 * The index of client ids begins with the id: its time makes new rows neighbours, and a commit of many messages writes few pages.
 */
export const MIGRATIONS: readonly Migration[] = [
  {
    number: 1,
    sql: `
CREATE TABLE store (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  epoch TEXT NOT NULL
) STRICT;

CREATE TABLE people (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  title TEXT,
  organisation TEXT,
  sort_name TEXT NOT NULL,
  PRIMARY KEY (tenant, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX people_by_name ON people (tenant, sort_name, id);

CREATE TABLE people_words (
  tenant TEXT NOT NULL,
  word TEXT NOT NULL,
  user_id TEXT NOT NULL,
  PRIMARY KEY (tenant, word, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX people_words_of_user ON people_words (tenant, user_id, word);

CREATE TABLE conversations (
  id INTEGER PRIMARY KEY,
  tenant TEXT NOT NULL,
  uuid TEXT NOT NULL,
  kind TEXT NOT NULL,
  title TEXT,
  pair TEXT,
  creator TEXT NOT NULL,
  cid TEXT NOT NULL,
  head INTEGER NOT NULL,
  chain BLOB NOT NULL,
  member_count INTEGER NOT NULL,
  ended_seq INTEGER,
  updated_at INTEGER NOT NULL,
  UNIQUE (tenant, uuid),
  UNIQUE (tenant, creator, cid)
) STRICT;
CREATE UNIQUE INDEX conversations_pair ON conversations (tenant, pair) WHERE pair IS NOT NULL;

CREATE TABLE members (
  tenant TEXT NOT NULL,
  conversation INTEGER NOT NULL REFERENCES conversations (id),
  user_id TEXT NOT NULL,
  joined INTEGER,
  left_at INTEGER,
  intervals TEXT NOT NULL,
  delivered INTEGER NOT NULL,
  read INTEGER NOT NULL,
  PRIMARY KEY (conversation, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX members_of_user ON members (tenant, user_id, conversation);
CREATE INDEX members_in ON members (conversation, joined, user_id) WHERE joined IS NOT NULL;

CREATE TABLE entries (
  id INTEGER PRIMARY KEY,
  tenant TEXT NOT NULL,
  conversation INTEGER NOT NULL REFERENCES conversations (id),
  seq INTEGER NOT NULL CHECK (seq > 0),
  author TEXT NOT NULL,
  cid TEXT NOT NULL,
  kind TEXT NOT NULL,
  at INTEGER NOT NULL,
  body TEXT NOT NULL,
  salt BLOB NOT NULL,
  commitment BLOB NOT NULL,
  hash BLOB NOT NULL,
  request BLOB,
  UNIQUE (conversation, seq),
  UNIQUE (cid, conversation, author)
) STRICT;
CREATE TRIGGER entries_never_change BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END;
CREATE TRIGGER entries_never_go BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'an entry is never removed'); END;

CREATE TABLE user_states (
  tenant TEXT NOT NULL,
  user_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  settings TEXT,
  changed INTEGER NOT NULL,
  PRIMARY KEY (tenant, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX user_states_changed ON user_states (changed);
`,
  },
  {
    number: 2,
    sql: `
ALTER TABLE store ADD COLUMN mark TEXT;
ALTER TABLE store ADD COLUMN previous_mark TEXT;
`,
  },
  {
    // The words of messages, for `searchMessages`; filled behind the writer's back, so that an old store opens at once (message-index.ts).
    number: 3,
    sql: `
CREATE VIRTUAL TABLE message_words USING fts5 (words, content = '', detail = none, columnsize = 0, tokenize = 'ascii');
INSERT INTO message_words (message_words, rank) VALUES ('automerge', 2);
ALTER TABLE store ADD COLUMN indexed_to INTEGER NOT NULL DEFAULT 0;

CREATE TABLE mail_jobs (
  id INTEGER PRIMARY KEY,
  tenant TEXT NOT NULL,
  conversation INTEGER NOT NULL REFERENCES conversations (id),
  sender TEXT NOT NULL,
  before INTEGER NOT NULL,
  address TEXT NOT NULL,
  label TEXT NOT NULL,
  language TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  message_id TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  made_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL
) STRICT;
CREATE INDEX mail_jobs_due ON mail_jobs (due_at);
`,
  },
  { number: 4, sql: DIRECTORY_SCHEMA },
  { number: 5, sql: CONVERSATION_SCHEMA },
  { number: 6, sql: REVOCATION_SCHEMA },
  { number: 7, sql: ARCHIVE_SCHEMA },
];

/** Says that a file is a store of Parley: "Parl" in ASCII, where the tools that tell file types look. */
const APPLICATION_ID = 0x5061726c;

/**
 * The steps that a store still needs, which only reads it.
 *
 * @throws StoreError when it was made by newer or other steps.
 */
export function missingMigrations(db: DatabaseSync, migrations: readonly Migration[] = MIGRATIONS): readonly Migration[] {
  if (db.prepare("SELECT count(*) AS n FROM sqlite_schema WHERE name = 'migrations'").get()?.['n'] === 0) return migrations;
  const done = db.prepare('SELECT number, checksum FROM migrations ORDER BY number').all();
  for (const { number, checksum } of done) {
    const known = migrations.find((migration) => migration.number === number);
    if (!known)
      throw new StoreError(
        'STORE_TOO_NEW',
        `The store has schema ${String(number)}, this program knows up to ${migrations.at(-1)?.number ?? 0}.`,
      );
    if (checksumOf(known) !== checksum)
      throw new StoreError('STORE_FOREIGN', `Schema ${String(number)} of the store was made by another step than this program has.`);
  }
  return migrations.slice(done.length);
}

/**
 * Brings the schema up to date: each step in a transaction of its own, so that a kill leaves the schema before it or after it.
 * True when the store was made by this call.
 */
export function migrate(db: DatabaseSync, migrations: readonly Migration[] = MIGRATIONS): boolean {
  claim(db);
  db.exec('CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, checksum TEXT NOT NULL) STRICT');
  db.function('parley_fold', { deterministic: true }, (text) => (typeof text === 'string' ? fold(text) : null));
  for (const migration of missingMigrations(db, migrations)) {
    db.exec('BEGIN IMMEDIATE');
    try {
      db.exec(migration.sql);
      db.prepare('INSERT INTO migrations (number, checksum) VALUES (?, ?)').run(migration.number, checksumOf(migration));
      db.exec('COMMIT');
    } catch (error) {
      db.exec('ROLLBACK');
      throw error;
    }
  }
  const made = db.prepare('INSERT OR IGNORE INTO store (only, epoch) VALUES (1, ?)').run(randomUUID()).changes === 1;
  // A store of before has the column and nothing in it.
  db.prepare('UPDATE store SET secret = ? WHERE secret IS NULL').run(randomBytes(32));
  return made;
}

/** @throws StoreError when the database is not one of Parley. */
export function requireParley(db: DatabaseSync): void {
  if (!isParley(db)) throw new StoreError('STORE_FOREIGN', 'The file is a database, but not one of Parley.');
}

function claim(db: DatabaseSync): void {
  const tables = db.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.['n'];
  if (tables !== 0) requireParley(db);
  else if (!isParley(db)) db.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
}

function isParley(db: DatabaseSync): boolean {
  return db.prepare('PRAGMA application_id').get()?.['application_id'] === APPLICATION_ID;
}

function checksumOf(migration: Migration): string {
  return createHash('sha256').update(migration.sql).digest('hex');
}
