import { linkNemeses } from '../nemeses/links.js';
import { both, type Nemesis } from '../nemeses/nemesis.js';
import { flushRedis, killMachine, killNode, pauseMachine, pauseNode } from '../nemeses/processes.js';
import type { Backing } from '../subjects/backing.js';
import type { Subject } from '../subjects/subject.js';
import { NotHere, type Scenario, type Stage } from './scenario.js';
import { underLoad } from './under-load.js';

export const killedAnything: Scenario = {
  guarantee: 'G3',
  promise: 'what was acknowledged survives SIGKILL of any node, of Redis, of PostgreSQL, alone or any two',
  engines: ['postgres'],
  nodes: [1, 3],
  everyday: true,
  floors: { acknowledged: 100 },
  async run(stage) {
    const subject = await stage.subject();
    if (!subject.backing) throw new NotHere('there is nothing behind the nodes');
    const nemeses = nemesesOf(stage, subject, subject.backing);
    return underLoad(stage, subject, {
      writers: 12,
      faults: nemeses.length * stage.size({ everyday: 1, commit: 2, nightly: 30, release: 100 }),
      every: 1_000,
      // In turn, so that a short run has each of them.
      next: (number) => nemeses[number % nemeses.length] as Nemesis,
      after: 1_000,
    });
  },
};

function nemesesOf({ random }: Stage, subject: Subject, backing: Backing): readonly Nemesis[] {
  const { redis, postgres } = backing;
  const node = (): Nemesis => killNode(subject, random);
  const store = killMachine('PostgreSQL', postgres.machine);
  const fanOut = killMachine('Redis', redis.machine);
  return [
    node(),
    store,
    fanOut,
    flushRedis(backing),
    pauseNode(subject, random, 1_500),
    pauseMachine('PostgreSQL', postgres.machine, 1_500),
    pauseMachine('Redis', redis.machine, 1_500),
    // The store comes back before the node that needs it to start.
    both(node(), store),
    both(node(), fanOut),
    both(store, fanOut),
    ...linkNemeses(subject.link, random).slice(0, 1),
  ];
}
