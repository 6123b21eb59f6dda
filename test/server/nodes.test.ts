import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { v7 } from 'uuid';
import { BackEnd } from '../support/back-end.js';
import { eventually } from '../support/eventually.js';
import { MailServer } from '../support/mail-server.js';
import { startNodes } from '../support/nodes.js';
import type { TestNodes } from '../support/nodes.js';
import { Refusal, TENANT } from '../support/server.js';
import type { TestClient } from '../support/server.js';

const refusedAs = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;

/** The numbers of the entries of a conversation that a client was told live. */
const seqs = (client: TestClient, conversation: string): number[] =>
  client
    .received('entry:added')
    .filter(({ entry }) => entry.conversation === conversation)
    .map(({ entry }) => entry.seq);

for (const engine of ['postgres', 'sqlite'] as const)
  describe(`people on different nodes, ${engine}`, () => {
    let cluster: TestNodes;
    before(async () => {
      cluster = await startNodes(3, { engine });
      await cluster.heard();
    });
    after(() => cluster.close());

    /** Three people, one on each node, in one group. */
    async function threesome(prefix: string): Promise<{ clients: [TestClient, TestClient, TestClient]; conversation: string }> {
      const names = ['a', 'b', 'c'].map((name) => `${prefix}-${name}`);
      const [a, b, c] = await Promise.all(names.map((name, node) => cluster.connect(node, name)));
      assert.ok(a && b && c);
      const conversation = await a.startConversation(b.user, c.user);
      for (const client of [b, c])
        await client.event('entry:added', ({ entry }) => entry.conversation === conversation && entry.body.kind === 'started');
      return { clients: [a, b, c], conversation };
    }

    test('[G6, B7] they chat: everybody hears every entry once and in order, whoever writes', async () => {
      const { clients, conversation } = await threesome('chat');
      await Promise.all(
        clients.map(async (client) => {
          for (let index = 0; index < 20; index += 1) await client.send(conversation, `${client.user} ${index}`);
        }),
      );
      // What is told late is fetched, as the digest of it says.
      for (const client of clients) {
        await client.until(
          () =>
            Math.max(
              0,
              ...seqs(client, conversation),
              ...client
                .received('heads:digest')
                .flatMap(({ heads }) => heads.filter((head) => head.conversation === conversation).map(({ head }) => head)),
            ) === 61,
          'the last entry',
        );
        const told = seqs(client, conversation);
        assert.deepEqual(
          told,
          [...new Set(told)].sort((one, other) => one - other),
        );
      }
    });

    test('[B9] typing and receipts reach the other nodes', async () => {
      const {
        clients: [a, b, c],
        conversation,
      } = await threesome('typing');
      await a.command('typing:set', { conversation, active: true });
      for (const client of [b, c]) assert.equal((await client.event('typing:changed', ({ user }) => user === a.user)).active, true);
      const { seq } = await a.send(conversation, 'read this');
      await c.command('receipt:mark', { conversation, read: seq });
      assert.equal((await a.event('receipt:moved', ({ user }) => user === c.user)).marks.read, seq);
    });

    test('[W1, B43] presence is of all nodes together', async () => {
      const watcher = await cluster.connect(0, 'pres-watcher');
      await cluster.nodes[0]?.server.storage.putPeople(TENANT, [{ id: 'pres-b', name: 'B' }]);
      await watcher.command('presence:subscribe', { users: ['pres-b'] });
      const one = await cluster.connect(1, 'pres-b');
      await watcher.event('presence:changed', ({ presence }) => presence.availability === 'available');
      const two = await cluster.connect(2, 'pres-b');
      await two.command('presence:set', { availability: 'busy' });
      await watcher.event('presence:changed', ({ presence }) => presence.availability === 'busy');
      two.close();
      one.close();
      await watcher.event('presence:changed', ({ presence }) => presence.availability === 'offline');
      assert.deepEqual(
        watcher
          .received('presence:changed')
          .map(({ presence }) => presence.availability)
          .filter((each, index, all) => each !== all[index - 1]),
        ['available', 'busy', 'offline'],
        'and the choice that was made on one node holds on the other',
      );
    });

    test('[S6] who wants not to be disturbed hears nothing on any node, and everything when that ends', async () => {
      const {
        clients: [a, b],
        conversation,
      } = await threesome('dnd');
      const second = await cluster.connect(2, b.user);
      await b.command('presence:set', { availability: 'dnd' });
      await a.event('member:held', ({ user, held }) => user === b.user && held);
      await second.event('state:changed', ({ change }) => change.type === 'settings');
      await a.send(conversation, 'not now');
      await a.send(conversation, 'nor now');
      await second.command('presence:set', { availability: 'available' });
      await b.event('heads:digest', ({ heads }) => heads.some((head) => head.conversation === conversation && head.head === 3));
      const { seq } = await a.send(conversation, 'now');
      for (const client of [b, second])
        await client.event('entry:added', ({ entry }) => entry.conversation === conversation && entry.seq === seq);
      assert.ok(!seqs(b, conversation).includes(2) && !seqs(second, conversation).includes(2));
    });

    test('[G12] who is let in on another node hears from then on, and who leaves hears nothing more', async () => {
      const {
        clients: [a, b, c],
        conversation,
      } = await threesome('in-out');
      const late = await cluster.connect(2, 'in-out-late');
      await cluster.connect(1, 'in-out-late').then((client) => client.close());
      await a.send(conversation, 'before');
      await a.command('conversation:invite', { conversation, cid: v7(), users: [late.user] });
      await late.event('entry:added', ({ entry }) => entry.conversation === conversation);
      await late.command('conversation:leave', { conversation, cid: v7() });
      const { seq } = await b.send(conversation, 'after');
      await c.event('entry:added', ({ entry }) => entry.seq === seq);
      const { seq: next } = await c.send(conversation, 'and after');
      await a.event('entry:added', ({ entry }) => entry.seq === next);
      assert.deepEqual(seqs(late, conversation), [3, 4]);
    });

    test('[E1, E2] a policy that is changed through one node holds on all', async () => {
      const other = { tenant: `policy-${engine}` };
      const [a, b] = [await cluster.connect(0, 'ann', { claims: other }), await cluster.connect(1, 'ann', { claims: other })];
      await new BackEnd(cluster.nodes[2] as never, other.tenant).do('PUT', 'policies', { previewText: true });
      for (const client of [a, b]) assert.equal((await client.event('session:changed')).session.policies.previewText, true);
    });

    test('[G13, attack 10] revocation and deactivation cut the connections of every node within a second', async () => {
      const clients = await Promise.all([0, 1, 2].map((node) => cluster.connect(node, 'revoked')));
      const tokens = await cluster.nodes[0]?.token('revoked');
      const started = performance.now();
      await new BackEnd(cluster.nodes[1] as never).do('POST', 'users/revoked/revoke');
      await Promise.all(clients.map((client) => client.disconnected()));
      assert.ok(performance.now() - started < 1_000);
      for (const node of [0, 1, 2])
        await assert.rejects(cluster.connect(node, 'revoked', { token: String(tokens) }), refusedAs('UNAUTHENTICATED'));
      const back = await Promise.all([0, 1, 2].map((node) => cluster.connect(node, 'revoked')));
      await new BackEnd(cluster.nodes[2] as never).do('DELETE', 'users/revoked');
      await Promise.all(back.map((client) => client.disconnected()));
      await assert.rejects(cluster.connect(0, 'revoked'), refusedAs('DEACTIVATED'));
    });
  });

describe('limits over nodes', () => {
  test('[attack 72] what one user may do counts on all nodes together', async (t) => {
    const cluster = await startNodes(2, { rateSearches: 5 });
    t.after(() => cluster.close());
    await cluster.heard();
    const clients = [await cluster.connect(0, 'ann'), await cluster.connect(1, 'ann')];
    const answers = [];
    for (let index = 0; index < 6; index += 1)
      answers.push(await (clients[index % 2] as TestClient).answer('directory:search', { as: 'ann', text: 'a', limit: 1 }));
    assert.deepEqual(
      answers.map((answer) => answer.ok || answer.error.code),
      [true, true, true, true, true, 'RATE_LIMITED'],
    );
  });

  test('[attack 73] the connections of one user count on all nodes together', async (t) => {
    const cluster = await startNodes(2, { userConnections: 2 });
    t.after(() => cluster.close());
    await cluster.heard();
    await cluster.connect(0, 'ann');
    await cluster.connect(1, 'ann');
    await eventually(async () => {
      const outcome = await cluster.connect(0, 'ann').catch((error: unknown) => error);
      if (outcome instanceof Refusal) return outcome.code === 'RATE_LIMITED' || undefined;
      (outcome as TestClient).close();
      return undefined;
    }, 'a refusal');
  });

  test('[B18] the phones of which one node was told are known to all, and to one that comes later', async (t) => {
    const cluster = await startNodes(2);
    t.after(() => cluster.close());
    await cluster.heard();
    await cluster.nodes[0]?.server.storage.putPeople(TENANT, [{ id: 'bob', name: 'Bob' }]);
    const watcher = await cluster.connect(1, 'ann');
    await watcher.command('presence:subscribe', { users: ['bob'] });
    await new BackEnd(cluster.nodes[0] as never).do('POST', 'phone-state', { states: [{ user: 'bob', state: 'ringing', expiresIn: 60 }] });
    assert.equal((await watcher.event('presence:changed', ({ user }) => user === 'bob')).presence.phone, 'ringing');
  });

  test('[B18, G4] each mail is sent by one node, whichever took it', async (t) => {
    const mail = await new MailServer().open();
    const cluster = await startNodes(3, { smtpUrl: mail.url, mailFrom: 'parley@example.org', timings: { mailRetry: 50 } });
    t.after(async () => {
      await cluster.close();
      await mail.close();
    });
    await cluster.heard();
    await new BackEnd(cluster.at(0)).do('PUT', 'policies', { export: { allowed: true, domains: [] } });
    const clients = [await cluster.connect(0, 'ann'), await cluster.connect(1, 'bob'), await cluster.connect(2, 'cid')];
    const conversation = await (clients[0] as TestClient).startConversation('bob', 'cid');
    const sent = clients.flatMap((client) =>
      Array.from({ length: 5 }, (_, index) =>
        client.command('history:send', { conversation, cid: v7(), to: [{ email: `${client.user}-${index}@elsewhere.example` }] }),
      ),
    );
    await Promise.all(sent);
    await mail.until(() => mail.mails.length >= 15, 'all mails');
    await eventually(
      async () => ((await cluster.at(0).server.storage.takeMail(Date.now(), Date.now(), 50)).next === null ? true : undefined),
      'an empty queue',
    );
    assert.equal(new Set(mail.mails.map(({ to }) => to.join())).size, 15);
    assert.equal(mail.mails.length, 15);
  });
});
