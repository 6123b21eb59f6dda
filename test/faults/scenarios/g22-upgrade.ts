import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { v7 } from 'uuid';
import { EntryWriter } from '../../../server/storage/sqlite/entry-writer.js';
import { migrate, MIGRATIONS } from '../../../server/storage/sqlite/migrations.js';
import { plainEnvironment, SERVER_CLI } from '../../support/server-process.js';
import { type Finding, finding } from '../checkers/finding.js';
import { Crowd } from '../driver/crowd.js';
import { Tally } from '../nemeses/nemesis.js';
import type { Outcome, Scenario, Stage } from './scenario.js';

const ENTRIES = 3_000;

export const upgrade: Scenario = {
  guarantee: 'G22',
  promise: 'a kill within a migration leaves the schema before it or after it, and nodes replaced one by one lose nothing',
  engines: ['sqlite', 'postgres'],
  floors: { acknowledged: 50 },
  run: (stage) => (stage.engine === 'sqlite' ? killedMigrations(stage) : rollingRestart(stage)),
};

/** Stores of each earlier schema, with entries in them; the program that brings them up to date is killed at every moment of it. */
async function killedMigrations(stage: Stage): Promise<Outcome> {
  const findings: Finding[] = [];
  const tally = new Tally();
  const schemas = MIGRATIONS.map((_, index) => schemaAfter(stage.folder, index + 1));
  const originals = MIGRATIONS.slice(0, -1).map((_, index) => makeOld(join(stage.folder, `old-${String(index + 1)}`), index + 1));
  const kills = stage.size({ commit: 16, nightly: 100 * originals.length, release: 100 * originals.length });
  let [longest, kept] = [1_000, 0];
  for (let kill = 0; kill < kills && stage.timeLeft(); kill += 1) {
    const data = join(stage.folder, 'upgraded');
    rmSync(data, { recursive: true, force: true });
    mkdirSync(data);
    copyFileSync(originals[kill % originals.length] ?? '', join(data, 'parley.db'));
    await migrateFor(data, stage.random.below(longest));
    const found = inspect(join(data, 'parley.db'));
    if (schemas[found.number - 1] !== found.schema)
      findings.push(finding('chain', `after a kill the schema is neither ${String(found.number)} nor any other`));
    const started = performance.now();
    const code = await migrateFor(data, null);
    longest = Math.max(300, performance.now() - started);
    const { number, entries, integrity } = inspect(join(data, 'parley.db'));
    if (code !== 0 || number !== MIGRATIONS.length)
      findings.push(finding('start', `the next start ended with ${String(code)} at schema ${String(number)}`));
    if (entries !== ENTRIES || integrity !== 'ok')
      findings.push(finding('lost', `${String(entries)} of ${String(ENTRIES)} entries, integrity ${integrity}`));
    kept += entries;
    tally.add(`SIGKILL within an upgrade that had reached schema ${String(found.number)}`);
  }
  return { injected: tally.toString(), faults: tally.total, operations: tally.total * ENTRIES, acknowledged: kept, findings };
}

/** Every node is stopped and started anew in turn while people talk. */
async function rollingRestart(stage: Stage): Promise<Outcome> {
  const subject = await stage.subject();
  const crowd = await Crowd.gather(subject, stage.random, { people: 9, conversations: 5, members: 4 });
  const tally = new Tally();
  try {
    crowd.talk(200);
    for (let round = 0; round < stage.size({ commit: 1, nightly: 20, release: 20 }) && stage.timeLeft(); round += 1) {
      for (const node of subject.nodes) {
        await wait(500);
        await node.end('SIGTERM');
        await node.start();
        tally.add('a node replaced');
      }
    }
    await crowd.silence();
    const { findings } = await crowd.converge(35_000);
    findings.push(...(await crowd.verdict()));
    const note = 'the same version on both sides: there is no earlier release yet';
    return {
      injected: tally.toString(),
      faults: tally.total,
      operations: crowd.said,
      acknowledged: crowd.acknowledged,
      findings,
      note,
    };
  } finally {
    crowd.leave();
  }
}

/** Runs `parley migrate`; null lets it end, a number kills it after so many ms. */
async function migrateFor(data: string, ms: number | null): Promise<number | null> {
  const env = { ...plainEnvironment(), PARLEY_SECRET: '-'.repeat(32), PARLEY_DATA: data };
  const child = spawn(process.execPath, [SERVER_CLI, 'migrate'], { env, stdio: 'ignore' });
  const ended = once(child, 'exit');
  if (ms !== null) {
    await Promise.race([wait(ms), ended]);
    child.kill('SIGKILL');
  }
  await ended;
  return child.exitCode;
}

function inspect(file: string): { number: number; schema: string; entries: number; integrity: string } {
  const db = new DatabaseSync(file);
  try {
    const one = (sql: string): unknown => Object.values(db.prepare(sql).get() ?? {})[0];
    return {
      number: Number(one('SELECT max(number) FROM migrations')),
      schema: schemaOf(db),
      entries: Number(one('SELECT count(*) FROM entries')),
      integrity: String(one('PRAGMA integrity_check')),
    };
  } finally {
    db.close();
  }
}

function schemaOf(db: DatabaseSync): string {
  return JSON.stringify(db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name').all());
}

function schemaAfter(folder: string, steps: number): string {
  const file = join(folder, `schema-${String(steps)}.db`);
  const db = new DatabaseSync(file);
  bringTo(db, steps);
  const schema = schemaOf(db);
  db.close();
  return schema;
}

/** The last thing of a migration is what only the newest schema has; an older one is finished without it. */
function bringTo(db: DatabaseSync, steps: number): void {
  try {
    migrate(db, MIGRATIONS.slice(0, steps));
  } catch (error) {
    if (steps === MIGRATIONS.length) throw error;
    db.prepare('INSERT OR IGNORE INTO store (only, epoch) VALUES (1, ?)').run(randomUUID());
  }
}

function makeOld(folder: string, steps: number): string {
  mkdirSync(folder);
  const file = join(folder, 'parley.db');
  const db = new DatabaseSync(file);
  bringTo(db, steps);
  const [tenant, uuid, chain] = ['test', randomUUID(), randomBytes(32)];
  db.prepare(
    `INSERT INTO conversations (id, tenant, uuid, kind, creator, cid, head, chain, member_count, updated_at) VALUES (1, ?, ?, 'group', 'ada', ?, 0, ?, 1, 1)`,
  ).run(tenant, uuid, v7(), chain);
  const writer = new EntryWriter(db);
  db.exec('BEGIN');
  let updatedAt = 1;
  for (let head = 0; head < ENTRIES; head += 1) {
    const log = { id: 1, tenant, uuid, head, chain, updatedAt };
    updatedAt =
      writer.write(log, { author: 'ada', cid: v7(), body: { kind: 'message', text: `word ${String(head)}`, links: [] } })?.at ?? updatedAt;
  }
  db.exec('COMMIT');
  db.close();
  return file;
}
