import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { Redis } from 'ioredis';
import type { PresenceReport } from '../../server/cluster/cluster.js';
import { RedisCluster } from '../../server/cluster/redis-cluster.js';
import { eventually } from '../support/eventually.js';
import { sharedRedis } from '../support/redis.js';

const report = (change: Partial<PresenceReport> = {}): PresenceReport => ({
  online: true,
  active: true,
  availability: 'available',
  message: undefined,
  busyOnCall: true,
  connections: 1,
  ...change,
});

interface Node {
  cluster: RedisCluster;
  complaints: unknown[];
  close(): Promise<void>;
}

async function startNode(secret: Uint8Array): Promise<Node> {
  const complaints: unknown[] = [];
  const failed = (error: unknown) => complaints.push(error);
  const cluster = new RedisCluster({ url: await sharedRedis(), secret, beat: 100, expiry: 1_000, patience: 5_000, failed });
  await cluster.start();
  assert.ok(cluster.up);
  return { cluster, complaints, close: () => cluster.close() };
}

const seen = async ({ cluster }: Node, user: string) => (await cluster.presences('t', [user])).get(user);

test('[G15] two installations that share a Redis hear nothing of each other', async (t) => {
  const secret = randomBytes(32);
  const [one, two, stranger] = [await startNode(secret), await startNode(secret), await startNode(randomBytes(32))];
  t.after(() => Promise.all([one.close(), two.close(), stranger.close()]));
  const heard: unknown[] = [];
  stranger.cluster.onNotice((notice) => heard.push(notice));
  stranger.cluster.onPresence((...presence) => heard.push(presence));
  const arrived = Promise.withResolvers<void>();
  two.cluster.onNotice(() => arrived.resolve());
  one.cluster.report('t', 'ann', report());
  one.cluster.announce({ type: 'tenant', tenant: 't' });
  await arrived.promise;
  await eventually(async () => ((await seen(two, 'ann')) ? true : undefined), 'presence');
  assert.deepEqual(heard, []);
  assert.equal(stranger.cluster.size, 1);
});

test('[W1, G8] a report that a node missed is asked for again, and a node that comes later is told everything', async (t) => {
  const secret = randomBytes(32);
  const [one, two] = [await startNode(secret), await startNode(secret)];
  t.after(() => Promise.all([one.close(), two.close()]));
  one.cluster.report('t', 'ann', report());
  await eventually(() => seen(two, 'ann'), 'the first report');
  let hears = false;
  two.cluster.hearOthersWhile(() => hears);
  one.cluster.report('t', 'ann', report({ online: false }));
  one.cluster.report('t', 'bob', report({ availability: 'busy' }));
  one.cluster.reportPhones('t', [{ user: 'bob', state: 'ringing', expiresAt: Date.now() + 60_000 }]);
  const phones: unknown[] = [];
  two.cluster.onPhone((tenant, phone) => phones.push([tenant, phone.user, phone.state]));
  hears = true;
  await eventually(() => seen(two, 'bob'), 'what was missed');
  assert.equal(await seen(two, 'ann'), undefined);
  assert.deepEqual(phones[0], ['t', 'bob', 'ringing']);
  const late = await startNode(secret);
  t.after(() => late.close());
  assert.equal((await eventually(() => seen(late, 'bob'), 'what was told before')).availability, 'busy');
});

test('[W2, W3] what nodes say of one person is put together, and the more discreet choice holds', async (t) => {
  const secret = randomBytes(32);
  const [one, two] = [await startNode(secret), await startNode(secret)];
  t.after(() => Promise.all([one.close(), two.close()]));
  one.cluster.report('t', 'ann', report({ active: false, connections: 2 }));
  two.cluster.report('t', 'ann', report({ availability: 'invisible' }));
  const both = await eventually(async () => {
    const now = await seen(one, 'ann');
    return now?.connections === 3 ? now : undefined;
  }, 'both');
  assert.deepEqual({ availability: both.availability, active: both.active }, { availability: 'invisible', active: true });
  await two.close();
  await eventually(async () => ((await seen(one, 'ann'))?.connections === 2 ? true : undefined), 'the one that is left');
});

test('[G16] whatever is written to its channels, a node goes on', async (t) => {
  const secret = randomBytes(32);
  const [one, two] = [await startNode(secret), await startNode(secret)];
  const redis = new Redis(await sharedRedis());
  t.after(() => Promise.all([one.close(), two.close(), redis.quit()]));
  const channels = ((await redis.pubsub('CHANNELS', 'parley:*')) as string[]).filter((channel) => channel.endsWith(':nodes'));
  assert.ok(channels.length > 0);
  const junk = [
    '',
    'null',
    '[]',
    '{"node":1,"messages":[]}',
    '{"node":"x","messages":[null,{"type":"all"},{"type":"presence"},{"type":"__proto__"}]}',
  ];
  for (const channel of channels) for (const text of junk) await redis.publish(channel, text);
  for (const channel of channels) await redis.publish(channel.replace(/:nodes$/, ':io#/#'), Buffer.from([0xc1, 0xff, 0x00]));
  one.cluster.report('t', 'ann', report());
  await eventually(() => seen(two, 'ann'), 'presence after all that');
});
