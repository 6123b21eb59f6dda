import { type DatabaseSync } from 'node:sqlite';
import type { SQLInputValue } from 'node:sqlite';
import { GENESIS, chainHash, commitment } from '../../../server/domain/chain.js';
import { auditHash } from '../../../server/domain/audit-chain.js';
import type { Random } from '../../support/random.js';

/** What somebody does who has the file, knows the format, and means to leave no trace. Each says what it did. */
export type Mutation = (db: DatabaseSync, random: Random) => string;

type Row = Record<string, SQLInputValue> & {
  id: number;
  conversation: number;
  seq: number;
  cid: string;
  author: string;
  body: string;
  salt: Uint8Array;
  hash: Uint8Array;
};

const COLUMNS = ['author', 'cid', 'kind', 'at', 'body', 'salt', 'commitment', 'hash'] as const;

export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  'one column changed': (db, random) => {
    const row = anyEntry(db, random);
    const column = random.pick(COLUMNS);
    const value = changed(row[column] as SQLInputValue, random);
    db.prepare(`UPDATE entries SET ${column} = ? WHERE id = ?`).run(value, row.id);
    return `${column} of ${row.seq}`;
  },
  'one entry removed': (db, random) => {
    const row = anyEntry(db, random);
    db.prepare('DELETE FROM entries WHERE id = ?').run(row.id);
    return `entry ${row.seq}`;
  },
  'one entry removed and the others moved up': (db, random) => {
    const row = anyEntry(db, random);
    db.prepare('DELETE FROM entries WHERE id = ?').run(row.id);
    for (const later of entriesOf(db, row.conversation).filter(({ seq }) => seq > row.seq))
      db.prepare('UPDATE entries SET seq = seq - 1 WHERE id = ?').run(later.id);
    db.prepare('UPDATE conversations SET head = head - 1 WHERE id = ?').run(row.conversation);
    return `entry ${row.seq}`;
  },
  'one entry put in, the rest written anew': (db, random) => {
    // Not behind the last one: what is added there is signed next, whoever added it.
    const row = random.pick(everyEntry(db).filter(({ conversation, seq }) => entriesOf(db, conversation).length > seq));
    for (const later of entriesOf(db, row.conversation)
      .filter(({ seq }) => seq > row.seq)
      .reverse())
      db.prepare('UPDATE entries SET seq = seq + 1 WHERE id = ?').run(later.id);
    db.prepare(
      `INSERT INTO entries (tenant, conversation, seq, author, cid, kind, at, body, salt, commitment, hash)
       SELECT tenant, conversation, seq + 1, author, cid || 'x', kind, at, body, salt, commitment, hash FROM entries WHERE id = ?`,
    ).run(row.id);
    rebuild(db, row.conversation);
    return `behind ${row.seq}`;
  },
  'two entries in the other order': (db, random) => {
    const row = anyEntry(db, random);
    const other = random.pick(entriesOf(db, row.conversation).filter(({ id }) => id !== row.id));
    swap(db, row, other);
    return `${row.seq} and ${other.seq}`;
  },
  'two entries in the other order, the rest written anew': (db, random) => {
    const row = anyEntry(db, random);
    const other = random.pick(entriesOf(db, row.conversation).filter(({ id }) => id !== row.id));
    swap(db, row, other);
    rebuild(db, row.conversation);
    return `${row.seq} and ${other.seq}`;
  },
  'an end cut off': (db, random) => {
    const { conversation, seq } = anyEntry(db, random);
    db.prepare('DELETE FROM entries WHERE conversation = ? AND seq >= ?').run(conversation, seq);
    return `from ${seq}`;
  },
  'an end cut off without a trace in the store': (db, random) => {
    const { conversation, seq } = anyEntry(db, random);
    db.prepare('DELETE FROM entries WHERE conversation = ? AND seq >= ?').run(conversation, seq);
    rebuild(db, conversation);
    return `from ${seq}`;
  },
  'a text changed and the chain written anew': (db, random) => {
    const row = anyEntry(db, random);
    db.prepare('UPDATE entries SET body = ? WHERE id = ?').run(changed(row.body, random), row.id);
    rebuild(db, row.conversation);
    return `text of ${row.seq}`;
  },
  'a conversation gone': (db, random) => {
    const { conversation } = anyEntry(db, random);
    for (const table of ['entries', 'members', 'invitations']) db.prepare(`DELETE FROM ${table} WHERE conversation = ?`).run(conversation);
    db.prepare('DELETE FROM conversations WHERE id = ?').run(conversation);
    return `conversation ${conversation}`;
  },
  'a text erased without a word': (db, random) => {
    const row = anyEntry(db, random);
    db.prepare(`UPDATE entries SET body = '{"kind":"erased"}', salt = zeroblob(0) WHERE id = ?`).run(row.id);
    return `entry ${row.seq}`;
  },
  'an audit record changed': (db, random) => {
    const row = anyRecord(db, random);
    db.prepare('UPDATE audit SET record = ? WHERE id = ?').run(changed(String(row['record']), random), Number(row['id']));
    return `record ${String(row['seq'])}`;
  },
  'an audit record changed and the chain written anew': (db, random) => {
    const row = anyRecord(db, random);
    db.prepare(`UPDATE audit SET record = replace(record, '"id":"key ', '"id":"kex ') WHERE id = ?`).run(Number(row['id']));
    rebuildAudit(db, String(row['tenant']));
    return `record ${String(row['seq'])}`;
  },
  'the end of the audit log cut off without a trace in the store': (db, random) => {
    const row = anyRecord(db, random);
    db.prepare('DELETE FROM audit WHERE tenant = ? AND seq >= ?').run(String(row['tenant']), Number(row['seq']));
    rebuildAudit(db, String(row['tenant']));
    return `from ${String(row['seq'])}`;
  },
};

/** Without the triggers that refuse all of it. */
export function unlock(db: DatabaseSync): void {
  db.exec('PRAGMA foreign_keys = OFF');
  for (const { name } of db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all()) db.exec(`DROP TRIGGER ${String(name)}`);
}

function entriesOf(db: DatabaseSync, conversation: number): Row[] {
  return db.prepare('SELECT * FROM entries WHERE conversation = ? ORDER BY seq').all(conversation) as unknown as Row[];
}

function everyEntry(db: DatabaseSync): Row[] {
  return db.prepare('SELECT * FROM entries ORDER BY id').all() as unknown as Row[];
}

function anyEntry(db: DatabaseSync, random: Random): Row {
  return random.pick(everyEntry(db));
}

function anyRecord(db: DatabaseSync, random: Random) {
  return random.pick(db.prepare('SELECT id, tenant, seq, record FROM audit ORDER BY id').all());
}

function swap(db: DatabaseSync, one: Row, other: Row): void {
  const move = db.prepare('UPDATE entries SET seq = ? WHERE id = ?');
  move.run(999_999, one.id);
  move.run(one.seq, other.id);
  move.run(other.seq, one.id);
}

/** Another value of the same sort: a digit or letter, or a bit. */
function changed(value: SQLInputValue, random: Random): SQLInputValue {
  if (typeof value === 'number') return value + 1 + random.below(1_000);
  if (typeof value === 'string') {
    const at = random.pick([...value].flatMap((char, index) => (/[a-z0-9]/i.test(char) ? [index] : [])));
    return `${value.slice(0, at)}${value[at] === 'q' ? 'w' : 'q'}${value.slice(at + 1)}`;
  }
  const bytes = Buffer.from(value as Uint8Array);
  const at = random.below(bytes.length);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
  return bytes;
}

/** Every commitment and hash of a conversation as if the entries had always been like this, and its row to fit. */
export function rebuild(db: DatabaseSync, conversation: number): void {
  const log = db.prepare('SELECT tenant, uuid FROM conversations WHERE id = ?').get(conversation);
  let previous: Uint8Array = GENESIS;
  let seq = 0;
  for (const row of entriesOf(db, conversation)) {
    seq += 1;
    const committed = commitment(row.salt, row.body);
    const header = {
      ...{ tenant: String(log?.['tenant']), conversation: String(log?.['uuid']), seq },
      ...{ cid: row.cid, author: row.author, at: Number(row['at']), kind: kindOf(row.body) },
    };
    previous = chainHash(previous, header, committed);
    db.prepare('UPDATE entries SET seq = ?, kind = ?, commitment = ?, hash = ? WHERE id = ?').run(
      seq,
      header.kind,
      committed,
      previous,
      row.id,
    );
  }
  db.prepare('UPDATE conversations SET head = ?, chain = ? WHERE id = ?').run(seq, previous, conversation);
}

function rebuildAudit(db: DatabaseSync, tenant: string): void {
  let previous: Uint8Array = GENESIS;
  let head = 0;
  for (const row of db.prepare('SELECT id, record FROM audit WHERE tenant = ? ORDER BY seq').all(tenant)) {
    head += 1;
    previous = auditHash(previous, String(row['record']));
    db.prepare('UPDATE audit SET hash = ? WHERE id = ?').run(previous, Number(row['id']));
  }
  db.prepare('UPDATE audit_heads SET head = ?, chain = ? WHERE tenant = ?').run(head, previous, tenant);
}

function kindOf(body: string): string {
  try {
    return String((JSON.parse(body) as { kind?: unknown }).kind);
  } catch {
    return 'message';
  }
}
