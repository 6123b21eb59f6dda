import { setTimeout as wait } from 'node:timers/promises';
import type { Finding } from '../checkers/finding.js';
import { findTimeWarps } from '../checkers/log.js';
import { Crowd } from '../driver/crowd.js';
import { Clock, DAY, HOUR } from '../nemeses/clock.js';
import { Tally } from '../nemeses/nemesis.js';
import type { Scenario } from './scenario.js';

/** Where the servers' clock is set to, one after the other; ms. */
const JUMPS = [HOUR, -HOUR, 0, 30_000, -30_000, -1, DAY, 0];

export const clocks: Scenario = {
  guarantee: 'G23',
  promise: 'clocks do not matter to order, and the time of an entry never goes back',
  engines: ['sqlite', 'postgres'],
  floors: { acknowledged: 50 },
  async run(stage) {
    const clock = new Clock(stage.folder);
    const subject = await stage.subject(clock.options);
    const skew = (index: number): number => [DAY, -DAY, 0][index % 3] ?? 0;
    const crowd = await Crowd.gather(subject, stage.random, { people: 9, conversations: 5, members: 4, skew });
    const tally = new Tally();
    const findings: Finding[] = [];
    try {
      crowd.talk(250);
      const jumps = stage.size({ commit: JUMPS.length, nightly: 200, release: 1_000 });
      for (let jump = 0; jump < jumps && stage.timeLeft(); jump += 1) {
        await wait(300 + stage.random.below(600));
        await clock.set(subject, JUMPS[jump % JUMPS.length] ?? 0);
        tally.add("the servers' clock set");
      }
      await clock.set(subject, 0);
      await crowd.silence();
      findings.push(...(await crowd.converge(35_000)).findings, ...(await crowd.verdict()), ...findTimeWarps(await crowd.read()));
      tally.add('a page a day off', 6);
      return { injected: tally.toString(), faults: tally.total, operations: crowd.said, acknowledged: crowd.acknowledged, findings };
    } finally {
      crowd.leave();
    }
  },
};
