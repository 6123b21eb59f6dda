import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { v7 } from 'uuid';
import { type Combination, COMBINATIONS } from '../support/policy-combinations.js';
import { type ConnectOptions, Refusal, startServer, type TestClient, type TestServer } from '../support/server.js';
import { commandNames, payloads } from './command-payloads.js';

/*
 * Every combination of the policies that decide what a command does, against the actions that they govern: on a real server, with a client
 * that has none of the SDK's manners. Each combination has a tenant of its own.
 */
const nameOf = ({ enabled, join, presence, dnd, initiate }: Combination): string =>
  `${enabled ? 'on' : 'off'}, join ${join}, presence ${presence}, dnd ${dnd}, initiate ${initiate}`;

let server: TestServer;
before(async () => {
  server = await startServer();
});
after(() => server.close());

async function decide(tenant: string, policies: Partial<Combination>): Promise<void> {
  const token = await server.token('host', { tenant, scope: 'parley:policies' });
  const answer = await fetch(`${server.url}/v1/policies`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(policies),
  });
  assert.equal(answer.ok, true, `${answer.status} ${await answer.text()}`);
}

const refusal = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;

/** Four people of a tenant; only anna's token says that she may start chats. */
class Ward {
  readonly tenant = `t-${randomUUID()}`;
  readonly clients: TestClient[] = [];

  async enter(user: string, options: ConnectOptions = {}): Promise<TestClient> {
    const claims = { tenant: this.tenant, ...(user === 'anna' ? { initiate: true } : {}) };
    const client = await server.connect(user, { claims, ...options });
    this.clients.push(client);
    return client;
  }

  leave(): void {
    for (const client of this.clients) client.close();
  }
}

const direct = (client: TestClient, other: string) =>
  client.command('conversation:create', { cid: v7(), kind: 'direct', members: [other] });
const group = (client: TestClient, ...members: string[]) => client.command('conversation:create', { cid: v7(), kind: 'group', members });
const texts = async (client: TestClient, conversation: string): Promise<string[]> => {
  const { entries } = await client.command('entry:range', { conversation, limit: 50 });
  return entries.flatMap(({ body }) => (body.kind === 'message' ? [body.text] : []));
};
const available = { availability: 'available' } as const;
const undisturbed = { availability: 'dnd' } as const;

/** Every command but those of the session: what is switched off (matrix: all rows 404). */
const SWITCHED_OFF = commandNames.filter((name) => !name.startsWith('session:'));

for (const combination of COMBINATIONS.filter(({ enabled }) => !enabled)) {
  test(`[E1, matrix] ${nameOf(combination)}: one is signed in, and there is nothing`, async (t) => {
    const ward = new Ward();
    t.after(() => ward.leave());
    // There was something before it was switched off.
    await decide(ward.tenant, { ...combination, enabled: true, join: 'direct' });
    const [anna, mark] = [await ward.enter('anna'), await ward.enter('mark')];
    const { conversation } = await direct(anna, 'mark');
    await anna.send(conversation.id, 'before');
    await mark.event('entry:added', ({ entry }) => entry.body.kind === 'message');

    await decide(ward.tenant, combination);
    for (const client of [anna, mark]) await client.event('session:changed', ({ session }) => !session.policies.enabled);
    const late = await ward.enter('lena');
    const { session, synced } = await late.event('session:started');
    assert.equal(session.policies.enabled, false);
    assert.deepEqual([synced.heads, synced.state?.conversations ?? [], synced.state?.people ?? []], [[], [], []]);

    const told = mark.events.length;
    for (const name of SWITCHED_OFF) {
      const about = { conversation: conversation.id, other: 'mark', newcomer: 'omar', token: '' };
      const answer = await anna.answer(name, { as: 'anna', ...payloads[name](about) });
      assert.equal(answer.ok ? 'ok' : answer.error.code, 'NOT_FOUND', name);
    }
    const { state, heads } = await anna.command('session:sync', {});
    assert.deepEqual([heads, state?.conversations ?? []], [[], []]);
    assert.deepEqual(
      mark.events.slice(told).map(({ name }) => name),
      [],
      'and nobody hears of it',
    );

    await decide(ward.tenant, { enabled: true });
    await anna.event('session:changed', (changed) => changed.session.policies.enabled);
    const again = await anna.command('session:sync', {});
    assert.deepEqual(
      again.state?.conversations.map(({ id }) => id),
      [conversation.id],
    );
    assert.deepEqual(await texts(anna, conversation.id), ['before'], 'nothing is lost');
  });
}

for (const combination of COMBINATIONS.filter(({ enabled }) => enabled)) {
  describe(nameOf(combination), () => {
    const ward = new Ward();
    let anna: TestClient;
    let mark: TestClient;
    let lena: TestClient;
    before(async () => {
      await decide(ward.tenant, combination);
      [anna, mark, lena] = [await ward.enter('anna'), await ward.enter('mark'), await ward.enter('lena')];
    });
    after(() => ward.leave());

    test('[E1] the session says what holds', async () => {
      const [started] = mark.received('session:started');
      const { enabled, join, presence, dnd, initiate } = started!.session.policies;
      assert.deepEqual({ enabled, join, presence, dnd, initiate }, { ...combination, initiate: combination.initiate === 'everyone' });
    });

    test('[E2, E3] who may start, starts; whoever is asked takes part', async () => {
      const { conversation } = await direct(anna, 'mark');
      await mark.send(conversation.id, 'I may answer');
      assert.deepEqual(await texts(anna, conversation.id), ['I may answer']);
      if (combination.initiate === 'everyone') assert.equal((await direct(mark, 'lena')).created, true);
      else {
        await assert.rejects(direct(mark, 'lena'), refusal('INITIATE_FORBIDDEN'));
        await assert.rejects(group(mark, 'lena', 'anna'), refusal('INITIATE_FORBIDDEN'));
      }
    });

    test('[S11, B13, B14, B15, B16] a group has its people at once, or asks them', async () => {
      const { conversation } = await group(anna, 'mark');
      const { id } = conversation;
      await anna.send(id, 'first');
      if (combination.join === 'invite') {
        await mark.event(
          'state:changed',
          ({ change }) => change.type === 'invitations' && change.invitations.some((one) => one.conversation === id),
        );
        const tooEarly = [() => mark.send(id, 'x'), () => texts(mark, id), () => mark.command('conversation:get', { conversation: id })];
        for (const ask of tooEarly) await assert.rejects(ask, refusal('NOT_FOUND'));
        assert.equal(
          mark.received('entry:added').some(({ entry }) => entry.conversation === id),
          false,
        );
        await mark.command('conversation:join', { conversation: id, cid: v7() });
        await anna.event('entry:added', ({ entry }) => entry.conversation === id && entry.body.kind === 'joined');
        assert.deepEqual(await texts(mark, id), [], 'what was said before is not theirs');
      } else assert.deepEqual(await texts(mark, id), ['first']);

      // Whoever is in asks others, right to start or not.
      await mark.command('conversation:invite', { conversation: id, cid: v7(), users: ['lena'] });
      await mark.send(id, 'second');
      if (combination.join === 'invite') {
        await lena.command('conversation:decline', { conversation: id, cid: v7() });
        await anna.event('entry:added', ({ entry }) => entry.conversation === id && entry.body.kind === 'declined');
        await assert.rejects(texts(lena, id), refusal('NOT_FOUND'));
        await assert.rejects(lena.command('conversation:join', { conversation: id, cid: v7() }), refusal('NOT_FOUND'));
      } else assert.deepEqual(await texts(lena, id), ['second']);
      const { members } = await anna.command('conversation:get', { conversation: id });
      const inside = members.filter(({ active }) => active).map(({ user }) => user);
      assert.deepEqual(inside.sort(), combination.join === 'invite' ? ['anna', 'mark'] : ['anna', 'lena', 'mark']);
    });

    test('[S6] who wants not to be disturbed neither sends nor receives; what others write waits or is refused', async () => {
      const { conversation } = await direct(anna, 'lena');
      const { id } = conversation;
      await anna.send(id, 'before');
      await lena.event('entry:added', ({ entry }) => entry.conversation === id && entry.body.kind === 'message');
      await lena.command('presence:set', undisturbed);
      await anna.event('member:held', (held) => held.conversation === id && held.user === 'lena' && held.held);
      const { members } = await anna.command('conversation:get', { conversation: id });
      assert.equal(members.find(({ user }) => user === 'lena')?.held, true);

      await assert.rejects(lena.send(id, 'out'), refusal('DO_NOT_DISTURB'));
      const cid = v7();
      if (combination.dnd === 'block') await assert.rejects(anna.send(id, 'meanwhile', cid), refusal('RECIPIENT_DND'));
      else await anna.send(id, 'meanwhile', cid);
      assert.deepEqual(await texts(lena, id), ['before']);
      const { conversations } = await lena.command('conversation:list', { ids: [id], limit: 1 });
      assert.equal(conversations[0]?.last?.body.kind === 'message' && conversations[0].last.body.text, 'before');

      await lena.command('presence:set', available);
      await anna.event('member:held', (held) => held.conversation === id && held.user === 'lena' && !held.held);
      // The same message again: refused before, it is sent now; held before, it is there already.
      const { duplicate } = await anna.send(id, 'meanwhile', cid);
      assert.equal(duplicate, combination.dnd === 'hold');
      assert.deepEqual(await texts(lena, id), ['before', 'meanwhile']);
      await lena.send(id, 'after');
    });

    test('[B6, B32, B33, B34] presence is seen by all, or by those who were accepted', async () => {
      const omar = await ward.enter('omar');
      const how = async (watcher: TestClient): Promise<string | undefined> => {
        const { presences } = await watcher.command('presence:subscribe', { users: ['omar'] });
        return presences.find(({ user }) => user === 'omar')?.presence.availability;
      };
      await omar.command('presence:set', { availability: 'busy', message: 'theatre 2' });
      const open = combination.presence === 'open';
      assert.equal(await how(mark), open ? 'busy' : 'offline');
      const { contacts } = await mark.command('contact:add', { user: 'omar' });
      assert.deepEqual(contacts.contacts, [{ user: 'omar', state: open ? 'accepted' : 'requested' }]);
      if (!open) {
        await omar.event(
          'state:changed',
          ({ change }) => change.type === 'contacts' && change.contacts.requests.some(({ user }) => user === 'mark'),
        );
        assert.equal(await how(mark), 'offline', 'to have asked is not to be accepted');
        await omar.command('contact:accept', { user: 'mark' });
        await mark.event('state:changed', ({ change }) => change.type === 'contacts' && change.contacts.contacts[0]?.state === 'accepted');
        assert.equal(await how(mark), 'busy');
      }
      assert.equal(await how(anna), open ? 'busy' : 'offline', 'others see as before');
      await mark.command('contact:remove', { user: 'omar' });
      assert.equal(await how(mark), open ? 'busy' : 'offline');
      const seen = mark.received('presence:changed').length;
      await omar.command('presence:set', { availability: 'away' });
      if (open) await mark.event('presence:changed', ({ user, presence }) => user === 'omar' && presence.availability === 'away');
      else {
        // What is told after it has come: so what was not told before it will not be.
        await omar.command('contact:add', { user: 'mark' });
        await mark.event(
          'state:changed',
          ({ change }) => change.type === 'contacts' && change.contacts.requests.some(({ user }) => user === 'omar'),
        );
        const since = mark.received('presence:changed').slice(seen);
        assert.equal(
          since.some(({ user, presence }) => user === 'omar' && presence.availability !== 'offline'),
          false,
        );
      }
    });
  });
}
