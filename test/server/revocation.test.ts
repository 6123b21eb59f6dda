import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openSqliteStorage } from '../../server/storage/sqlite/index.js';
import type { Storage } from '../../server/index.js';
import { newFile } from './storage/stores.js';
import { eventually } from '../support/eventually.js';
import { spoil } from '../support/spoilt-storage.js';
import { Refusal, TENANT, startServer } from '../support/server.js';
import type { TestClient, TestServer } from '../support/server.js';

const HOST_KEY = 'a-key-of-the-host-that-is-more-than-32-characters';

/** Until what the node knew is too old. */
async function untilWaiting(client: TestClient): Promise<void> {
  await eventually(async () => {
    const fast = await Promise.race([client.command('session:heads', {}), new Promise((resolve) => setTimeout(resolve, 50, 'waits'))]);
    return fast === 'waits' ? true : undefined;
  }, 'a command that waits');
}

describe('revocation', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer({ hostKeys: [`${TENANT}=${HOST_KEY}`], auditors: true });
  });
  after(() => server.close());

  const post = (path: string, token = HOST_KEY) =>
    fetch(`${server.url}/v1${path}`, { method: 'POST', headers: { authorization: `Bearer ${token}` } });
  const refusedAs = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;

  test('[attack 10, G13] who is revoked is cut within a second, with the reason, on every connection', async () => {
    const token = await server.token('ann');
    const [one, two, other] = [await server.connect('ann', { token }), await server.connect('ann'), await server.connect('bob')];
    const started = performance.now();
    assert.equal((await post('/users/ann/revoke')).status, 200);
    await Promise.all([one.disconnected(), two.disconnected()]);
    assert.ok(performance.now() - started < 1_000);
    assert.deepEqual(one.received('session:ended'), [{ reason: 'revoked' }]);
    assert.ok(other.connected);
    await assert.rejects(server.connect('ann', { token }), refusedAs('UNAUTHENTICATED'));
    assert.ok((await server.connect('ann')).connected, 'a token that was made afterwards is as good as ever');
  });

  test('[attack 10] who is revoked while away is refused when they come back', async () => {
    const token = await server.token('cid');
    const client = await server.connect('cid', { token });
    client.close();
    await post('/users/cid/revoke');
    await assert.rejects(server.connect('cid', { token }), refusedAs('UNAUTHENTICATED'));
  });

  test('[attack 10] somebody who never came can be revoked: their first token is refused', async () => {
    const token = await server.token('dan');
    await post('/users/dan/revoke');
    await assert.rejects(server.connect('dan', { token }), refusedAs('UNAUTHENTICATED'));
    assert.deepEqual(await server.server.storage.people(TENANT, ['dan']), [], 'and says nothing to the directory');
  });

  test('[attack 10] a token of before the revocation refreshes no connection', async () => {
    const old = await server.token('eve');
    await post('/users/eve/revoke');
    const client = await server.connect('eve');
    await assert.rejects(client.command('session:refresh', { token: old }), refusedAs('UNAUTHENTICATED'));
  });

  test('[attack 10] an auditor is cut as everybody is', async () => {
    const auditor = await server.connect('jo', { claims: { roles: ['auditor'] } });
    assert.equal((await post('/users/jo/revoke')).status, 200);
    await auditor.disconnected();
    assert.deepEqual(auditor.received('session:ended'), [{ reason: 'revoked' }]);
  });

  test('[attack 10, E17] a back end whose user was revoked is refused by the REST API too', async () => {
    const token = await server.token('back-end', { scope: 'parley:directory' });
    assert.equal((await post('/users/fay/revoke', token)).status, 200);
    await post('/users/back-end/revoke');
    assert.equal((await post('/users/fay/revoke', token)).status, 401);
  });

  test('[G13] a revocation that nobody announces is found in the store within a second', async () => {
    const client = await server.connect('gil');
    await server.server.storage.revokeUser(TENANT, 'gil');
    const started = performance.now();
    await client.disconnected();
    assert.ok(performance.now() - started < 1_000);
  });

  test('[G13, E3] the right to start chats that the directory takes away is gone on the open connection', async () => {
    await server.server.storage.setPolicies(TENANT, { initiate: 'authorised' });
    await server.server.storage.putPeople(TENANT, [{ id: 'hal', name: 'Hal', initiate: true }]);
    const client = await server.connect('hal');
    await eventually(async () => {
      const started = await client.answer('conversation:create', {
        as: 'hal',
        cid: '01890a5d-ac96-774b-bcce-b302099a8057',
        kind: 'direct',
        members: ['bob'],
      });
      return started.ok || undefined;
    }, 'the right to start');
    await server.server.storage.putPeople(TENANT, [{ id: 'hal', name: 'Hal', initiate: false }]);
    const told = await client.event('session:changed', ({ session }) => !session.policies.initiate);
    assert.equal(told.session.policies.initiate, false);
    await assert.rejects(client.startConversation('ann'), refusedAs('INITIATE_FORBIDDEN'));
    await server.server.storage.setPolicies(TENANT, { initiate: 'everyone' });
  });

  test('[G13, E3] a token with fewer rights holds from the answer on', async () => {
    await server.server.storage.setPolicies(TENANT, { initiate: 'authorised' });
    const client = await server.connect('ida', { claims: { initiate: true } });
    await client.command('session:refresh', { token: await server.token('ida', { initiate: false }) });
    await assert.rejects(client.startConversation('bob'), refusedAs('INITIATE_FORBIDDEN'));
    await server.server.storage.setPolicies(TENANT, { initiate: 'everyone' });
  });
});

describe('revocation, when the store does not say', () => {
  let answers: () => Promise<void> = () => Promise.resolve();
  let server: TestServer;
  before(async () => {
    const store = await openSqliteStorage({ file: newFile() });
    const revocationsSince: Storage['revocationsSince'] = async (cursor) => {
      await answers();
      return store.revocationsSince(cursor);
    };
    const timings = { revocationCheck: 50, revocationFresh: 200, revocationLongest: 1_000 };
    server = await startServer({ timings, parts: { storage: spoil(store, { revocationsSince }) } });
  });
  after(() => server.close());

  test('[G13] commands wait for the answer, and are done in their order when it comes', async () => {
    const client = await server.connect('ann');
    await server.connect('bob');
    const conversation = await client.startConversation('bob');
    const gate = Promise.withResolvers<void>();
    answers = () => gate.promise;
    await untilWaiting(client);
    const sent = ['one', 'two', 'three'].map((text) => client.send(conversation, text));
    gate.resolve();
    answers = () => Promise.resolve();
    const seqs = (await Promise.all(sent)).map(({ seq }) => seq);
    assert.deepEqual(seqs, [2, 3, 4]);
  });

  test('[G13] what waited for the answer is not done when the answer is that its sender was revoked', async () => {
    const [client, bob] = [await server.connect('cid'), await server.connect('bob')];
    const conversation = await client.startConversation('bob');
    const gate = Promise.withResolvers<void>();
    answers = () => gate.promise;
    await untilWaiting(client);
    void client.send(conversation, 'too late').catch(() => undefined);
    // Refused at once: what was sent before it has arrived as well.
    assert.equal((await client.answer('session:heads', { as: 'bob' })).ok, false);
    await server.server.storage.revokeUser(TENANT, 'cid');
    gate.resolve();
    answers = () => Promise.resolve();
    await client.disconnected();
    assert.equal((await bob.send(conversation, 'the first word')).seq, 2);
  });

  test('[G13] without an answer in time every command is refused UNAVAILABLE, and all goes on when it comes', async () => {
    const client = await server.connect('ann');
    const gate = Promise.withResolvers<void>();
    answers = () => gate.promise;
    const code = await eventually(async () => {
      const answer = await client.answer('session:heads', { as: 'ann' });
      return answer.ok ? undefined : answer.error.code;
    }, 'a refusal');
    assert.equal(code, 'UNAVAILABLE');
    gate.resolve();
    answers = () => Promise.resolve();
    await eventually(async () => (await client.answer('session:heads', { as: 'ann' })).ok || undefined, 'an answer');
  });

  test('[G13] a store that refuses to say is as good as none, and nobody waits for it', async () => {
    const client = await server.connect('ann');
    answers = () => Promise.reject(new Error('no'));
    const answer = await eventually(async () => {
      const given = await client.answer('session:heads', { as: 'ann' });
      return given.ok ? undefined : given;
    }, 'a refusal');
    assert.equal(answer.error.code, 'UNAVAILABLE');
    const started = performance.now();
    assert.equal((await client.answer('session:heads', { as: 'ann' })).ok, false);
    assert.ok(performance.now() - started < 500);
    answers = () => Promise.resolve();
    await eventually(async () => (await client.answer('session:heads', { as: 'ann' })).ok || undefined, 'an answer');
  });
});
