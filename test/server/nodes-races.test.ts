import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { v7 } from 'uuid';
import { MemoryCluster } from '../../server/cluster/memory-cluster.js';
import type { Storage } from '../../server/index.js';
import { eventually } from '../support/eventually.js';
import { startNodes } from '../support/nodes.js';
import type { TestNodes } from '../support/nodes.js';
import { seededRandom } from '../support/random.js';
import { spoil } from '../support/spoilt-storage.js';
import { startServer, TENANT } from '../support/server.js';
import type { TestClient } from '../support/server.js';
import { BackEnd } from '../support/back-end.js';

const RACES = 100;
const AT_ONCE = 10;
/** ms: what is promised (G13), and what a loaded machine takes until a test hears of it. */
const PROMISED = 1_000;
const HEARING = 1_000;

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function at(clients: readonly TestClient[], index: number): TestClient {
  const client = clients[index];
  assert.ok(client);
  return client;
}

/** Races in groups, so that some run beside each other and not all. */
async function race(run: (index: number) => Promise<void>): Promise<void> {
  for (let index = 0; index < RACES; index += AT_ONCE) await Promise.all(Array.from({ length: AT_ONCE }, (_, each) => run(index + each)));
}

describe('races over three nodes', () => {
  const seed = Number(process.env['PARLEY_TEST_SEED'] ?? Date.now() % 1_000_000);
  const chance = seededRandom(seed);
  let cluster: TestNodes;
  before(async () => {
    cluster = await startNodes(3);
    await cluster.heard();
  });
  after(() => cluster.close());

  test(`[G13] ${RACES} times somebody is revoked who writes and is written to: nothing is committed or told a second later (seed ${seed})`, async () => {
    const friend = await cluster.connect(0, 'friend');
    await race(async (index) => {
      const user = `victim-${index}`;
      const node = index % 3;
      const victim = await cluster.connect(node, user);
      const conversation = await friend.startConversation(user);
      const told: number[] = [];
      victim.socket.onAny((name: string) => name !== 'session:ended' && told.push(performance.now()));
      let goes = true;
      const writing = [victim, friend].map(async (client) => {
        while (goes && client.connected) {
          await client
            .answer('message:send', { as: client.user, conversation, cid: v7(), text: 'hello', links: [] })
            .catch(() => undefined);
          await wait(5 + chance.next() * 20);
        }
      });
      await wait(chance.next() * 200);
      // Every other time nobody is told: the nodes find it in the store.
      if (index % 2 === 0) await new BackEnd(cluster.at((node + 1) % 3)).do('POST', `users/${user}/revoke`);
      else await cluster.at((node + 2) % 3).server.storage.revokeUser(TENANT, user);
      const revoked = performance.now();
      const at = await cluster.at(0).server.storage.tokensSince(TENANT, user);
      await victim.disconnected();
      assert.ok(performance.now() - revoked < PROMISED + HEARING, `${user} was cut after ${performance.now() - revoked} ms`);
      await wait(100);
      goes = false;
      await Promise.all(writing);
      // By the store's clock, however late it was heard; what says of no time when it happened, by when it was heard.
      const after = victim.received('entry:added').filter(({ entry }) => entry.at > at + PROMISED);
      assert.deepEqual(after, [], `${user} was told what was said later`);
      assert.ok(
        told.every((moment) => moment <= revoked + PROMISED + HEARING),
        `${user} was told something`,
      );
      const page = await cluster.at(0).server.storage.range(TENANT, 'friend', conversation, { after: 0, limit: 200 });
      const late = page?.entries.filter((entry) => entry.author === user && entry.at > at + PROMISED);
      assert.deepEqual(late, [], `${user} said something`);
    });
  });

  test(`[G12, G13] ${RACES} times somebody joins and leaves while others write: they hear from the one on and not past the other, on every node (seed ${seed})`, async () => {
    const writers = await Promise.all([0, 1, 2].map((node) => cluster.connect(node, `writer-${node}`)));
    const [first] = writers;
    assert.ok(first);
    const guests = await Promise.all(
      Array.from({ length: AT_ONCE }, async (_, each) => Promise.all([0, 1, 2].map((node) => cluster.connect(node, `guest-${each}`)))),
    );
    await race(async (index) => {
      const devices = guests[index % AT_ONCE] as TestClient[];
      const [host] = devices;
      assert.ok(host);
      const conversation = await first.startConversation(...writers.slice(1).map(({ user }) => user));
      let goes = true;
      const writing = writers.map(async (client) => {
        while (goes) {
          await client.send(conversation, 'hello');
          await wait(chance.next() * 10);
        }
      });
      await wait(chance.next() * 30);
      const { seq: joined } = await at(writers, index % 3).command('conversation:invite', { conversation, cid: v7(), users: [host.user] });
      await wait(chance.next() * 60);
      const { seq: left } = await at(devices, (index + 1) % 3).command('conversation:leave', { conversation, cid: v7() });
      await wait(30);
      goes = false;
      await Promise.all(writing);
      for (const device of devices) {
        const heard = device.received('entry:added').flatMap(({ entry }) => (entry.conversation === conversation ? [entry.seq] : []));
        assert.ok(
          heard.every((seq) => seq >= joined && seq <= left),
          `${device.user} was in from ${joined} to ${left} and heard ${heard.join(' ')}`,
        );
        assert.deepEqual(
          heard,
          [...new Set(heard)].sort((one, other) => one - other),
          'each once, in order',
        );
      }
    });
  });
});

describe('a node that cannot ask who was revoked', () => {
  test('[G13] does nothing for anybody and tells nothing of the others; then it looks first', async (t) => {
    let answers: Promise<void> = Promise.resolve();
    const cluster = await startNodes(3, {
      engine: 'sqlite',
      timings: { revocationCheck: 100, revocationFresh: 300, revocationLongest: 1_500 },
      spoilt: (node, storage): Partial<Storage> =>
        node === 2 ? { revocationsSince: (cursor) => answers.then(() => storage.revocationsSince(cursor)) } : {},
    });
    t.after(() => cluster.close());
    await cluster.heard();
    const friend = await cluster.connect(0, 'friend');
    const [victim, other] = [await cluster.connect(2, 'victim'), await cluster.connect(2, 'other')];
    const conversation = await friend.startConversation('victim', 'other');
    await victim.event('entry:added');
    await other.event('entry:added');

    const gate = Promise.withResolvers<void>();
    answers = gate.promise;
    await cluster.at(1).server.storage.revokeUser(TENANT, 'victim');
    await wait(PROMISED);
    const before = victim.events.length;
    const sending = victim.answer('message:send', { as: 'victim', conversation, cid: v7(), text: 'still here', links: [] });
    const { seq } = await friend.send(conversation, 'is the victim gone?');
    const answer = await sending;
    assert.ok(!answer.ok && answer.error.code === 'UNAVAILABLE', JSON.stringify(answer));
    assert.equal(victim.events.length, before, 'nothing was told');

    answers = Promise.resolve();
    gate.resolve();
    await victim.disconnected();
    assert.deepEqual(
      victim.events.slice(before).map(({ name }) => name),
      ['session:ended'],
    );
    await other.until(
      () =>
        other.received('entry:added').some(({ entry }) => entry.seq === seq) ||
        other.received('heads:digest').some(({ heads }) => heads.some(({ head }) => head === seq)),
      'what was kept from it',
    );
    assert.ok((await other.send(conversation, 'yes')).seq > seq);
  });

  test('[V3, G13] tells as soon as it knows what it could not tell, also where it hears no other node', async (t) => {
    const donor = await startServer();
    const { storage } = donor.server;
    let answers: Promise<void> = Promise.resolve();
    const [asked, read] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const server = await startServer({
      timings: { revocationCheck: 100, revocationFresh: 300, revocationLongest: 300, headsDigestAlone: 60_000, headsDigest: 600_000 },
      parts: {
        cluster: new MemoryCluster({ shared: true }),
        storage: spoil(storage, {
          revocationsSince: (cursor) => answers.then(() => storage.revocationsSince(cursor)),
          summaries: (...args) => read.promise.then(() => storage.summaries(...args)),
          close: () => Promise.resolve(),
        }),
      },
    });
    t.after(async () => {
      await server.close();
      await donor.close();
    });
    const [ann, bob] = [await server.connect('ann'), await server.connect('bob')];
    const starting = ann.answer('conversation:create', { as: 'ann', cid: v7(), kind: 'direct', members: ['bob'] });
    await bob.event('entry:added');
    answers = asked.promise;
    const isRefused = async () => !(await bob.answer('conversation:list', { as: 'bob', limit: 1 })).ok;
    await eventually(async () => (await isRefused()) || undefined, 'a node that does not know');
    read.resolve();
    await starting;
    assert.ok(await isRefused(), 'whoever waits to be told was given up as well');
    assert.deepEqual([bob.received('state:changed'), bob.received('heads:digest')], [[], []]);

    asked.resolve();
    const { revision } = await storage.userState(TENANT, 'bob', 1);
    await bob.event('heads:digest', (told) => told.revision === revision);
  });
});
