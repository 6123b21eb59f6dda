import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { v7 } from 'uuid';
import { verdict } from '../../server/domain/permissions.js';
import type { Circumstances } from '../../server/domain/permissions.js';
import { startServer, TENANT } from '../support/server.js';
import type { TestServer } from '../support/server.js';
import { aboutConversations, payloads } from './conversation-payloads.js';

let server: TestServer;
before(async () => {
  server = await startServer();
  await server.server.storage.setPolicies('asking', { join: 'invite' });
});
after(() => server.close());

test('the matrix and this test know the same commands', () => {
  assert.deepEqual(Object.keys(payloads).sort(), [...aboutConversations].sort());
});

/** How the caller stands when they ask; each is brought about before, by commands. */
const standings: Record<string, Circumstances> = {
  stranger: { standing: 'stranger', ended: false },
  'other tenant': { standing: 'stranger', ended: false },
  invited: { standing: 'invited', ended: false },
  'invited to what was ended': { standing: 'invited', ended: true },
  member: { standing: 'member', ended: false },
  initiator: { standing: 'member', ended: false, initiator: true },
  admin: { standing: 'member', ended: false, initiator: true },
  'member of what was ended': { standing: 'member', ended: true },
  'member not to be disturbed': { standing: 'member', ended: false, dnd: true },
  left: { standing: 'left', ended: false },
};

for (const transport of ['websocket', 'polling'] as const) {
  const client = { transports: [transport], upgrade: false };
  for (const command of aboutConversations) {
    for (const [name, circumstances] of Object.entries(standings)) {
      test(`[attack 37] ${command} as ${name} over ${transport}`, async () => {
        const { standing } = circumstances;
        const tenant = standing === 'invited' ? 'asking' : TENANT;
        const claims = { tenant };
        const [owner, bob, dave] = await Promise.all(['owner', 'bob', 'dave'].map((user) => server.connect(user, { claims })));
        assert.ok(owner && bob && dave);
        const roles = name === 'admin' ? { roles: ['admin'] } : {};
        const caller = await server.connect('caller', { client, claims: { ...claims, ...roles } });
        await caller.command('presence:set', { availability: 'available' });
        const outsider = await server.connect('caller', { client, claims: { tenant: 'other' } });
        const starter = name === 'initiator' ? caller : owner;
        const members = standing === 'stranger' ? ['bob', 'dave'] : ['bob', starter === caller ? 'owner' : 'caller'];
        const conversation = await starter.startConversation(...members);
        if (standing === 'left') await caller.command('conversation:leave', { conversation, cid: v7() });
        if (circumstances.ended) await owner.command('conversation:end', { conversation, cid: v7() });
        if (circumstances.dnd) await caller.command('presence:set', { availability: 'dnd' });
        const asker = name === 'other tenant' ? outsider : caller;
        const answer = await asker.answer(command, { as: 'caller', ...payloads[command]?.(conversation) });
        const code = answer.ok ? 'allow' : answer.error.code;
        const expected = verdict(command, circumstances);
        // What else a history needs is tested where histories are.
        if (command !== 'history:send' || expected !== 'allow') assert.equal(code, expected);
        assert.ok(dave.connected && owner.connected);
        for (const each of [owner, bob, dave, caller, outsider]) each.close();
      });
    }
  }
}
