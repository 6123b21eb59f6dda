import { setTimeout as wait } from 'node:timers/promises';
import { Crowd } from '../driver/crowd.js';
import type { Finding } from '../checkers/finding.js';
import { LostHints } from '../nemeses/lost-hints.js';
import type { Scenario } from './scenario.js';

/** Per cent of the hints that never arrive at a node's clients. */
const LOST = 10;
/** Short tiers ask more often for what was lost; the promised 35 s are for a digest every 20 s. */
const FAST_DIGEST = 3_000;
const WITHIN = { fast: 8_000, promised: 35_000 };

export const lostHints: Scenario = {
  guarantee: 'G8',
  promise: 'loss on a live connection is noticed and repaired',
  engines: ['sqlite', 'postgres'],
  floors: { acknowledged: 50 },
  async run(stage) {
    const fast = stage.tier === 'everyday' || stage.tier === 'commit';
    const hints = new LostHints(stage.folder, LOST / 100, stage.random.below(1_000_000));
    const digest = ['--import', new URL('../nemeses/patches/fast-digest.js', import.meta.url).href];
    const subject = await stage.subject({
      nodeArguments: [...hints.options.nodeArguments, ...(fast ? digest : [])],
      env: { ...hints.options.env, FAULTS_DIGEST: String(FAST_DIGEST) },
    });
    const findings: Finding[] = [];
    let [operations, acknowledged, longest, rounds] = [0, 0, 0, 0];
    const wanted = stage.size({ commit: 3, nightly: 60, release: 60 });
    for (; rounds < wanted && stage.timeLeft(); rounds += 1) {
      const crowd = await Crowd.gather(subject, stage.random, { people: 9, conversations: 6, members: 4 }, `r${String(rounds)}`);
      try {
        const connections = subject.link.wires.length;
        crowd.talk(200);
        await wait(1_500 + stage.random.below(2_000));
        await crowd.silence();
        const { took, findings: late } = await crowd.converge(fast ? WITHIN.fast : WITHIN.promised);
        longest = Math.max(longest, took);
        findings.push(...late, ...(await crowd.verdict()));
        if (subject.link.wires.length !== connections) stage.say('a connection was made anew, which hides what is looked for');
        operations += crowd.said;
        acknowledged += crowd.acknowledged;
      } finally {
        crowd.leave();
      }
    }
    const { dropped } = hints;
    return {
      injected: `${String(LOST)} % of the hints to be dropped at each node: ${dropped.toString()}`,
      faults: dropped.total,
      operations,
      acknowledged,
      findings,
      note: `whole again after ${String(longest)} ms at most, ${fast ? `with a digest every ${String(FAST_DIGEST)} ms` : 'with a digest every 20 s'}; ${String(rounds)} rounds`,
    };
  },
};
