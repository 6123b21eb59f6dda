import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { v7 } from 'uuid';
import type { Answer, CommandName, CommandReply, Entry, ErrorCode } from '#protocol';
import { seededRandom } from '../support/random.js';
import type { TestClient } from '../support/server.js';
import { grounds } from './authorisation-grounds.js';
import type { Ground } from './authorisation-ground.js';
import { payloads } from './command-payloads.js';

/*
 * Every cell that a change of state flips, raced against that change (reliability 4): what is allowed is before it, what is refused has
 * changed nothing, and what is read shows nothing from behind it. Which comes first is for the store to say; here the seed says who starts.
 */
const ROUNDS = Number(process.env['PARLEY_TEST_RACES'] ?? 6);
const SEED = Number(process.env['PARLEY_TEST_SEED'] ?? 46);

/** What takes a right away, and with which code the right is refused from then on. Resolves to the entry that says so, if one does. */
interface Flip {
  code: ErrorCode;
  act(ward: Ward): Promise<number>;
}

const flips: Record<'leave' | 'remove' | 'end' | 'dnd', Flip> = {
  leave: { code: 'NOT_FOUND', act: async ({ desk, about }) => (await desk.command('conversation:leave', { ...about, cid: v7() })).seq },
  remove: {
    code: 'NOT_FOUND',
    act: async ({ owner, about }) => (await owner.command('conversation:remove', { ...about, cid: v7(), user: 'racer' })).seq,
  },
  end: {
    code: 'CONVERSATION_ENDED',
    act: async ({ owner, about }) => (await owner.command('conversation:end', { ...about, cid: v7() })).seq,
  },
  dnd: {
    code: 'DO_NOT_DISTURB',
    act: async ({ desk }) => {
      await desk.command('presence:set', { availability: 'dnd' });
      return Infinity;
    },
  },
};

const races: Partial<Record<CommandName, readonly (keyof typeof flips)[]>> = {
  'message:send': ['leave', 'remove', 'end', 'dnd'],
  'conversation:invite': ['leave', 'remove', 'end', 'dnd'],
  'conversation:rename': ['leave', 'remove', 'end', 'dnd'],
  'history:send': ['remove', 'dnd'],
  'typing:set': ['leave', 'remove', 'end'],
  'receipt:mark': ['leave', 'remove'],
  'conversation:leave': ['remove'],
  'conversation:get': ['leave', 'remove'],
  'entry:range': ['leave', 'remove'],
  'message:search': ['leave', 'remove'],
  'history:text': ['leave', 'remove'],
};
/** Who has left goes on reading what was theirs, and leaves again without effect. */
const stillTheirs: ReadonlySet<string> = new Set(['conversation:get', 'entry:range', 'message:search', 'history:text']);

interface Ward {
  owner: TestClient;
  racer: TestClient;
  /** The same person at another device. */
  desk: TestClient;
  about: { conversation: string };
}

for (const kind of grounds) {
  describe(`${kind.name}: races`, () => {
    const chance = seededRandom(SEED);
    const outcomes = { allowed: 0, refused: 0 };
    let ground: Ground;
    let people: Omit<Ward, 'about'>;
    before(async () => {
      ground = await kind.start();
      const [owner, racer, desk] = await Promise.all([ground.connect('owner'), ground.connectAsker('racer'), ground.connect('racer')]);
      people = { owner, racer, desk };
      for (const user of ['bob', 'dave']) (await ground.connect(user)).close();
    });
    after(async () => {
      for (const client of Object.values(people)) client.close();
      await ground.close();
    });

    for (const [command, against] of Object.entries(races) as [CommandName, (keyof typeof flips)[]][]) {
      for (const flip of against) {
        test(`[matrix, attack 46] ${command} races ${flip}, seed ${SEED}, ${ROUNDS} rounds`, async () => {
          for (let round = 0; round < ROUNDS; round++) await race(command, flip);
        });
      }
    }

    test('[matrix, attack 46] an invitation that is taken up races the end, its withdrawal, and its refusal elsewhere', async () => {
      await ground.setPolicies('asking', { join: 'invite' });
      const claims = { tenant: 'asking' };
      const [owner, racer, desk] = await Promise.all([
        ground.connect('owner', { claims }),
        ground.connectAsker('racer', { claims }),
        ground.connect('racer', { claims }),
        ground.connect('bob', { claims }),
      ]);
      for (let round = 0; round < ROUNDS * 3; round++) {
        const conversation = await owner.startConversation('racer', 'bob');
        const [act, code] = [
          [() => owner.command('conversation:end', { conversation, cid: v7() }), 'CONVERSATION_ENDED'] as const,
          [() => owner.command('conversation:remove', { conversation, cid: v7(), user: 'racer' }), 'NOT_FOUND'] as const,
          [() => desk.command('conversation:decline', { conversation, cid: v7() }).catch(() => null), 'NOT_FOUND'] as const,
        ][round % 3]!;
        const [joined] = await together(
          () => racer.answer('conversation:join', { as: 'racer', conversation, cid: v7() }),
          act as () => Promise<unknown>,
        );
        const log = await entries(conversation, 'asking');
        const at = log.findIndex(({ body }) => body.kind === 'joined');
        const removed = log.findIndex(({ body }) => body.kind === 'removed' || body.kind === 'ended' || body.kind === 'declined');
        // The answer shows the conversation as it is then: who came in and was taken out before it was read gets what a stranger gets.
        const outAgain = log[removed]?.body.kind === 'removed' && removed > at;
        if (!joined.ok) assert.ok(joined.error.code === code && (at === -1 || outAgain), `${joined.error.code}, expected ${code}`);
        if (joined.ok) assert.ok(at !== -1 && (removed === -1 || removed > at), 'who came in came before that');
      }
      for (const client of [owner, racer, desk]) client.close();
    });

    test('[attack 46] both came first now and then', () => {
      assert.ok(outcomes.allowed > 0 && outcomes.refused > 0, JSON.stringify(outcomes));
    });

    async function race(command: CommandName, flip: keyof typeof flips): Promise<void> {
      const { owner, racer } = people;
      await people.desk.command('presence:set', { availability: 'available' });
      const conversation = await owner.startConversation('racer', 'bob');
      await owner.send(conversation, 'needle, before');
      const ward = { ...people, about: { conversation } };
      const { code, act } = flips[flip];
      const payload = { as: 'racer', ...payloads[command]({ conversation, other: 'bob', newcomer: 'dave', token: '' }) };
      const [answer, at] = await together(
        () => racer.answer(command, payload),
        () => act(ward),
      );
      await owner.send(conversation, 'needle, afterwards').catch(() => undefined);
      outcomes[answer.ok ? 'allowed' : 'refused'] += 1;
      const log = await entries(conversation);
      // That a mail did not arrive is written by the server, whenever that is known.
      const own = log.filter(({ author, seq, body }) => author === 'racer' && seq !== at && body.kind !== 'history-failed');
      if (!answer.ok) {
        assert.equal(answer.error.code, code);
        assert.deepEqual(own, [], 'what was refused has written nothing');
      } else
        assert.ok(
          own.every(({ seq }) => seq < at),
          'what was allowed came before',
        );
      if (answer.ok) assertNothingFromBehind(command, answer, log, at);
      const again = await racer.answer(command, { ...payload, ...('cid' in payload ? { cid: v7() } : {}) });
      // Whom nobody took out because they had left keeps their period.
      const left = stillTheirs.has(command)
        ? flip === 'leave'
        : command === 'conversation:leave' && !log.some(({ body }) => body.kind === 'removed');
      assert.equal(again.ok ? 'allowed' : again.error.code, left ? 'allowed' : code, 'afterwards there is no doubt');
      if (again.ok) assertNothingFromBehind(command, again, log, at);
    }

    /** At once; the seed says which is sent first, and how far ahead of the other. */
    async function together<A, B>(first: () => Promise<A>, second: () => Promise<B>): Promise<[A, B]> {
      const [firstly, ahead] = [chance.below(2) === 0, chance.below(4)];
      const a = firstly ? first() : undefined;
      const b = a ? undefined : second();
      for (let turn = 0; turn < ahead; turn++) await new Promise((resolve) => setImmediate(resolve));
      return Promise.all([a ?? first(), b ?? second()]);
    }

    async function entries(conversation: string, tenant = 'demo'): Promise<Entry[]> {
      return (await ground.storage.auditedRange(tenant, conversation, { after: 0, limit: 200 }))?.entries ?? [];
    }
  });
}

function assertNothingFromBehind(
  command: CommandName,
  { data }: Extract<Answer<unknown>, { ok: true }>,
  log: readonly Entry[],
  at: number,
): void {
  if (command === 'entry:range') assert.ok((data as CommandReply<'entry:range'>).entries.every(({ seq }) => seq <= at));
  if (command === 'conversation:get') assert.ok((data as CommandReply<'conversation:get'>).conversation.head <= at);
  const hidden = log.filter(({ seq }) => seq > at).some(({ body }) => body.kind === 'message');
  if (stillTheirs.has(command) && hidden) assert.ok(!JSON.stringify(data).includes('afterwards'));
}
