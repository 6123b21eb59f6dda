import { copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { runCommand } from '../../../server/cli/main.js';
import type { Random } from '../../support/random.js';
import { finding } from '../checkers/finding.js';
import { Load } from '../driver/load.js';
import { strike } from '../nemeses/nemesis.js';
import { killNode } from '../nemeses/processes.js';
import type { Scenario } from './scenario.js';

/** What somebody with the file in hand can do to the log; each keeps everything else as consistent as it can. */
const TAMPERINGS: Readonly<Record<string, (db: DatabaseSync, id: number) => void>> = {
  'a text changed': (db, id) =>
    db.prepare(`UPDATE entries SET body = '{"kind":"message","links":[],"text":"never said"}' WHERE id = ?`).run(id),
  'an author changed': (db, id) => db.prepare(`UPDATE entries SET author = author || 'x' WHERE id = ?`).run(id),
  'a time changed': (db, id) => db.prepare('UPDATE entries SET at = at + 1 WHERE id = ?').run(id),
  'an id changed': (db, id) => db.prepare(`UPDATE entries SET cid = replace(cid, '-7', '-8') WHERE id = ?`).run(id),
  'an entry removed': (db, id) => db.prepare('DELETE FROM entries WHERE id = ?').run(id),
  'two entries swapped': (db, id) => {
    const { conversation, seq } = db.prepare('SELECT conversation, seq FROM entries WHERE id = ?').get(id) as {
      conversation: number;
      seq: number;
    };
    const other = db.prepare('SELECT seq FROM entries WHERE conversation = ? AND seq <> ? LIMIT 1').get(conversation, seq)?.[
      'seq'
    ] as number;
    const move = db.prepare('UPDATE entries SET seq = ? WHERE conversation = ? AND seq = ?');
    for (const [to, from] of [
      [1_000_000, seq],
      [seq, other],
      [other, 1_000_000],
    ] as const)
      move.run(to, conversation, from);
  },
  'an entry put in': (db, id) => {
    const { conversation } = db.prepare('SELECT conversation FROM entries WHERE id = ?').get(id) as { conversation: number };
    db.prepare(
      `INSERT INTO entries (tenant, conversation, seq, author, cid, kind, at, body, salt, commitment, hash)
       SELECT tenant, conversation, (SELECT head + 1 FROM conversations WHERE id = conversation), author, cid || 'x', kind, at, body, salt, commitment, hash
       FROM entries WHERE id = ?`,
    ).run(id);
    db.prepare('UPDATE conversations SET head = head + 1 WHERE id = ?').run(conversation);
  },
  'the end cut off': (db, id) => {
    const { conversation } = db.prepare('SELECT conversation FROM entries WHERE id = ?').get(id) as { conversation: number };
    db.prepare('DELETE FROM entries WHERE conversation = ? AND seq = (SELECT head FROM conversations WHERE id = ?)').run(
      conversation,
      conversation,
    );
    // As if it had never been longer: only what was signed elsewhere knows better.
    db.prepare(
      'UPDATE conversations SET head = head - 1, chain = (SELECT hash FROM entries e WHERE e.conversation = conversations.id AND e.seq = head - 1) WHERE id = ?',
    ).run(conversation);
  },
};

export const evidence: Scenario = {
  guarantee: 'G17',
  promise: 'every accepted change is in the log once, and any later change to the log is evident, cutting its end too',
  engines: ['sqlite'],
  floors: { faults: 8, acknowledged: 50 },
  async run(stage) {
    const anchors = join(stage.folder, 'anchors');
    const subject = await stage.subject({ env: { PARLEY_ANCHORS: anchors } });
    const load = await Load.start(subject, 10, stage.random);
    await wait(1_500);
    await strike(killNode(subject, stage.random), stage.random);
    await wait(500);
    const { findings } = await load.verdict();
    load.close();
    await subject.stop();

    const { sent, acknowledged } = load.history;
    const untouched = await runCommand(['verify', '--anchors', anchors], { PARLEY_DATA: subject.data });
    if (untouched.code !== 0) {
      // Whatever it says of a store that was changed would prove nothing.
      findings.push(
        finding('chain', `what nobody touched is called damaged: ${[...untouched.lines.slice(0, 3), untouched.complaint].join('; ')}`),
      );
      return { injected: '', faults: 0, operations: sent.length, acknowledged, findings };
    }
    const names = Object.keys(TAMPERINGS);
    const wanted = stage.size({ commit: 3 * names.length, nightly: 400, release: 10_000 });
    const counts = new Map<string, number>();
    let done = 0;
    for (; done < wanted && stage.timeLeft(); done += 1) {
      const name = names[done % names.length] ?? '';
      const copy = join(stage.folder, 'tampered');
      copyStore(subject.data, copy);
      tamper(join(copy, 'parley.db'), name, stage.random);
      const { code, lines } = await runCommand(['verify', '--anchors', anchors], { PARLEY_DATA: copy });
      // It must say where, not only that something is wrong.
      if (code === 0 || lines.length === 0) findings.push(finding('undetected', `${name}, and verify found nothing`));
      counts.set(name, (counts.get(name) ?? 0) + 1);
      rmSync(copy, { recursive: true, force: true });
    }
    const injected = [...counts].map(([name, count]) => `${String(count)} x ${name}`).join(', ');
    return { injected: `1 x SIGKILL of a node, ${injected}`, faults: done, operations: sent.length, acknowledged, findings };
  },
};

function copyStore(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) if (!/-shm$|lock/.test(name)) copyFileSync(join(from, name), join(to, name));
}

function tamper(file: string, name: string, random: Random): void {
  const db = new DatabaseSync(file);
  try {
    const triggers = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all();
    for (const { name: trigger } of triggers) db.exec(`DROP TRIGGER ${String(trigger)}`);
    const ids = db.prepare("SELECT id FROM entries WHERE kind = 'message'").all();
    TAMPERINGS[name]?.(db, Number(random.pick(ids)['id']));
  } finally {
    db.close();
  }
}
