import type { Goal } from '../goals.js';
import { GOALS } from '../goals.js';
import { closedLoop } from '../traffic/closed-loop.js';
import { Member } from '../traffic/member.js';
import { create, signInAll } from '../traffic/sign-in.js';
import { RELAY } from './scenario.js';
import type { Scenario } from './scenario.js';

const WRITERS = 10;

/** Copies delivered in a room, ten of whose members write. */
function fanOut(room: number, goals: readonly Goal[] = []): Scenario {
  const where = `room of ${room.toLocaleString('en')}`;
  return {
    figures: () => [
      { key: 'perSecond', name: `copies delivered in a ${where}`, unit: '/s', floor: RELAY, goals },
      { key: 'cpuPerCopy', name: `server CPU per copy, ${where}`, unit: 'µs', floor: RELAY },
    ],
    count: () => room,
    async load(job) {
      const clients = await signInAll(job, job.count);
      const [first, ...others] = clients;
      if (!first) throw new Error('nobody signed in');
      const made = await create(first, others);
      const members = clients.map((client) => new Member(client, made));
      const loop = { senders: members.slice(0, WRITERS), everybody: members, flows: WRITERS };
      const { perSecond, cpuPerMessage, missing } = await closedLoop(job, loop);
      for (const client of clients) client.close();
      // Every accepted message is counted at every member: `missing` fails the run if a copy of one did not come once and in order. The rates of
      // accepted messages and of copies differ by what is under way at either end, ten messages at most.
      return { perSecond: perSecond * job.count, cpuPerCopy: cpuPerMessage / job.count, missing };
    },
  };
}

export const fanOut100 = fanOut(100, [GOALS.fanOut]);
export const fanOut1000: Scenario = { ...fanOut(1_000), rounds: { short: 1, full: 5 } };
