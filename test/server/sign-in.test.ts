import assert from 'node:assert/strict';
import { createSecretKey, hkdfSync, randomBytes } from 'node:crypto';
import { describe, test } from 'node:test';
import { v7 } from 'uuid';
import { MemoryCluster } from '../../server/cluster/memory-cluster.js';
import { outboxKey } from '../../server/realtime/outbox-key.js';
import type { Storage } from '../../server/storage/storage.js';
import { eventually } from '../support/eventually.js';
import { TestClient, startServer } from '../support/server.js';
import type { TestServer } from '../support/server.js';
import { spoil } from '../support/spoilt-storage.js';

type SignInVerb = Storage['signIn'];

/** Ann is signed in, bob is in a chat with her; `reading` is called with each answer about anybody else before the server has it. */
async function setTheStage(t: { after(end: () => Promise<void>): void }) {
  const donor = await startServer();
  const { storage } = donor.server;
  const cluster = new MemoryCluster();
  const calls: string[] = [];
  let reading: (read: Awaited<ReturnType<SignInVerb>>) => Promise<unknown> = () => Promise.resolve();
  const counted = Object.fromEntries(
    (['personRecords', 'tokensSince', 'activeConversations', 'heads', 'userState', 'putPeople', 'people'] as const).map((verb) => [
      verb,
      (...args: never[]) => {
        calls.push(verb);
        return (storage[verb] as (...given: never[]) => unknown)(...args);
      },
    ]),
  ) as Partial<Storage>;
  const server = await startServer({
    timings: { headsDigest: 3_600_000 },
    parts: {
      cluster,
      storage: spoil(storage, {
        ...counted,
        async signIn(...args) {
          calls.push('signIn');
          const read = await storage.signIn(...args);
          if (args[1] !== 'ann') await reading(read);
          return read;
        },
        close: () => Promise.resolve(),
      }),
    },
  });
  t.after(async () => {
    await server.close();
    await donor.close();
  });
  const ann = await server.connect('ann');
  (await server.connect('bob')).close();
  const conversation = await ann.startConversation('bob');
  calls.length = 0;
  return {
    server,
    storage,
    cluster,
    ann,
    conversation,
    calls,
    /** Does this once, when the store has answered who they are and the server has not heard it. */
    meanwhile(act: () => Promise<unknown>) {
      reading = () => {
        reading = () => Promise.resolve();
        return act();
      };
    },
  };
}

/** Nobody hears what is told before: what a connection hears next it heard in its rooms. */
async function hears(server: TestServer, bob: Awaited<ReturnType<TestServer['connect']>>, conversation: string): Promise<boolean> {
  const ann = await server.connect('ann');
  const { seq } = await ann.send(conversation, 'next');
  // An answer comes behind everything that was told before the question.
  await bob.command('directory:get', { users: ['ann'] });
  return bob.received('entry:added').some(({ entry }) => entry.conversation === conversation && entry.seq === seq);
}

describe('the way in', () => {
  test('[D6] a sign-in asks the store once, and whoever holds the state already is not told it again', async (t) => {
    const { server, calls, conversation } = await setTheStage(t);
    const bob = await server.connect('bob');
    const { synced } = await bob.event('session:started');
    assert.deepEqual(calls, ['signIn']);
    assert.deepEqual(synced.heads, [{ conversation, head: 1 }]);
    assert.equal(synced.state?.conversations[0]?.id, conversation);
    calls.length = 0;
    const again = await server.connect('bob', { auth: { epoch: synced.epoch, revision: synced.revision } });
    const second = (await again.event('session:started')).synced;
    assert.deepEqual(calls, ['signIn']);
    assert.deepEqual([second.state, second.heads, second.revision], [null, synced.heads, synced.revision]);
    assert.ok(await hears(server, again, conversation));
  });

  test('[D6] what is told while the store is asked is in what the session starts with', async (t) => {
    const { server, ann, calls, conversation, meanwhile } = await setTheStage(t);
    meanwhile(() => ann.send(conversation, 'meanwhile'));
    const bob = await server.connect('bob');
    const { synced } = await bob.event('session:started');
    assert.equal(calls.filter((verb) => verb === 'signIn').length, 2);
    assert.deepEqual(synced.heads, [{ conversation, head: 2 }]);
    assert.ok(await hears(server, bob, conversation));
  });

  test('[D6] what concerns others only is no reason to ask again', async (t) => {
    const { server, ann, calls, conversation, meanwhile } = await setTheStage(t);
    await server.connect('cyd');
    const others = await ann.startConversation('cyd');
    calls.length = 0;
    meanwhile(() => ann.send(others, 'meanwhile'));
    const bob = await server.connect('bob');
    await bob.event('session:started');
    assert.equal(calls.filter((verb) => verb === 'signIn').length, 1);
    assert.ok(await hears(server, bob, conversation));
  });

  test('[D6] [G12] who is let in or taken out of a chat while the store is asked hears of it, or hears nothing', async (t) => {
    const { server, ann, meanwhile } = await setTheStage(t);
    await server.connect('cyd');
    let joined = '';
    meanwhile(async () => (joined = await ann.startConversation('bob', 'cyd')));
    const first = await server.connect('bob');
    const { synced } = await first.event('session:started');
    assert.ok(synced.heads.some((head) => head.conversation === joined));
    assert.ok(await hears(server, first, joined));
    first.close();

    const admin = await server.connect('ann', { claims: { roles: ['admin'] } });
    meanwhile(() => admin.command('conversation:remove', { conversation: joined, cid: v7(), user: 'bob' }));
    const second = await server.connect('bob');
    await second.event('session:started');
    assert.equal(await hears(server, second, joined), false);
  });

  test('[G13] who is revoked or deactivated while the store is asked does not come in', async (t) => {
    const { server, storage, cluster, meanwhile } = await setTheStage(t);
    (await server.connect('cyd')).close();
    const acts: [user: string, act: () => Promise<unknown>][] = [
      ['bob', () => storage.revokeUser('demo', 'bob')],
      ['cyd', () => storage.deactivatePerson('demo', 'cyd')],
    ];
    for (const [user, act] of acts) {
      meanwhile(async () => {
        await act();
        cluster.announce({ type: 'revoked', tenant: 'demo', users: [user] });
      });
      const client = new TestClient(server.url, user, await server.token(user));
      await client.until(() => client.events.length > 0);
      assert.deepEqual(
        client.events.map(({ name }) => name),
        ['session:ended'],
      );
    }
  });

  test('[D6] [G13] what was committed while this node had to ask who was revoked, and was told by a digest to others only, is in what the session starts with', async (t) => {
    const donor = await startServer();
    const { storage } = donor.server;
    const open = Promise.resolve();
    let revocations = open;
    let changes = open;
    let act: () => Promise<void> = () => open;
    let digests = 0;
    let told: () => void = () => undefined;
    const server = await startServer({
      timings: { headsDigest: 20, revocationCheck: 20, revocationFresh: 60 },
      parts: {
        storage: spoil(storage, {
          revocationsSince: (cursor) => revocations.then(() => storage.revocationsSince(cursor)),
          async changesSince(cursor) {
            digests += 1;
            await changes;
            const found = await storage.changesSince(cursor);
            setImmediate(told);
            return found;
          },
          async signIn(...args) {
            const read = await storage.signIn(...args);
            await act();
            return read;
          },
          close: () => Promise.resolve(),
        }),
      },
    });
    t.after(async () => {
      await server.close();
      await donor.close();
    });
    const ann = await server.connect('ann');
    (await server.connect('bob')).close();
    const conversation = await ann.startConversation('bob');
    act = async () => {
      act = () => open;
      const [digest, answer, looked] = [Promise.withResolvers<void>(), Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      changes = digest.promise;
      const before = digests;
      await eventually(() => (digests > before ? true : undefined), 'a digest');
      revocations = answer.promise;
      const from = performance.now();
      await eventually(() => (performance.now() - from > 100 ? true : undefined), 'an answer that is too old');
      const body = { kind: 'message' as const, text: 'of another node', links: [] };
      await storage.append({ tenant: 'demo', author: 'ann', conversation, cid: v7(), body });
      told = () => void looked.resolve();
      digest.resolve();
      // The digest has it and waits until it is known who was revoked, and bob comes behind it.
      await looked.promise;
      setImmediate(() => setImmediate(answer.resolve));
    };
    const bob = await server.connect('bob');
    const { synced } = await bob.event('session:started');
    assert.deepEqual(synced.heads, [{ conversation, head: 2 }]);
  });

  test('[D6] [SPEC S2] a change that is committed while a session is read again is told to it', async (t) => {
    const { server, ann, storage, meanwhile, conversation } = await setTheStage(t);
    let later = '';
    meanwhile(async () => {
      await ann.send(conversation, 'so that it is read again');
      meanwhile(async () => (later = await ann.startConversation('bob', (await server.connect('cyd')).user)));
    });
    const bob = await server.connect('bob');
    const { synced } = await bob.event('session:started');
    const { revision, change } = await bob.event('state:changed', (told) => told.revision > synced.revision);
    assert.equal(revision, (await storage.heads('demo', 'bob', 1)).revision);
    assert.ok(change.type === 'conversation' && change.conversation.id === later);
  });

  test('[A9] claims that the directory has already are not written again; others are, once', async (t) => {
    const { server, calls } = await setTheStage(t);
    const written = () => calls.filter((verb) => verb === 'putPeople').length;
    (await server.connect('bob')).close();
    assert.equal(written(), 0);
    (await server.connect('bob', { claims: { title: 'Dr' } })).close();
    (await server.connect('bob', { claims: { title: 'Dr' } })).close();
    assert.equal(written(), 1);
    const restarted = await startServer({ parts: { storage: spoil(server.server.storage, { close: () => Promise.resolve() }) } });
    t.after(() => restarted.close());
    (await restarted.connect('bob', { claims: { title: 'Dr' } })).close();
    assert.equal(written(), 1, 'a server that has just started knows it by the directory');
  });
});

test('[O1] the key of an outbox is HKDF of the secret of the store, another for each user', () => {
  const secret = randomBytes(32);
  const derived = hkdfSync('sha256', secret, '', JSON.stringify(['parley outbox key 1', 'demo', 'bob']), 32);
  assert.equal(outboxKey(createSecretKey(secret), 'demo', 'bob'), Buffer.from(derived).toString('base64url'));
  assert.notEqual(outboxKey(createSecretKey(secret), 'demo', 'ann'), outboxKey(createSecretKey(secret), 'demo', 'bob'));
  assert.notEqual(outboxKey(createSecretKey(randomBytes(32)), 'demo', 'bob'), outboxKey(createSecretKey(secret), 'demo', 'bob'));
});
