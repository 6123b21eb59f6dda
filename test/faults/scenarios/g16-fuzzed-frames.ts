import { setTimeout as wait } from 'node:timers/promises';
import { TestClient } from '../../support/server.js';
import { percentile } from '../../bench/statistics.js';
import { finding, type Finding } from '../checkers/finding.js';
import { Crowd } from '../driver/crowd.js';
import { Fuzzer } from '../fuzz/fuzzer.js';
import { MemoryGauge } from '../fuzz/memory-gauge.js';
import type { Subject } from '../subjects/subject.js';
import type { Scenario, Stage } from './scenario.js';

/** What honest people write and nobody who fuzzes is a member of. */
const CANARY = /honest-\d+ says /;
/** Frames of one attacker a second: together more than a server gets, and so few that the driver's own processor is not what is measured. */
const PACE = 800;
/** Ms between two probes of how long an honest sender waits. */
const PROBE = 100;
/** As a server has them that nobody configured (config.ts). */
const LIMITS_OF_THE_PRODUCT = {
  PARLEY_RATE_MESSAGES: '20',
  PARLEY_RATE_SEARCHES: '30',
  PARLEY_RATE_READS: '50',
  PARLEY_RATE_SIGNALS: '50',
  PARLEY_RATE_HISTORIES: '10',
};
/** After a sweep of its heaps a server may hold so much more than before; a sweep does not give back every page. */
const GROWN = { share: 1.1, bytes: 24 * 2 ** 20 };
/** Before so many frames not all code that is met is compiled, and no cache has its size. */
const WARM = 5_000;

export const fuzzedFrames: Scenario = {
  guarantee: 'G16',
  promise: 'bad input neither stops a server nor reaches anybody',
  engines: ['sqlite', 'postgres'],
  nodes: [1],
  floors: { faults: 1_000, acknowledged: 50 },
  async run(stage) {
    // With the product's own limits it is seen what they are for; without them every frame comes to what is behind them.
    const limited = await attack(stage, {
      frames: stage.size({ commit: 1_500, nightly: 100_000, release: 100_000 }),
      env: LIMITS_OF_THE_PRODUCT,
      share: { from: 0, to: 0.3 },
    });
    const open = await attack(stage, {
      frames: stage.size({ commit: 4_000, nightly: 1_000_000, release: 5_000_000 }),
      env: {},
      share: { from: 0.3, to: 1 },
    });
    const written = open.written + limited.written;
    return {
      injected: `${String(written)} fuzzed frames, ${String(open.thrownOut + limited.thrownOut)} connections closed for them`,
      faults: written,
      operations: open.operations + limited.operations,
      acknowledged: open.acknowledged + limited.acknowledged,
      findings: [...open.findings, ...limited.findings],
      note: `without limits ${open.note}; with the limits of the product ${limited.note}`,
    };
  },
};

interface Plan {
  frames: number;
  env: Record<string, string>;
  /** Of the minutes that the scenario has. */
  share: { from: number; to: number };
}

interface Attack {
  written: number;
  thrownOut: number;
  operations: number;
  acknowledged: number;
  findings: Finding[];
  note: string;
}

/** Fuzzers and honest people side by side at one server. */
async function attack(stage: Stage, { frames, env, share }: Plan): Promise<Attack> {
  const { random } = stage;
  const gauge = new MemoryGauge(stage.folder);
  const subject = await stage.subject({ nodeArguments: gauge.options.nodeArguments, env: { ...env, ...gauge.options.env } });
  const people = stage.size({ commit: 24, nightly: 200, release: 200 });
  const crowd = await Crowd.gather(subject, random, { people, conversations: people / 2, members: 4 }, 'honest');
  const probe = new Probe(subject, crowd.people[0]?.user ?? '');
  const users = Array.from({ length: 4 }, (_, index) => `fuzzer-${String(index + 1)}`);
  const known = { users: [...users, ...crowd.people.slice(0, 4).map(({ user }) => user)], conversations: crowd.conversations.slice(0, 8) };
  const fuzzers = users.map(
    (user) => new Fuzzer({ url: subject.url, user, known, random, canary: CANARY, token: () => subject.token(user) }),
  );
  const sum = (of: (one: Fuzzer) => number): number => fuzzers.reduce((total, one) => total + of(one), 0);
  const fuzz = async (count: number, until: number): Promise<void> => {
    await Promise.all(fuzzers.map((one) => one.attack(one.written + count / fuzzers.length, PACE, () => stage.timeLeft(until))));
  };
  try {
    crowd.talk(people * 50);
    await probe.start();
    const quiet = await probe.during(wait(stage.size({ commit: 3_000, nightly: 20_000, release: 20_000 })));
    // Caches, compiled code and the heap have their size only once they were used.
    await fuzz(frames / 10, share.from + (share.to - share.from) / 4);
    const warm = sum(({ written }) => written);
    const before = await gauge.read(subject);
    const attacked = await probe.during(fuzz(frames - warm, share.to));
    await crowd.silence();
    const after = await gauge.read(subject);
    const findings: Finding[] = [...fuzzers.flatMap((one) => one.findings), ...(await crowd.verdict()), ...(await subject.verify())];
    for (const node of subject.nodes)
      if (!isAlive(node.pid)) findings.push(finding('down', `the server ended: ${node.output().slice(-500)}`));
    if (before && after && warm >= WARM)
      for (const what of ['held', 'resident'] as const)
        if (after[what] > before[what] * GROWN.share && after[what] - before[what] > GROWN.bytes)
          findings.push(finding('late', `memory (${what}) grew from ${megabytes(before[what])} to ${megabytes(after[what])}`));
    return {
      written: sum(({ written }) => written),
      thrownOut: sum(({ thrownOut }) => thrownOut),
      operations: crowd.said + sum(({ answers }) => answers),
      acknowledged: crowd.acknowledged,
      findings,
      note:
        `${String(people)} honest people wait at most ${quiet.toFixed(0)} ms (p99) before and ${attacked.toFixed(0)} ms during, ` +
        `held in the heap after a sweep ${megabytes(before?.held)} and ${megabytes(after?.held)}, resident ${megabytes(before?.resident)} and ${megabytes(after?.resident)}`,
    };
  } finally {
    probe.close();
    crowd.leave();
  }
}

/** An honest sender who looks at the clock. */
class Probe {
  readonly #subject: Subject;
  readonly #peer: string;
  #client: TestClient | null = null;
  #conversation = '';

  constructor(subject: Subject, peer: string) {
    this.#subject = subject;
    this.#peer = peer;
  }

  async start(): Promise<void> {
    this.#client = new TestClient(this.#subject.url, 'probe', await this.#subject.token('probe'));
    await this.#client.ready();
    this.#conversation = await this.#client.startConversation(this.#peer);
  }

  /** The 99th percentile, in ms, of sends while the other thing goes on. */
  async during(other: Promise<unknown>): Promise<number> {
    const taken: number[] = [];
    let over = false;
    const done = other.finally(() => (over = true));
    while (!over) {
      const started = performance.now();
      await this.#client?.send(this.#conversation, 'how long does it take?');
      taken.push(performance.now() - started);
      await wait(PROBE);
    }
    await done;
    return percentile(taken, 0.99);
  }

  close(): void {
    this.#client?.close();
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function megabytes(bytes = 0): string {
  return `${(bytes / 2 ** 20).toFixed(0)} MB`;
}
