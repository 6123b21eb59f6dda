import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { v4, v7 } from 'uuid';
import { GENESIS } from '../../../server/domain/chain.js';
import { writeIntervals } from '../../../server/storage/sql/intervals.js';
import type { LogPosition } from '../../../server/storage/sql/membership-changes.js';
import { openSqliteStorage } from '../../../server/storage/sqlite/index.js';
import { MessageIndexer } from '../../../server/storage/sqlite/message-index.js';
import { PeopleWriter } from '../../../server/storage/sqlite/people-writer.js';
import { EntryBuilder } from './entries.js';
import { membersOf, READER, SEARCHER, TENANT, userOf } from './plan.js';
import type { BuiltStore, StorePlan } from './plan.js';
import { Texts } from './words.js';

/** ms between two entries of the whole store. */
const APART = 20;
const INTERVALS = writeIntervals([{ from: 1, to: null }]);

interface Place {
  log: LogPosition;
  users: readonly string[];
}

/**
 * Fills the folder with a store that a server takes for its own and `parley verify` accepts. The schema, the people and each entry are
 * made by the storage's own code; only what goes through it row by row, conversations and members, is written here.
 */
export async function buildStore(data: string, plan: StorePlan): Promise<BuiltStore> {
  const empty = await openSqliteStorage({ directory: data });
  await empty.close();
  const db = new DatabaseSync(join(data, 'parley.db'));
  // Nothing is lost with a store that is half built; the server sets its own before it serves.
  db.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -200000; PRAGMA wal_autocheckpoint = 100000; BEGIN');
  const texts = new Texts();
  const people = new PeopleWriter(db);
  const users = [...Array.from({ length: plan.people }, (_, number) => userOf(number)), READER, SEARCHER];
  const logNames = Object.keys(plan.logs);
  people.putPeople(
    TENANT,
    [...users, ...logNames.map(partnerOf)].map((id) => ({ id, name: id })),
  );
  const places = writePlaces(db, plan);
  const named = logNames.map((name) => writePlace(db, [READER, partnerOf(name)]));
  writeEntries(db, plan, { places, named, texts });
  // As people who have read all but the newest message.
  db.exec(
    'UPDATE members SET (delivered, read) = (SELECT c.head, max(1, c.head - 1) FROM conversations c WHERE c.id = members.conversation)',
  );
  db.exec('INSERT INTO user_states (tenant, user_id, revision, changed) SELECT tenant, id, 1, row_number() OVER () FROM people');
  db.exec('COMMIT');
  // As a server does it with a store of before: the index is in as many parts as that leaves.
  const index = new MessageIndexer(db, fail);
  while (index.step());
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
  return {
    data,
    plan,
    logs: Object.fromEntries(named.map(({ log }, index) => [logNames[index] ?? '', log.uuid])),
    groups: places.map(({ log }) => log.uuid),
    words: { frequent: texts.frequent, rare: texts.rare },
  };
}

function writePlaces(db: DatabaseSync, plan: StorePlan): Place[] {
  return Array.from({ length: plan.groups }, (_, group) => {
    const users = membersOf(plan, group).map(userOf);
    return writePlace(db, group % 2 === 0 ? [...users, SEARCHER] : users);
  });
}

const prepared = new WeakMap<DatabaseSync, ReturnType<typeof prepare>>();

function prepare(db: DatabaseSync) {
  return {
    conversation: db.prepare(
      `INSERT INTO conversations (tenant, uuid, kind, pair, creator, cid, head, chain, member_count, updated_at)
       VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?, 0) RETURNING id`,
    ),
    member: db.prepare(
      `INSERT INTO members (tenant, conversation, user_id, joined, intervals, delivered, read) VALUES (?, ?, ?, 1, '${INTERVALS}', 0, 0)`,
    ),
  };
}

function writePlace(db: DatabaseSync, users: readonly string[]): Place {
  const statements = prepared.get(db) ?? prepare(db);
  prepared.set(db, statements);
  const [creator = ''] = users;
  const uuid = v4();
  const pair = users.length === 2 ? JSON.stringify([...users].sort()) : null;
  const kind = pair === null ? 'group' : 'direct';
  const made = statements.conversation.get(TENANT, uuid, kind, pair, creator, v7(), GENESIS, users.length);
  const id = Number(made?.['id']);
  for (const user of users) statements.member.run(TENANT, id, user);
  return { log: { id, tenant: TENANT, uuid, head: 0, chain: GENESIS, updatedAt: 0 }, users };
}

/** In the order of time, so that entries of one conversation lie as far apart in the file as they do in use. */
function writeEntries(
  db: DatabaseSync,
  { entries, logs }: StorePlan,
  { places, named, texts }: { places: readonly Place[]; named: readonly Place[]; texts: Texts },
): void {
  const builder = new EntryBuilder(db);
  const begin = Date.now() - entries * APART;
  let count = 0;
  for (const { log, users } of [...places, ...named]) {
    const body = { kind: 'started' as const, users: [...users] };
    const request = { kind: users.length === 2 ? 'direct' : 'group', members: users.slice(1).sort() };
    builder.write(log, { author: users[0] ?? '', body, request }, begin + count * APART);
    count += 1;
  }
  // A log with a tenth of the entries is written to at every tenth.
  const shares = Object.values(logs).map((size, index) => ({ place: named[index], every: entries / size, size }));
  while (count < entries) {
    const due = shares.find(({ place, every, size }) => place && place.log.head < size && place.log.head * every <= count);
    const { log, users } = due?.place ?? places[texts.skewed(places.length)] ?? none();
    const author = users[texts.below(users.length)] ?? '';
    builder.write(log, { author, body: { kind: 'message', text: texts.text(), links: [] } }, begin + count * APART);
    count += 1;
  }
  builder.end();
}

function partnerOf(log: string): string {
  return `partner-${log}`;
}

function fail(error: unknown): never {
  throw error;
}

function none(): never {
  throw new RangeError('a store needs a group');
}
