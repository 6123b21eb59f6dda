import type { Subscription } from 'rxjs';
import { v7 } from 'uuid';
import { eventually } from '../../support/eventually.js';
import { type Finding, finding } from '../checkers/finding.js';
import { RenderChecker } from '../checkers/renders.js';
import { Load } from '../driver/load.js';
import { Person } from '../driver/person.js';
import { RawClient } from '../driver/raw-client.js';
import type { Scenario } from './scenario.js';

const SYNCED_WITHIN = 60_000;
const SEND_P99 = 1_000;
const SIGN_INS_AT_ONCE = 50;
/** Who write through the storm; nothing of theirs may be lost. */
const WRITERS = 4;
const PROBES = 200;

export const storm: Scenario = {
  guarantee: 'G25',
  promise: 'everybody comes back after a node was killed, and sending stays quick, and nothing is lost',
  engines: ['sqlite', 'postgres'],
  // More than the probes afterwards: something was said in the storm, too.
  floors: { acknowledged: PROBES + 20 },
  async run(stage) {
    const subject = await stage.subject();
    const { random } = stage;
    const clients = stage.size({ commit: 250, nightly: 2_000, release: 5_000 });
    const renders = new RenderChecker();
    const people = Array.from(
      { length: clients },
      (_, index) =>
        new Person(`c-${String(index)}`, {
          url: subject.url,
          token: () => subject.token(`c-${String(index)}`),
          random,
          renders,
          patient: true,
        }),
    );
    const findings: Finding[] = [];
    let load: Load | undefined;
    try {
      for (let next = 0; next < people.length; next += SIGN_INS_AT_ONCE)
        await Promise.all(people.slice(next, next + SIGN_INS_AT_ONCE).map((person) => person.signIn()));
      const victim = random.pick(subject.nodes);
      const share = subject.nodes.length > 1 ? 'its share of them' : 'all of them';
      const hit = subject.link.wires.filter(({ target }) => target === victim.port).length;
      if (hit === 0) findings.push(finding('nothing-proved', 'nobody was on the node that was killed'));
      load = await Load.start(subject, WRITERS, random);
      const started = performance.now();
      // Before the kill: who has not noticed it yet still calls itself ready.
      const absences = people.map((person) => new Absence(person));
      await victim.end('SIGKILL');
      // One node has to come back itself; of several the others take over.
      if (subject.nodes.length === 1) await victim.start();
      const left = (): Absence[] => absences.filter((one) => one.left);
      const over = (): boolean => left().length >= hit && left().every(({ backAt }) => backAt !== null);
      await eventually(() => (over() ? true : undefined), 'everybody', SYNCED_WITHIN).catch(() => undefined);
      for (const absence of absences) absence.end();
      findings.push(...judge(absences, hit));
      const back = left().map(({ backAt }) => (backAt ?? Infinity) - started);
      findings.push(...(await load.verdict()).findings);
      load.close();
      const latencies = await sendLatencies(await RawClient.connect(subject.url, 'c-0', await subject.token('c-0')));
      const p99 = latencies.sort((one, other) => one - other)[Math.floor(latencies.length * 0.99)] ?? Infinity;
      if (p99 > SEND_P99) findings.push(finding('late', `the 99th percentile of sending was ${String(Math.round(p99))} ms afterwards`));
      const sorted = [...back].sort((one, other) => one - other);
      const median = Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0);
      return {
        injected: `1 x SIGKILL of a node with ${share}, ${String(clients)} clients (10,000 in the promise: scaled to one machine of two cores that runs the clients too)`,
        faults: 1,
        operations: clients + load.history.sent.length + latencies.length,
        acknowledged: load.history.acknowledged + latencies.length,
        findings,
        note: `back after ${String(median)} ms (median), ${String(Math.round(sorted.at(-1) ?? 0))} ms (last of ${String(back.length)}); send p99 ${String(Math.round(p99))} ms`,
      };
    } finally {
      load?.close();
      for (const person of people) person.leave();
    }
  },
};

/** One client's time without a connection, watched from when it still has one. */
export class Absence {
  left = false;
  /** When it was synced again; null while it is away, and when it never was. */
  backAt: number | null = null;
  readonly #watching: Subscription;

  constructor({ parley }: { parley: Pick<Person['parley'], 'connection$'> }) {
    this.#watching = parley.connection$.subscribe(({ state }) => {
      const ready = state === 'ready';
      this.left ||= !ready;
      this.backAt = ready && this.left ? performance.now() : null;
    });
  }

  end(): void {
    this.#watching.unsubscribe();
  }
}

/** `hit`: how many were on the node that was killed. Clients of a node that lives on need not have left. */
export function judge(absences: readonly Pick<Absence, 'left' | 'backAt'>[], hit: number): Finding[] {
  const left = absences.filter((one) => one.left);
  const away = left.filter(({ backAt }) => backAt === null).length;
  const findings: Finding[] = [];
  if (left.length < hit)
    findings.push(finding('late', `${String(hit)} clients were on the node, and ${String(left.length)} noticed its end`));
  if (away > 0) findings.push(finding('late', `${String(away)} clients were not back in time`));
  return findings;
}

async function sendLatencies(client: RawClient): Promise<number[]> {
  const { conversation } = await client.ask('conversation:create', { cid: v7(), kind: 'direct', members: ['c-1'] });
  const latencies: number[] = [];
  for (let count = 0; count < PROBES; count += 1) {
    const started = performance.now();
    await client.ask('message:send', { conversation: conversation.id, cid: v7(), text: `after the storm ${String(count)}`, links: [] });
    latencies.push(performance.now() - started);
  }
  client.close();
  return latencies;
}
