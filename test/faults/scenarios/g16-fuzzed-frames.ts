import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { TestClient } from '../../support/server.js';
import { percentile } from '../../bench/statistics.js';
import { finding, type Finding } from '../checkers/finding.js';
import { Crowd } from '../driver/crowd.js';
import { Fuzzer } from '../fuzz/fuzzer.js';
import type { Subject } from '../subjects/subject.js';
import type { Scenario } from './scenario.js';

/** What honest people write and nobody who fuzzes is a member of. */
const CANARY = ' says ';
/** Frames of one attacker a second: together more than a server gets, and so few that the driver's own processor is not what is measured. */
const PACE = 800;
/** Ms between two probes of how long an honest sender waits. */
const PROBE = 25;
/** Resident memory may end so much above what it was; less than a heap that has not been swept yet is not told from noise. */
const GROWN = { share: 1.1, bytes: 48 * 2 ** 20 };

export const fuzzedFrames: Scenario = {
  guarantee: 'G16',
  promise: 'bad input neither stops a server nor reaches anybody',
  engines: ['sqlite', 'postgres'],
  async run(stage) {
    const { random } = stage;
    const subject = await stage.subject({ nodes: 1 });
    const people = stage.size({ commit: 24, nightly: 200, release: 200 });
    const frames = stage.size({ commit: 20_000, nightly: 1_000_000, release: 5_000_000 });
    const crowd = await Crowd.gather(subject, random, { people, conversations: people / 2, members: 4 }, 'honest');
    const probe = new Probe(subject, crowd.people[0]?.user ?? '');
    const users = Array.from({ length: 4 }, (_, index) => `fuzzer-${String(index + 1)}`);
    const known = {
      users: [...users, ...crowd.people.slice(0, 4).map(({ user }) => user)],
      conversations: crowd.conversations.slice(0, 8),
    };
    const fuzzers = users.map(
      (user) => new Fuzzer({ url: subject.url, user, known, random, canary: CANARY, token: () => subject.token(user) }),
    );
    const pid = subject.nodes[0]?.pid ?? 0;
    try {
      crowd.talk(people * 25);
      await probe.start();
      const quiet = await probe.during(wait(stage.size({ commit: 3_000, nightly: 20_000, release: 20_000 })));
      // Caches, compiled code and the heap have their size only once they were used.
      const attack = (count: number): Promise<unknown> =>
        Promise.all(fuzzers.map((one) => one.attack(one.written + count / fuzzers.length, PACE, () => stage.timeLeft())));
      await attack(frames / 10);
      const before = residentOf(pid);
      const attacked = await probe.during(attack((frames * 9) / 10));
      await crowd.silence();
      await wait(3_000);
      const after = residentOf(pid);
      const findings: Finding[] = [...fuzzers.flatMap((one) => one.findings), ...(await crowd.verdict()), ...(await subject.verify())];
      if (!isAlive(pid)) findings.push(finding('down', `the server ended: ${subject.nodes[0]?.output().slice(-500) ?? ''}`));
      if (after > before * GROWN.share && after - before > GROWN.bytes)
        findings.push(finding('late', `resident memory grew from ${megabytes(before)} to ${megabytes(after)}`));
      const written = fuzzers.reduce((sum, one) => sum + one.written, 0);
      const answers = fuzzers.reduce((sum, one) => sum + one.answers, 0);
      const thrownOut = fuzzers.reduce((sum, one) => sum + one.thrownOut, 0);
      return {
        injected: `${String(written)} fuzzed frames, ${String(thrownOut)} connections closed for them`,
        faults: written,
        operations: crowd.said + answers,
        findings,
        note:
          `${String(people)} honest people; sent to acknowledged p99 ${quiet.toFixed(1)} ms before and ${attacked.toFixed(1)} ms during; ` +
          `resident ${megabytes(before)} and ${megabytes(after)}`,
      };
    } finally {
      probe.close();
      crowd.leave();
    }
  },
};

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

function residentOf(pid: number): number {
  const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'));
  return Number(line?.[1] ?? 0) * 1_024;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(0)} MB`;
}
