import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { v7 } from 'uuid';
import type { Entry, EventName } from '#protocol';
import { ACTORS, audiences } from '../../server/domain/permissions.js';
import type { Actor } from '../../server/domain/permissions.js';
import type { TestClient } from '../support/server.js';
import { grounds } from './authorisation-grounds.js';
import type { Ground } from './authorisation-ground.js';
import { ASKING, Stage } from './authorisation-stage.js';
import type { Scene } from './authorisation-stage.js';

/** What somebody else does, by which the event comes; in an ended chat only little can be done. */
const causes: {
  readonly [N in EventName]?: (others: { owner: TestClient; bob: TestClient }, scene: Scene, actor: Actor) => Promise<unknown>;
} = {
  'entry:added': ({ owner, bob }, scene, actor) => say(actor === 'CL' ? bob : owner, scene, actor),
  'heads:digest': ({ owner, bob }, scene, actor) => say(actor === 'CL' ? bob : owner, scene, actor),
  'receipt:moved': async ({ bob }, { about: { conversation } }) => {
    const { head } = await bob.command('entry:range', { conversation, limit: 1 });
    return bob.command('receipt:mark', { conversation, read: head });
  },
  'typing:changed': ({ bob }, { about: { conversation } }) => bob.answer('typing:set', { as: 'bob', conversation, active: true }),
  'member:held': ({ bob }) => bob.command('presence:set', { availability: 'dnd' }),
};

const say = (client: TestClient, { about: { conversation } }: Scene, actor: Actor) =>
  actor === 'CL' ? client.command('conversation:leave', { conversation, cid: v7() }) : client.send(conversation, 'heard by members');

/** Whether one of the events is about the conversation. */
function isAbout(conversation: string): (event: { name: string; payload: unknown }) => boolean {
  return ({ payload }) => JSON.stringify(payload).includes(conversation);
}

/** Members of a node to which the entry before came late are told the head in place of the entry (SPEC V2). */
function headTold(client: TestClient, since: number, conversation: string, seq: number): boolean {
  const digests = client.events.slice(since).filter((event) => event.name === 'heads:digest');
  return digests.some(({ payload }) => payload.heads.some((head) => head.conversation === conversation && head.head >= seq));
}

/**
 * Resolves once the node of a member has put them into the room: hints of receipts and typing go another way between nodes than entries do,
 * and nobody repeats one to who came in after it.
 */
async function isIn(member: TestClient, conversation: string): Promise<void> {
  const { head } = await member.command('entry:range', { conversation, limit: 1 });
  const told = ({ entry }: { entry: Entry }) => entry.conversation === conversation && entry.seq >= head;
  await member.until(() => member.received('entry:added').some(told) || headTold(member, 0, conversation, head), 'the last entry');
}

for (const kind of grounds) {
  describe(`${kind.name}: who hears what`, () => {
    let ground: Ground;
    let stage: Stage;
    /** In either tenant: bob, and carol, who hears at the same node as who is asked about. What reaches her has reached all there. */
    let others: Record<'direct' | 'asking', { bob: TestClient; carol: TestClient }>;
    before(async () => {
      ground = await kind.start();
      stage = new Stage(ground, 'websocket');
      await stage.open();
      const both = async (claims: { tenant?: string }) => ({
        bob: await ground.connect('bob', { claims }),
        carol: await ground.connectAsker('carol', { claims }),
      });
      others = { direct: await both({}), asking: await both({ tenant: ASKING }) };
    });
    after(async () => {
      for (const { bob, carol } of Object.values(others)) for (const client of [bob, carol]) client.close();
      await stage.close();
      await ground.close();
    });

    for (const name of Object.keys(causes) as (keyof typeof causes)[]) {
      for (const actor of ACTORS.filter((one) => one !== 'AN')) {
        const cell = audiences[name][ACTORS.indexOf(actor)];
        test(`[matrix, G12] ${name} to ${actor}: ${cell}`, async () => {
          const { bob, carol } = others[actor === 'IN' ? 'asking' : 'direct'];
          await bob.command('presence:set', { availability: 'available' });
          const scene = await stage.scene('entry:range', actor);
          stage.spend(scene);
          const { asker, owner, about } = scene;
          if (actor === 'IN')
            for (const client of [bob, carol]) await client.command('conversation:join', { conversation: about.conversation, cid: v7() });
          await isIn(carol, about.conversation);
          const [heardBefore, seenBefore] = [asker.events.length, carol.events.length];
          const caused = await causes[name]?.({ owner, bob }, scene, actor);
          const concerns = isAbout(about.conversation);
          const heard = (client: TestClient, since: number) =>
            client.events.slice(since).filter((event) => event.name === name && concerns(event));
          const knows = (client: TestClient, since: number) =>
            heard(client, since).length > 0 ||
            (name === 'entry:added' && headTold(client, since, about.conversation, (caused as { seq: number }).seq));
          // In an ended chat nobody types.
          if (cell === 'yes' || !(name === 'typing:changed' && actor === 'CL'))
            await carol.until(() => knows(carol, seenBefore), `${name}, as a member`);
          if (cell === 'yes') return asker.until(() => knows(asker, heardBefore), name);
          await asker.command('session:heads', {});
          assert.deepEqual(heard(asker, heardBefore), []);
          // A member of an ended chat hears of what was done before it ended.
          const otherwise = asker.events.slice(heardBefore).filter((event) => event.name !== 'state:changed' && concerns(event));
          if (actor !== 'CL') assert.deepEqual(otherwise, [], 'nothing else says it either');
          if (cell !== 'held') return;
          await asker.command('presence:set', { availability: 'available' });
          await asker.event('heads:digest', ({ heads }) => heads.some((head) => head.conversation === about.conversation));
        });
      }
    }

    test('[matrix, U3] an auditor hears of nothing that the same person hears of otherwise, and nobody sees them', async () => {
      const roles = { roles: ['auditor'] };
      const asPerson = await ground.connectAsker('inspector');
      const asAuditor = await ground.connectAsker('inspector', { claims: roles });
      const owner = await ground.connect('owner');
      const since = asAuditor.events.length;
      const conversation = await owner.startConversation('inspector', 'bob');
      await owner.send(conversation, 'to all who are in');
      await asPerson.event('entry:added', ({ entry }) => entry.conversation === conversation && entry.body.kind === 'message');
      assert.deepEqual(await asAuditor.command('conversation:list', { limit: 10 }), { conversations: [], more: false, people: [] });
      assert.deepEqual((await asAuditor.command('session:sync', {})).state?.conversations, []);
      assert.deepEqual((await asAuditor.command('session:heads', {})).heads, []);
      assert.deepEqual(asAuditor.events.slice(since), []);
      const asked = async () => (await owner.command('presence:subscribe', { users: ['inspector'] })).presences[0]?.presence.availability;
      assert.equal(await asked(), 'available');
      await asPerson.command('session:end', {});
      await owner.event('presence:changed', ({ user, presence }) => user === 'inspector' && presence.availability === 'offline');
      assert.ok(asAuditor.connected);

      const unknown = await ground.connectAsker('stranger-auditor', { claims: roles });
      const { people } = await owner.command('directory:search', { text: 'Name of stranger-auditor', limit: 10 });
      assert.deepEqual(people, [], 'to sign in as an auditor leaves nobody in the directory');
      await assert.rejects(owner.startConversation('stranger-auditor', 'bob'), /NOT_FOUND/);
      const { session } = await unknown.event('session:started');
      assert.deepEqual([session.policies.initiate, session.policies.admin, session.policies.export.allowed], [false, false, false]);
      for (const client of [asAuditor, owner, unknown]) client.close();
    });

    test('[U4, attack 9] a connection does not become an auditor, nor cease to be one', async () => {
      for (const [now, then] of [
        ['nurse', 'auditor'],
        ['auditor', 'nurse'],
      ] as const) {
        const client = await ground.connectAsker('changing', { claims: { roles: [now] } });
        const token = await ground.token('changing', { roles: [then] });
        const answer = await client.answer('session:refresh', { as: 'changing', token });
        assert.equal(answer.ok ? '' : answer.error.code, 'WRONG_USER');
        await client.disconnected();
      }
    });
  });
}
