import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Redis } from 'ioredis';
import type { Entry } from '#protocol';
import { eventually } from '../support/eventually.js';
import { startNodes } from '../support/nodes.js';
import type { TestNodes } from '../support/nodes.js';
import { startRedis } from '../support/redis.js';
import type { RedisServer } from '../support/redis.js';
import { TENANT } from '../support/server.js';
import type { TestClient } from '../support/server.js';

/** A command waits for Redis 250 ms at most, and then nobody does; the rest is for a machine that has other things to do. */
const LONGEST_ANSWER = 3_000;

/** Somebody who writes one message after the other until told to stop. */
class Writer {
  readonly client: TestClient;
  readonly acknowledged: number[] = [];
  slowest = 0;
  #writing = true;
  readonly done: Promise<void>;

  constructor(client: TestClient, conversation: string) {
    this.client = client;
    this.done = this.#write(conversation);
  }

  stop(): Promise<void> {
    this.#writing = false;
    return this.done;
  }

  async written(count: number): Promise<void> {
    const goal = this.acknowledged.length + count;
    while (this.acknowledged.length < goal) await new Promise((resolve) => setTimeout(resolve, 10));
  }

  async #write(conversation: string): Promise<void> {
    while (this.#writing) {
      const started = performance.now();
      const { seq } = await this.client.send(conversation, `${this.client.user} ${this.acknowledged.length}`);
      this.slowest = Math.max(this.slowest, performance.now() - started);
      this.acknowledged.push(seq);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

/** The newest entry that a client was told of, live or by a digest: what it lacks it fetches. */
function toldOf(client: TestClient, conversation: string): number {
  const live = client.received('entry:added').flatMap(({ entry }) => (entry.conversation === conversation ? [entry.seq] : []));
  const digests = client.received('heads:digest').flatMap(({ heads }) => heads);
  return Math.max(0, ...live, ...digests.flatMap((head) => (head.conversation === conversation ? [head.head] : [])));
}

describe('people write while Redis is in trouble', () => {
  let redis: RedisServer;
  let cluster: TestNodes;
  before(async () => {
    redis = await startRedis();
    cluster = await startNodes(3, { redis: redis.url, timings: { headsDigestAlone: 500, clusterBeat: 200 } });
    await cluster.heard();
  });
  after(async () => {
    redis.machine.resume();
    await cluster.close();
    await redis.close();
  });

  const troubles = {
    'is killed and started again': async (during: () => Promise<void>) => {
      await redis.machine.kill9();
      await cluster.heard(false);
      await during();
      await redis.machine.start();
    },
    'is held still and goes on': async (during: () => Promise<void>) => {
      redis.machine.pause();
      await during();
      await cluster.heard(false);
      await during();
      redis.machine.resume();
    },
    'loses everything it had': async (during: () => Promise<void>) => {
      const client = new Redis(redis.url);
      for (let times = 0; times < 5; times += 1) {
        await client.flushall();
        await during();
      }
      client.disconnect();
    },
    'is restarted in good order': async (during: () => Promise<void>) => {
      await redis.machine.stop();
      await during();
      await redis.machine.start();
    },
  };

  for (const [index, [what, cause]] of Object.entries(troubles).entries())
    test(`[G3, G8] Redis ${what}: nothing is lost, nobody waits, all converge, and hear each other again`, async () => {
      const names = [0, 1, 2].map((node) => `t${index}-${node}`);
      const clients = await Promise.all(names.map((name, node) => cluster.connect(node, name)));
      const [first] = clients;
      assert.ok(first);
      const conversation = await first.startConversation(...names.slice(1));
      const writers = clients.map((client) => new Writer(client, conversation));
      const goOn = async () => {
        await Promise.all(writers.map((writer) => writer.written(5)));
      };
      await cause(goOn);
      await cluster.heard();
      await Promise.all(writers.map((writer) => writer.stop()));
      for (const { slowest, client } of writers) assert.ok(slowest < LONGEST_ANSWER, `${client.user} waited ${slowest} ms`);

      const acknowledged = writers.flatMap((writer) => writer.acknowledged).sort((one, other) => one - other);
      assert.deepEqual(
        acknowledged,
        [...acknowledged.keys()].map((position) => position + 2),
        'every number once',
      );
      const head = acknowledged.length + 1;
      const stored = await cluster.nodes[0]?.server.storage.range(TENANT, names[0] ?? '', conversation, { before: head + 1, limit: 1 });
      assert.equal(stored?.head, head);
      for (const client of clients) await client.until(() => toldOf(client, conversation) === head, 'the last entry');

      // Live again: the words of one are heard by the others as they are. The first may find one missing before it (SPEC V2).
      await eventually(async () => {
        const { seq } = await first.send(conversation, 'well?');
        for (const client of clients) await client.until(() => toldOf(client, conversation) >= seq, 'the word');
        const heard = ({ entry }: { entry: Entry }) => entry.conversation === conversation && entry.seq === seq;
        return clients.slice(1).every((client) => client.received('entry:added').some(heard)) || undefined;
      }, 'words that are heard as they are');
    });

  test('[W1] presence is of this node alone while Redis is away, and of all when it is back', async () => {
    await cluster.nodes[0]?.server.storage.putPeople(TENANT, [
      { id: 'far', name: 'Far' },
      { id: 'near', name: 'Near' },
    ]);
    const watcher = await cluster.connect(0, 'watcher');
    await watcher.command('presence:subscribe', { users: ['far', 'near'] });
    await Promise.all([cluster.connect(1, 'far'), cluster.connect(0, 'near')]);
    const seen = (user: string) => watcher.received('presence:changed').findLast((change) => change.user === user)?.presence.availability;
    await watcher.until(() => seen('far') === 'available' && seen('near') === 'available');
    await redis.machine.stop();
    await watcher.until(() => seen('far') === 'offline', 'the end of what the other node said');
    assert.equal(seen('near'), 'available');
    await redis.machine.start();
    await watcher.until(() => seen('far') === 'available', 'what the other node says again', 20_000);
  });
});

describe('nodes that come and go', () => {
  test('[G3, W1] the users of a node that is gone are offline, and sign in at another: WebSocket needs no sticky sessions', async (t) => {
    const cluster = await startNodes(3);
    t.after(() => cluster.close());
    await cluster.heard();
    await cluster.nodes[0]?.server.storage.putPeople(TENANT, [{ id: 'bob', name: 'Bob' }]);
    const ann = await cluster.connect(0, 'ann');
    await ann.command('presence:subscribe', { users: ['bob'] });
    const bob = await cluster.connect(1, 'bob');
    const conversation = await ann.startConversation('bob');
    await ann.event('presence:changed', ({ presence }) => presence.availability === 'available');
    await cluster.crash(1);
    await bob.disconnected();
    await ann.event('presence:changed', ({ presence }) => presence.availability === 'offline');
    const { seq } = await ann.send(conversation, 'are you there?');
    const again = await cluster.connect(2, 'bob');
    const { heads } = (await again.event('session:started')).synced;
    assert.deepEqual(heads, [{ conversation, head: seq }]);
    await again.send(conversation, 'here');
    await ann.event('entry:added', ({ entry }) => entry.seq === seq + 1);
  });

  test('[G8] nodes without Redis find in the database what the others commit', async (t) => {
    const cluster = await startNodes(2, { redis: null, timings: { headsDigestAlone: 300 } });
    t.after(() => cluster.close());
    const [ann, bob] = [await cluster.connect(0, 'ann'), await cluster.connect(1, 'bob')];
    const conversation = await ann.startConversation('bob');
    await bob.event('heads:digest', ({ revision }) => revision > 0);
    assert.equal(await cluster.metric(0, 'parley_cluster_up'), 0);
    // By now the connection is in the room, although nobody told this node so.
    const { seq } = await ann.send(conversation, 'hello');
    await bob.event('heads:digest', ({ heads }) => heads.some((head) => head.conversation === conversation && head.head === seq));
  });

  test('[H1] nodes without Redis do not say again every other second what they told themselves', async (t) => {
    const cluster = await startNodes(2, { redis: null, timings: { headsDigestAlone: 200 } });
    t.after(() => cluster.close());
    const [ann, bob] = [await cluster.connect(0, 'ann'), await cluster.connect(1, 'bob')];
    const conversation = await ann.startConversation('bob');
    const headsTold = (client: TestClient): number[] =>
      client
        .received('heads:digest')
        .flatMap(({ heads }) => heads.flatMap((told) => (told.conversation === conversation ? [told.head] : [])));
    const learns = (client: TestClient, head: number) => client.event('heads:digest', () => headsTold(client).includes(head));
    const { seq } = await ann.send(conversation, 'hello');
    await ann.event('entry:added', ({ entry }) => entry.seq === seq);
    await learns(bob, seq);
    const answer = await bob.send(conversation, 'hello yourself');
    await learns(ann, answer.seq);
    assert.deepEqual(headsTold(ann), [answer.seq], 'the one that another node committed');
  });

  test('[H1] nodes without Redis say all of it again at the pace of the digest', async (t) => {
    const cluster = await startNodes(1, { redis: null, timings: { headsDigestAlone: 100, headsDigest: 400 } });
    t.after(() => cluster.close());
    const ann = await cluster.connect(0, 'ann');
    await cluster.connect(0, 'bob');
    const conversation = await ann.startConversation('bob');
    const { seq } = await ann.send(conversation, 'hello');
    await ann.event('heads:digest', ({ heads }) => heads.some((head) => head.conversation === conversation && head.head === seq));
  });
});
