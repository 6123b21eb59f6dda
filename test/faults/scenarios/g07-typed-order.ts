import { setTimeout as wait } from 'node:timers/promises';
import { Crowd } from '../driver/crowd.js';
import { cutAll, loseAnswers, tear } from '../nemeses/links.js';
import { strike, Tally } from '../nemeses/nemesis.js';
import type { Scenario } from './scenario.js';

const BURST = 30;

export const typedOrder: Scenario = {
  guarantee: 'G7',
  promise: "one sender's messages keep the order in which they were typed",
  engines: ['sqlite', 'postgres'],
  floors: { faults: 4, acknowledged: 8 * BURST },
  async run(stage) {
    const { random } = stage;
    const subject = await stage.subject();
    const crowd = await Crowd.gather(subject, random, { people: 8, conversations: 4, members: 4 });
    const tally = new Tally();
    const nemeses = [cutAll(subject.link), loseAnswers(subject.link, random, 100), tear(subject.link, random)];
    try {
      const bursts = stage.size({ commit: 24, nightly: 1_000, release: 1_000 });
      for (let burst = 0; burst < bursts && stage.timeLeft(); burst += 8) {
        for (const person of crowd.people) {
          const conversation = random.pick(crowd.of(person));
          for (let line = 1; line <= BURST; line += 1) crowd.say(person, conversation, `burst ${String(burst)}, line ${String(line)}`);
        }
        for (let cut = 0; cut < 4; cut += 1) {
          await wait(random.below(120));
          const nemesis = random.pick(nemeses);
          await strike(nemesis, random);
          tally.add(nemesis.name);
        }
        await crowd.silence();
      }
      const { findings } = await crowd.converge(35_000);
      const injected = `${tally.toString()} during bursts of ${String(BURST)}`;
      findings.push(...(await crowd.verdict()));
      return { injected, faults: tally.total, operations: crowd.said, acknowledged: crowd.acknowledged, findings };
    } finally {
      crowd.leave();
    }
  },
};
