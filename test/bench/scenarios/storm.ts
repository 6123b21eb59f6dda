import { setTimeout as wait } from 'node:timers/promises';
import { v7 } from 'uuid';
import { LIMITS } from '#protocol';
import { percentile } from '../statistics.js';
import { userOf } from '../stores/plan.js';
import { settled } from '../traffic/closed-loop.js';
import { FILLING } from '../traffic/member.js';
import type { Member } from '../traffic/member.js';
import { latencyOf, openLoop } from '../traffic/open-loop.js';
import { signInPairs } from '../traffic/pairs.js';
import { credentials, signInAll } from '../traffic/sign-in.js';
import { positionOf } from '../traffic/started.js';
import type { Position } from '../traffic/started.js';
import { WireClient } from '../wire.js';
import type { Scenario } from './scenario.js';

const SENDERS = 25;
const RATE = 200;
/** Handshakes under way at once: Node's own queue of connections that nobody has accepted holds 511, and what is past it waits a second. */
const AT_ONCE = 400;
/** Conversations in which something was said while the clients were away. */
const MISSED = 50;
const BARE = { is: 'bare relay: no token checked, no state compared, nothing fetched' };
/** ms of sending before the connections are cut. */
const BEFORE = 1_000;

/** All connections break at once and come back at once, each with what it holds, while others go on writing. */
export const storm: Scenario = {
  figures: ({ sizes }) => [
    { key: 'seconds', name: `reconnect storm of ${sizes.storm.toLocaleString('en')}, until all are in sync`, unit: 's', floor: BARE },
    { key: 'p99', name: 'p99 of sends meanwhile, 200 messages/s', unit: 'ms', floor: BARE, samples: 'sends' },
  ],
  rounds: { short: 1, full: 3 },
  store: 'crowd',
  count: ({ sizes }) => sizes.storm,
  async load(job) {
    const times: number[] = [];
    let cut = Number.POSITIVE_INFINITY;
    let over = false;
    const delivered = (frame: string, member: number): void => {
      // Also what arrives when the storm is over: it was sent before, and is the slowest.
      if (member % 2 === 0) return;
      const took = latencyOf(frame);
      if (performance.now() - took >= cut) times.push(took);
    };
    const people = Array.from({ length: job.count }, (_, number) => number);
    const members = await signInPairs(job, { pairs: SENDERS, from: job.count, delivered });
    const clients = await signInAll(job, job.count);
    const held = clients.map((client) => positionOf(client.started));
    const sending = openLoop(
      members.filter((_, number) => number % 2 === 0),
      { rate: RATE, over: () => over },
    );
    await wait(BEFORE);
    cut = performance.now();
    for (const client of clients) client.close();
    await speak(members.filter((_, number) => number % 2 === 0));
    await inParallel(people, async (person) => {
      const position = held[person] ?? null;
      const { epoch, revision } = position ?? {};
      const given = await credentials(job, userOf(person), epoch === undefined || revision === undefined ? undefined : { epoch, revision });
      const client = await WireClient.connect(job.url, userOf(person), given);
      await fetchMissed(client, position);
    });
    const seconds = (performance.now() - cut) / 1_000;
    over = true;
    const sent = await sending;
    const missing = await settled(() => sent.missing(members));
    return { seconds, perClient: (seconds * 1_000) / job.count, p99: percentile(times, 0.99), sends: times.length, missing };
  },
};

/** Something is said in conversations that others are in, and not in those whose messages are counted; a relay keeps none. */
async function speak(senders: readonly Member[]): Promise<void> {
  const places = senders.flatMap(({ client, conversation: own }) =>
    [...(positionOf(client.started)?.heads.keys() ?? [])]
      .filter((conversation) => conversation !== own)
      .slice(0, MISSED / SENDERS)
      .map((conversation) => ({ client, conversation })),
  );
  await Promise.all(
    places.map(({ client, conversation }) => client.ask('message:send', { conversation, cid: v7(), text: FILLING, links: [] })),
  );
}

async function fetchMissed(client: WireClient, before: Position | null): Promise<void> {
  const heads = positionOf(client.started)?.heads ?? new Map<string, number>();
  for (const [conversation, head] of heads) {
    const after = before?.heads.get(conversation) ?? 0;
    if (head > after) await client.time('entry:range', { conversation, after, limit: LIMITS.rangePage });
  }
}

/** Each begins as soon as fewer than `AT_ONCE` others are under way. */
async function inParallel(people: readonly number[], run: (person: number) => Promise<void>): Promise<void> {
  const waiting = [...people];
  const lane = async (): Promise<void> => {
    for (let person = waiting.shift(); person !== undefined; person = waiting.shift()) await run(person);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}
