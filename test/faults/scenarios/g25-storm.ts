import { v7 } from 'uuid';
import { type Finding, finding } from '../checkers/finding.js';
import { RenderChecker } from '../checkers/renders.js';
import { Person } from '../driver/person.js';
import { RawClient } from '../driver/raw-client.js';
import type { Scenario } from './scenario.js';

const SYNCED_WITHIN = 60_000;
const SEND_P99 = 1_000;
const SIGN_INS_AT_ONCE = 50;

export const storm: Scenario = {
  guarantee: 'G25',
  promise: 'everybody comes back after a node was killed, and sending stays quick',
  engines: ['sqlite', 'postgres'],
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
    try {
      for (let next = 0; next < people.length; next += SIGN_INS_AT_ONCE)
        await Promise.all(people.slice(next, next + SIGN_INS_AT_ONCE).map((person) => person.signIn()));
      const victim = random.pick(subject.nodes);
      const lost = subject.nodes.length > 1 ? 'its share of them' : 'all of them';
      const started = performance.now();
      await victim.end('SIGKILL');
      // One node has to come back itself; of several the others take over.
      if (subject.nodes.length === 1) await victim.start();
      const back = await Promise.all(people.map((person) => ready(person, started)));
      const slowest = Math.max(...back);
      if (slowest >= SYNCED_WITHIN)
        findings.push(finding('late', `${String(back.filter((took) => took >= SYNCED_WITHIN).length)} clients were not back in time`));
      const latencies = await sendLatencies(await RawClient.connect(subject.url, 'c-0', await subject.token('c-0')));
      const p99 = latencies.sort((one, other) => one - other)[Math.floor(latencies.length * 0.99)] ?? Infinity;
      if (p99 > SEND_P99) findings.push(finding('late', `the 99th percentile of sending was ${String(Math.round(p99))} ms afterwards`));
      const sorted = [...back].sort((one, other) => one - other);
      const median = Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0);
      return {
        injected: `1 x SIGKILL of a node with ${lost}, ${String(clients)} clients (10,000 in the promise: scaled to one machine of two cores that runs the clients too)`,
        faults: 1,
        operations: clients + latencies.length,
        acknowledged: latencies.length,
        findings,
        note: `back after ${String(median)} ms (median), ${String(Math.round(slowest))} ms (last); send p99 ${String(Math.round(p99))} ms`,
      };
    } finally {
      for (const person of people) person.leave();
    }
  },
};

/** Ms since `started` until the client was ready again, or the bound. */
function ready(person: Person, started: number): Promise<number> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => done(SYNCED_WITHIN), SYNCED_WITHIN);
    const watching = person.parley.connection$.subscribe(({ state }) => {
      // A client of a node that lives on never left.
      if (state === 'ready') queueMicrotask(() => done(performance.now() - started));
    });
    function done(took: number): void {
      clearTimeout(timer);
      watching.unsubscribe();
      resolve(took);
    }
  });
}

async function sendLatencies(client: RawClient): Promise<number[]> {
  const { conversation } = await client.ask('conversation:create', { cid: v7(), kind: 'direct', members: ['c-1'] });
  const latencies: number[] = [];
  for (let count = 0; count < 200; count += 1) {
    const started = performance.now();
    await client.ask('message:send', { conversation: conversation.id, cid: v7(), text: `after the storm ${String(count)}`, links: [] });
    latencies.push(performance.now() - started);
  }
  client.close();
  return latencies;
}
