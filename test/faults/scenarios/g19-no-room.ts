import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { v7 } from 'uuid';
import { type Finding, finding } from '../checkers/finding.js';
import { Load } from '../driver/load.js';
import { RawClient } from '../driver/raw-client.js';
import { Tally, type Nemesis } from '../nemeses/nemesis.js';
import { killMachine, stopMachine } from '../nemeses/processes.js';
import { SmallDisk } from '../nemeses/small-disk.js';
import type { Subject } from '../subjects/subject.js';
import { NotHere, type Outcome, type Scenario, type Stage } from './scenario.js';

/** After the fault is over; ms. */
const RECOVERED_WITHIN = 10_000;
const FULL_WITHIN = 60_000;
const MOST_FILLING = 4_000;

export const noRoom: Scenario = {
  guarantee: 'G19',
  promise: 'storage full or down: no false acknowledgement, no crash, and everything goes on by itself',
  engines: ['sqlite', 'postgres'],
  everyday: true,
  floors: { acknowledged: 50 },
  run: (stage) => (stage.engine === 'sqlite' ? fullDisk(stage) : storeAway(stage)),
};

/** A real disk of 8 MB fills up under load, is made larger, and fills up again. */
async function fullDisk(stage: Stage): Promise<Outcome> {
  const disk = SmallDisk.mount(join(stage.folder, 'small'), 8);
  if ('reason' in disk) throw new NotHere(disk.reason);
  try {
    const subject = await stage.subject({ data: join(disk.folder, 'data') });
    const load = await Load.start(subject, 8, stage.random);
    const filler = await Filler.begin(subject);
    const findings: Finding[] = [];
    const tally = new Tally();
    let slowest = 0;
    for (let fill = 0; fill < stage.size({ everyday: 1, commit: 2, nightly: 50, release: 50 }) && stage.timeLeft(); fill += 1) {
      await filler.fill();
      tally.add('the disk full');
      // A message that is refused now may never be acknowledged later by mistake: the checkers of the log see to that at the end.
      findings.push(...(await filler.readsOn()));
      await wait(500);
      disk.grow(4);
      const took = await untilAcknowledged(load);
      slowest = Math.max(slowest, took);
      if (took > RECOVERED_WITHIN) findings.push(finding('late', `nothing was acknowledged ${String(took)} ms after there was room again`));
    }
    disk.grow(64);
    const { findings: found } = await load.verdict();
    const missing = await filler.verdict();
    load.close();
    return {
      injected: tally.toString(),
      faults: tally.total,
      operations: load.history.sent.length + filler.sent,
      acknowledged: load.history.acknowledged + filler.accepted,
      findings: [...findings, ...missing, ...found],
      note: `went on ${String(Math.round(slowest))} ms after there was room, at most`,
    };
  } finally {
    disk.unmount();
  }
}

/** The database stopped, killed, and Redis stopped: each under load. */
async function storeAway(stage: Stage): Promise<Outcome> {
  const subject = await stage.subject();
  const { backing } = subject;
  if (!backing) throw new NotHere('there is nothing behind the nodes');
  const away = stage.size({ commit: 3_000, nightly: 20_000, release: 60_000 });
  const { postgres, redis } = backing;
  const nemeses: (Nemesis & { silences: boolean })[] = [
    { ...stopMachine('PostgreSQL', postgres.machine, away), silences: true },
    { ...stopMachine('Redis', redis.machine, away), silences: false },
    { ...killMachine('PostgreSQL', postgres.machine, away), silences: true },
  ];
  const load = await Load.start(subject, 10, stage.random);
  const findings: Finding[] = [];
  const tally = new Tally();
  let slowest = 0;
  const rounds = stage.size({ everyday: 1, commit: 1, nightly: 17, release: 50 });
  for (let number = 0; number < rounds * nemeses.length && stage.timeLeft(); number += 1) {
    const nemesis = nemeses[number % nemeses.length];
    if (!nemesis) break;
    await wait(500);
    await nemesis.hit();
    tally.add(nemesis.name);
    // What was committed just before is still on its way.
    await wait(300);
    const before = load.history.acknowledged;
    await wait(1_000 + stage.random.below(away));
    const during = load.history.acknowledged - before;
    if (nemesis.silences && during > 0)
      findings.push(finding('false-ack', `${String(during)} acknowledgements while there was no database`));
    if (!nemesis.silences && during === 0) findings.push(finding('late', 'nothing was acknowledged while only Redis was away'));
    const lives = subject.nodes.filter(({ pid }) => isAlive(pid)).length;
    if (lives < subject.nodes.length)
      findings.push(finding('down', `${String(subject.nodes.length - lives)} nodes ended: ${subject.nodes[0]?.output() ?? ''}`));
    await nemesis.heal();
    const took = await untilAcknowledged(load);
    slowest = Math.max(slowest, took);
    if (took > RECOVERED_WITHIN)
      findings.push(finding('late', `nothing was acknowledged ${String(took)} ms after ${nemesis.name} was over`));
  }
  const { findings: found } = await load.verdict();
  load.close();
  const note = `went on ${String(Math.round(slowest))} ms after it was back, at most`;
  const { sent, acknowledged } = load.history;
  return {
    injected: tally.toString(),
    faults: tally.total,
    operations: sent.length,
    acknowledged,
    findings: [...findings, ...found],
    note,
  };
}

/** Somebody whose long messages fill the disk, and who reads meanwhile. */
class Filler {
  sent = 0;
  readonly #client: RawClient;
  readonly #conversation: string;
  readonly #accepted: string[] = [];

  private constructor(client: RawClient, conversation: string) {
    this.#client = client;
    this.#conversation = conversation;
  }

  static async begin(subject: Subject): Promise<Filler> {
    (await RawClient.connect(subject.url, 'pit', await subject.token('pit'))).close();
    const client = await RawClient.connect(subject.url, 'filler', await subject.token('filler'));
    const { conversation } = await client.ask('conversation:create', { cid: v7(), kind: 'direct', members: ['pit'] });
    return new Filler(client, conversation.id);
  }

  get accepted(): number {
    return this.#accepted.length;
  }

  /** Resolves when the first message is refused for want of room. */
  async fill(): Promise<void> {
    const deadline = performance.now() + FULL_WITHIN;
    // More than the disk holds, if nobody ever says that it is full: then what is in the log decides.
    for (let count = 0; count < MOST_FILLING && performance.now() < deadline; count += 1) {
      const cid = v7();
      this.sent += 1;
      const text = 'long '.repeat(1_500);
      const answer = await this.#client.answer('message:send', { conversation: this.#conversation, cid, text, links: [] });
      if (!answer.ok) return;
      this.#accepted.push(cid);
    }
  }

  async readsOn(): Promise<Finding[]> {
    const answer = await this.#client.answer('entry:range', { conversation: this.#conversation, after: 0, limit: 5 });
    return answer.ok ? [] : [finding('refusal', `reading with a full disk was answered ${answer.error.code}`, this.#conversation)];
  }

  async verdict(): Promise<Finding[]> {
    const present = new Set<string>();
    for (let after = 0; ;) {
      const page = await this.#client.ask('entry:range', { conversation: this.#conversation, after, limit: 5 });
      for (const { cid } of page.entries) present.add(cid);
      if (page.to === 0 || page.to >= page.head) break;
      after = page.to;
    }
    this.#client.close();
    const lost = this.#accepted.filter((cid) => !present.has(cid));
    return lost.map((cid) => ({ ...finding('lost', 'acknowledged and gone', this.#conversation), cid }));
  }
}

async function untilAcknowledged(load: Load): Promise<number> {
  const started = performance.now();
  const before = load.history.acknowledged;
  while (load.history.acknowledged === before && performance.now() - started < 3 * RECOVERED_WITHIN) await wait(20);
  return performance.now() - started;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
