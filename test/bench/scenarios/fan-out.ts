import { closedLoop } from '../traffic/closed-loop.js';
import { Member } from '../traffic/member.js';
import { create, signInAll } from '../traffic/sign-in.js';
import type { Goal } from '../report.js';
import type { Scenario } from './scenario.js';

const WRITERS = 10;

/** Copies delivered in a room, ten of whose members write. */
function fanOut(name: string, room: number, goal?: Goal): Scenario {
  return {
    figures: () => [
      { key: 'perSecond', name: `copies delivered in a room of ${room.toLocaleString('en')}`, unit: '/s', ...(goal ? { goal } : {}) },
      { key: 'cpuPerCopy', name: `server CPU per copy, room of ${room.toLocaleString('en')}`, unit: 'µs' },
    ],
    measure: (subject, bench) => bench.load(name, subject, { count: room }),
    async load(job) {
      const clients = await signInAll(job, job.count);
      const [first, ...others] = clients;
      if (!first) throw new Error('nobody signed in');
      const made = await create(first, others);
      const members = clients.map((client) => new Member(client, made));
      const loop = { senders: members.slice(0, WRITERS), everybody: members, flows: WRITERS };
      const { perSecond, cpuPerMessage, missing } = await closedLoop(job, loop);
      for (const client of clients) client.close();
      return { perSecond: perSecond * job.count, cpuPerCopy: cpuPerMessage / job.count, missing };
    },
  };
}

export const fanOut100 = fanOut('fan-out', 100, { least: 0.9, of: 'ratio' });
export const fanOut1000: Scenario = { ...fanOut('fan-out-1000', 1_000), rounds: { short: 1, full: 5 } };
