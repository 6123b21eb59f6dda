import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { v7 } from 'uuid';
import { Refusal, startServer } from '../support/server.js';
import type { TestClient, TestServer } from '../support/server.js';

let server: TestServer;
before(async () => {
  server = await startServer({ timings: { headsDigest: 100 } });
  await server.server.storage.setPolicies('blocking', { dnd: 'block' });
});
after(() => server.close());

const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;
const set = (client: TestClient, availability: 'dnd' | 'available') => client.command('presence:set', { availability });
let number = 0;
/** Three people of whom nobody has heard, the first with two devices. */
async function people(tenant = 'demo') {
  number += 1;
  const connect = (name: string) => server.connect(`${name}-${number}`, { claims: { tenant } });
  const [ann, phone, bob, cyd] = await Promise.all([connect('ann'), connect('ann'), connect('bob'), connect('cyd')]);
  return { ann, phone, bob, cyd };
}
/** What a device was told of a conversation, in whatever event. */
const mentions = (client: TestClient, conversation: string) =>
  client.events.filter(({ payload }) => JSON.stringify(payload).includes(conversation)).map(({ name }) => name);

describe('do not disturb', () => {
  test('[S6] [attack 49] [SPEC N1] neither message nor typing nor new chat nor invitation leaves who does not want to be disturbed', async () => {
    const { ann, bob, cyd } = await people();
    const group = await bob.startConversation(ann.user, cyd.user);
    await set(ann, 'dnd');
    for (const command of [
      () => ann.send(group, 'x'),
      () => ann.command('typing:set', { conversation: group, active: true }),
      () => ann.command('conversation:create', { cid: v7(), kind: 'direct', members: [cyd.user] }),
      () => ann.command('conversation:create', { cid: v7(), kind: 'group', members: [cyd.user, bob.user] }),
      () => ann.command('conversation:invite', { conversation: group, cid: v7(), users: [cyd.user] }),
      () => ann.command('conversation:rename', { conversation: group, cid: v7(), title: 'x' }),
      () => ann.command('history:send', { conversation: group, cid: v7(), to: [{ user: cyd.user }] }),
    ])
      await assert.rejects(command(), refused('DO_NOT_DISTURB'));
    await set(ann, 'available');
    assert.equal((await ann.send(group, 'x')).duplicate, false);
  });

  test('[S6] [SPEC N2] [SPEC N3] nothing of what others do reaches any device, live, by digest or by asking; all of it is there when it ends', async () => {
    const { ann, phone, bob, cyd } = await people();
    const group = await bob.startConversation(ann.user, cyd.user);
    await Promise.all([ann, phone].map((device) => device.event('entry:added', ({ entry }) => entry.conversation === group)));
    await set(ann, 'dnd');
    for (const device of [ann, phone]) device.events.length = 0;
    const { seq } = await bob.send(group, 'held');
    await bob.command('typing:set', { conversation: group, active: true });
    await cyd.command('receipt:mark', { conversation: group, read: seq });
    const fresh = await cyd.command('conversation:create', { cid: v7(), kind: 'direct', members: [ann.user] });
    await cyd.send(fresh.conversation.id, 'held too');
    // A digest that cyd has heard went out to everybody whom it concerns.
    cyd.events.length = 0;
    await bob.send(group, 'and held');
    await cyd.event('heads:digest', ({ heads }) => heads.some(({ conversation, head }) => conversation === group && head === seq + 1));
    const back = await server.connect(ann.user);
    for (const device of [ann, phone, back]) {
      const { heads } = await device.command('session:heads', {});
      assert.deepEqual(heads, [{ conversation: group, head: seq - 1 }]);
      assert.equal((await device.command('entry:range', { conversation: group, limit: 50 })).head, seq - 1);
      const { conversation } = await device.command('conversation:get', { conversation: group });
      assert.deepEqual([conversation.head, conversation.unread], [seq - 1, 0]);
      await assert.rejects(device.command('conversation:get', { conversation: fresh.conversation.id }), refused('NOT_FOUND'));
      assert.deepEqual(mentions(device, fresh.conversation.id), []);
    }
    for (const device of [ann, phone]) assert.deepEqual(mentions(device, group), []);

    await set(ann, 'available');
    for (const device of [ann, phone, back]) {
      const { heads } = await device.event('heads:digest', (digest) => digest.heads.length === 2);
      assert.deepEqual(
        heads.find(({ conversation }) => conversation === group),
        { conversation: group, head: seq + 1 },
      );
      const state = (await device.command('session:sync', {})).state ?? assert.fail();
      assert.equal(state.conversations.find(({ id }) => id === group)?.unread, 2);
      assert.equal(state.conversations.find(({ id }) => id === fresh.conversation.id)?.unread, 1);
    }
    const live = await bob.send(group, 'live again');
    for (const device of [ann, phone, back])
      await device.event('entry:added', ({ entry }) => entry.conversation === group && entry.seq === live.seq);
  });

  test('[S6] [attack 49] [SPEC N5] the others are told who is held, when it begins and when it ends, and the own devices learn it as a setting', async () => {
    const { ann, phone, bob, cyd } = await people();
    const group = await bob.startConversation(ann.user, cyd.user);
    await set(ann, 'dnd');
    for (const other of [bob, cyd]) assert.deepEqual(await other.event('member:held'), { conversation: group, user: ann.user, held: true });
    const { change } = await phone.event('state:changed', (changed) => changed.change.type === 'settings');
    assert.ok(change.type === 'settings' && change.settings.availability === 'dnd');
    assert.deepEqual([...ann.received('member:held'), ...phone.received('member:held')], []);
    const held = async () => (await bob.command('conversation:get', { conversation: group })).members.filter((member) => member.held);
    assert.deepEqual(
      (await held()).map(({ user }) => user),
      [ann.user],
    );
    await set(ann, 'available');
    await bob.event('member:held', (told) => !told.held && told.user === ann.user);
    assert.deepEqual(await held(), []);
    // Let in while they are not to be disturbed: the others are told at once.
    await set(ann, 'dnd');
    const other = await bob.startConversation(cyd.user, ann.user);
    await cyd.event('member:held', (told) => told.conversation === other && told.held);
  });

  test('[S6] [attack 49] [SPEC N4] block: a direct message is refused with the reason, in a group and for a new chat it waits', async () => {
    const { ann, bob, cyd } = await people('blocking');
    const group = await bob.startConversation(ann.user, cyd.user);
    await set(ann, 'dnd');
    const direct = await bob.startConversation(ann.user);
    await assert.rejects(bob.send(direct, 'x'), refused('RECIPIENT_DND'));
    assert.equal((await bob.command('entry:range', { conversation: direct, limit: 5 })).head, 1, 'nothing was said');
    const { seq } = await bob.send(group, 'waits');
    await set(ann, 'available');
    assert.equal((await bob.send(direct, 'x')).seq, 2);
    assert.equal((await ann.command('entry:range', { conversation: group, limit: 5 })).head, seq);
  });

  for (const transport of ['websocket', 'polling'] as const)
    for (const policy of ['hold', 'block'] as const)
      test(`[attack 49] ${policy}, ${transport}: who does not want to be disturbed is told so when they write, and who writes to them is told what becomes of it`, async () => {
        const tenant = `${policy}-${transport}`;
        await server.server.storage.setPolicies(tenant, { dnd: policy });
        const connect = (user: string) => server.connect(user, { claims: { tenant }, client: { transports: [transport] } });
        const [ann, bob] = await Promise.all([connect('ann'), connect('bob')]);
        const direct = await bob.startConversation('ann');
        await ann.event('entry:added', ({ entry }) => entry.conversation === direct);
        await set(ann, 'dnd');
        await assert.rejects(ann.send(direct, 'x'), refused('DO_NOT_DISTURB'));
        assert.equal((await bob.event('member:held', ({ held }) => held)).user, 'ann', 'before anybody writes');
        ann.events.length = 0;
        const sent = await bob.send(direct, 'for ann').catch((error: Refusal) => error.code);
        const { conversation, members } = await bob.command('conversation:get', { conversation: direct });
        assert.equal(members.find(({ user }) => user === 'ann')?.held, true, 'and to whoever comes later');
        await ann.command('session:heads', {});
        assert.deepEqual(mentions(ann, direct), []);
        if (policy === 'block') assert.deepEqual([sent, conversation.head], ['RECIPIENT_DND', 1]);
        else assert.ok(typeof sent === 'object' && sent.seq === 2 && conversation.head === 2);
        await set(ann, 'available');
        const { entries } = await ann.command('entry:range', { conversation: direct, after: 1, limit: 5 });
        assert.equal(entries.length, policy === 'block' ? 0 : 1, 'what was held is there, and what was refused never was');
        assert.equal(typeof (await ann.send(direct, 'here again')).seq, 'number');
        ann.close();
        bob.close();
      });

  test('[S6] [G12] [G24] a message that races the wish is seen and heard, or waits; never one without the other', async () => {
    const { ann, bob } = await people();
    const direct = await bob.startConversation(ann.user);
    for (let round = 0; round < 60; round += 1) {
      ann.events.length = 0;
      const early = round % 2 === 0 ? bob.send(direct, `round ${round}`) : undefined;
      const wish = set(ann, 'dnd');
      const { seq } = await (early ?? bob.send(direct, `round ${round}`));
      await wish;
      const { head } = await ann.command('entry:range', { conversation: direct, limit: 1 });
      const isIt = ({ entry }: { entry: { conversation: string; seq: number } }): boolean =>
        entry.conversation === direct && entry.seq === seq;
      // A node that has not heard lately who was revoked tells a moment later (G13).
      if (head >= seq) await ann.event('entry:added', isIt);
      else assert.ok(!ann.received('entry:added').some(isIt), `entry ${seq} with head ${head}`);
      await set(ann, 'available');
    }
  });

  test('[G24] what its sender commits after the wish is refused, whichever device asks', async () => {
    const { ann, phone, bob } = await people();
    const direct = await bob.startConversation(ann.user);
    for (let round = 0; round < 40; round += 1) {
      const [, sent] = await Promise.all([set(ann, 'dnd'), phone.send(direct, 'x').catch((error: Refusal) => error.code)]);
      if (typeof sent === 'string') assert.equal(sent, 'DO_NOT_DISTURB');
      await assert.rejects(phone.send(direct, 'y'), refused('DO_NOT_DISTURB'));
      await set(ann, 'available');
    }
  });
});
