import { closeSync, copyFileSync, existsSync, mkdirSync, openSync, readSync, rmSync, statSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { runCommand } from '../../../server/cli/main.js';
import { openSqliteStorage } from '../../../server/storage/sqlite/index.js';
import { StoreError } from '../../../server/storage/store-error.js';
import type { Random } from '../../support/random.js';
import { finding } from '../checkers/finding.js';
import type { Reading } from '../driver/history.js';
import { Load } from '../driver/load.js';
import { seen } from '../driver/read-log.js';
import { Tally } from '../nemeses/nemesis.js';
import type { Scenario } from './scenario.js';

const FILES = ['parley.db', 'parley.db-wal'];
/** Bytes that each damage flips. */
const BYTES = 16;

/** Ms in which every head was signed once more; the server of this run signs every second. */
const SIGNED_WITHIN = 4_000;

type Fate = 'refused at start' | 'found by verify' | 'found by the signed heads' | 'without effect' | 'served';

export const damage: Scenario = {
  guarantee: 'G21',
  promise: 'a damaged database is refused or named, never served as if it were whole',
  engines: ['sqlite'],
  floors: { acknowledged: 50 },
  async run(stage) {
    const anchors = join(stage.folder, 'anchors');
    const subject = await stage.subject({
      nodeArguments: ['--import', new URL('../nemeses/patches/fast-anchors.js', import.meta.url).href],
      env: { PARLEY_ANCHORS: anchors },
    });
    const load = await Load.start(subject, 8, stage.random);
    await wait(2_000);
    const { findings, readings } = await load.verdict();
    load.close();
    await wait(SIGNED_WITHIN);
    // Killed, so that a write-ahead log with committed entries is left.
    for (const node of subject.nodes) await node.end('SIGKILL');
    const settled = join(stage.folder, 'settled');
    copyStore(subject.data, settled);
    checkpoint(join(settled, 'parley.db'));
    const tally = new Tally();
    const fates = new Tally();
    const wanted = stage.size({ commit: 20, nightly: 300, release: 1_000 });
    for (let done = 0; done < wanted && stage.timeLeft(); done += 1) {
      const copy = join(stage.folder, 'damaged');
      // As the kill left it, and as it is when its write-ahead log was taken into it.
      copyStore(done % 2 === 0 ? subject.data : settled, copy);
      const victim = stage.random.pick(FILES.filter((name) => existsSync(join(copy, name)) && statSync(join(copy, name)).size > 0));
      const cut = stage.random.below(4) === 0;
      if (cut) truncateSync(join(copy, victim), stage.random.below(statSync(join(copy, victim)).size));
      else flip(join(copy, victim), stage.random);
      tally.add(`${victim} ${cut ? 'cut off' : `with ${String(BYTES)} bytes flipped`}`);
      const fate = await fateOf(copy, anchors, readings);
      fates.add(fate);
      // A write-ahead log that was damaged ends before the damage, by design of SQLite: only what was signed elsewhere knows of more.
      if (fate === 'served')
        findings.push(finding('undetected', `${victim} ${cut ? 'cut off' : 'flipped'}: other entries are served, and nobody says so`));
      rmSync(copy, { recursive: true, force: true });
    }
    return {
      injected: tally.toString(),
      faults: tally.total,
      operations: load.history.sent.length,
      acknowledged: load.history.acknowledged,
      findings,
      note: `${fates.toString()}; heads signed every second, where a server signs them every minute`,
    };
  },
};

function copyStore(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of FILES) if (existsSync(join(from, name))) copyFileSync(join(from, name), join(to, name));
}

function checkpoint(file: string): void {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
}

function flip(file: string, random: Random): void {
  const { size } = statSync(file);
  const handle = openSync(file, 'r+');
  try {
    const at = random.below(Math.max(1, size - BYTES));
    const bytes = Buffer.alloc(Math.min(BYTES, size));
    readSync(handle, bytes, 0, bytes.length, at);
    writeSync(
      handle,
      bytes.map((byte) => byte ^ (1 + random.below(255))),
      0,
      bytes.length,
      at,
    );
  } finally {
    closeSync(handle);
  }
}

async function fateOf(data: string, anchors: string, readings: readonly Reading[]): Promise<Fate> {
  let equal = true;
  try {
    const storage = await openSqliteStorage({ directory: data });
    try {
      for (const { reader, conversation, entries } of readings) {
        for (let after = 0; equal && after < entries.length;) {
          const page = await storage.range('test', reader, conversation, { after, limit: 200 });
          const got = page?.entries.map(seen) ?? [];
          const due = entries.slice(after, after + 200);
          equal =
            got.length === due.length &&
            got.every(({ seq, cid, text }, index) => seq === due[index]?.seq && cid === due[index].cid && text === due[index].text);
          after += 200;
        }
        if (!equal) break;
      }
    } finally {
      await storage.close();
    }
  } catch (error) {
    if (error instanceof StoreError) return 'refused at start';
    equal = false;
  }
  if (equal) return 'without effect';
  const passes = async (...more: string[]): Promise<boolean> => {
    const { code } = await runCommand(['verify', ...more], { PARLEY_DATA: data }).catch(() => ({ code: 1 }));
    return code === 0;
  };
  if (!(await passes())) return 'found by verify';
  return (await passes('--anchors', anchors)) ? 'served' : 'found by the signed heads';
}
