import { GOALS } from '../goals.js';
import type { Job } from '../job.js';
import { percentile } from '../statistics.js';
import { membersOf, READER, userOf } from '../stores/plan.js';
import { signIn } from '../traffic/sign-in.js';
import type { WireClient } from '../wire.js';
import type { Scenario } from './scenario.js';

const PAGE = 50;
const WARM_UP = 30;
const CALLS = 500;
const MADE_UP = { is: 'bare relay: pages made up in memory, no membership looked up' };

/** The newest page of a conversation and the one before it, one call after the other; a relay answers from its memory. */
export const history: Scenario = {
  figures({ sizes }) {
    const long = `conversation of ${sizes.long.toLocaleString('en')} entries`;
    return [
      { key: 'newest', name: `the newest 50 of a ${long}, p50`, unit: 'ms', floor: MADE_UP, samples: 'calls' },
      { key: 'before', name: `the 50 before them, p50`, unit: 'ms', floor: MADE_UP, samples: 'calls' },
      { key: 'newest p99', name: `the newest 50 of a ${long}, p99`, unit: 'ms', floor: MADE_UP, samples: 'calls' },
      {
        key: 'newest',
        name: `opening a ${long}, against one of 100`,
        unit: 'ms',
        floor: { of: 'parley', key: 'brief newest', is: 'Parley itself, one of 100 entries: the same work' },
        samples: 'calls',
        goals: [GOALS.opening],
      },
    ];
  },
  rounds: { short: 1, full: 5 },
  store: 'archive',
  async load(job) {
    const reader = await signIn(job, READER);
    const { long = '', brief = '' } = job.store?.logs ?? {};
    const [group, member] = await groupOf(job);
    // In turn, so that whatever else the machine does falls on all of them alike.
    const times = { newest: [] as number[], before: [] as number[], brief: [] as number[], group: [] as number[] };
    for (let call = 0; call < WARM_UP + CALLS; call += 1) {
      const first = await page(reader, long);
      const second = await page(reader, long, first.from);
      const brevity = await page(reader, brief);
      const inGroup = await page(member, group);
      if (call < WARM_UP) continue;
      times.newest.push(first.ms);
      times.before.push(second.ms);
      times.brief.push(brevity.ms);
      times.group.push(inGroup.ms);
    }
    reader.close();
    member.close();
    return {
      newest: percentile(times.newest, 0.5),
      'newest p99': percentile(times.newest, 0.99),
      before: percentile(times.before, 0.5),
      'brief newest': percentile(times.brief, 0.5),
      'group newest': percentile(times.group, 0.5),
      calls: CALLS,
      missing: 0,
    };
  },
};

/** The group with the most entries, and somebody who is in it: a group has as many members as the plan says. */
async function groupOf(job: Job): Promise<[group: string, member: WireClient]> {
  const { store } = job;
  const [first = 0] = store ? membersOf(store.plan, 0) : [];
  return [store?.groups[0] ?? '', await signIn(job, userOf(first))];
}

async function page(client: WireClient, conversation: string, before?: number): Promise<{ ms: number; from: number }> {
  const { ms, frame } = await client.time('entry:range', { conversation, limit: PAGE, ...(before === undefined ? {} : { before }) });
  const from = Number(/"from":(\d+)/.exec(frame)?.[1]);
  return { ms, from };
}
