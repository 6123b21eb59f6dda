import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CommandName } from '#protocol';
import { ACTORS, cellOf, isAboutConversation, permissions, refusalOf, verdict } from '../../../server/domain/permissions.js';
import type { Circumstances } from '../../../server/domain/permissions.js';

const commands = (Object.keys(permissions) as (keyof typeof permissions)[]).filter((name) => name !== 'connect');

describe('the authorisation matrix', () => {
  test('[threat 2, matrix] somebody of another tenant and a stranger get what they get for what does not exist', () => {
    for (const command of commands.filter(isAboutConversation)) {
      for (const actor of ['OT', 'NM'] as const) assert.equal(cellOf(command, actor), '404', command);
      for (const ended of [false, true])
        for (const more of [{}, { dnd: true }, { barred: true }, { initiator: true }])
          assert.equal(verdict(command, { standing: 'stranger', ended, ...more }), 'NOT_FOUND', command);
    }
  });

  test('[matrix, A1] without a valid token there is nothing, in every row', () => {
    for (const name of Object.keys(permissions) as (keyof typeof permissions)[]) assert.equal(cellOf(name, 'AN'), '401', name);
  });

  test('[matrix, U2] what an auditor may is to read, each reading about a conversation written down, and their own settings', () => {
    const may = commands.filter((command) => refusalOf(cellOf(command, 'AU')) === null);
    const audited = may.filter((command) => cellOf(command, 'AU') === 'audited');
    assert.deepEqual(audited, ['conversation:get', 'entry:range', 'message:search']);
    const others = may.filter((command) => !audited.includes(command));
    assert.ok(
      others.every((command) => /^(?:session|directory):|^settings:set$|^conversation:list$/.test(command)),
      others.join(),
    );
    for (const command of commands) if (!may.includes(command)) assert.equal(refusalOf(cellOf(command, 'AU')), 'ROLE_FORBIDDEN', command);
  });

  test('[matrix] who is invited may answer, and nothing else', () => {
    const open = commands.filter((command) => isAboutConversation(command) && cellOf(command, 'IN') !== '404');
    assert.deepEqual(open, ['conversation:join', 'conversation:decline']);
  });

  const cells: [CommandName, Circumstances, string][] = [
    ['message:send', { standing: 'member', ended: false }, 'allow'],
    ['message:send', { standing: 'left', ended: false }, 'NOT_FOUND'],
    ['message:send', { standing: 'member', ended: true }, 'CONVERSATION_ENDED'],
    ['message:send', { standing: 'member', ended: true, dnd: true }, 'CONVERSATION_ENDED'],
    ['message:send', { standing: 'member', ended: false, dnd: true }, 'DO_NOT_DISTURB'],
    ['message:send', { standing: 'left', ended: true }, 'NOT_FOUND'],
    ['message:send', { standing: 'member', ended: false, barred: true }, 'allow'],
    ['entry:range', { standing: 'left', ended: true }, 'allow'],
    ['entry:range', { standing: 'invited', ended: false }, 'NOT_FOUND'],
    ['entry:range', { standing: 'invited', ended: false, former: true }, 'allow'],
    ['conversation:join', { standing: 'invited', ended: false, former: true }, 'allow'],
    ['conversation:join', { standing: 'invited', ended: true }, 'CONVERSATION_ENDED'],
    ['conversation:decline', { standing: 'member', ended: true }, 'NOT_FOUND'],
    ['conversation:leave', { standing: 'member', ended: true }, 'allow'],
    ['conversation:leave', { standing: 'left', ended: false }, 'allow'],
    ['conversation:remove', { standing: 'member', ended: false }, 'ROLE_FORBIDDEN'],
    ['conversation:remove', { standing: 'member', ended: false, initiator: true, dnd: true }, 'allow'],
    ['conversation:remove', { standing: 'member', ended: true, initiator: true }, 'CONVERSATION_ENDED'],
    ['conversation:remove', { standing: 'left', ended: false, initiator: true }, 'NOT_FOUND'],
    ['conversation:create', { standing: 'stranger', ended: false, barred: true, dnd: true }, 'INITIATE_FORBIDDEN'],
    ['receipt:mark', { standing: 'left', ended: false }, 'NOT_FOUND'],
    ['receipt:mark', { standing: 'member', ended: true }, 'allow'],
    ['typing:set', { standing: 'member', ended: true }, 'CONVERSATION_ENDED'],
  ];
  for (const [command, circumstances, expected] of cells) {
    const { standing, ...more } = circumstances;
    const why = Object.entries(more).flatMap(([name, holds]) => (holds ? [name] : []));
    test(`[matrix] ${command}, ${[standing, ...why].join(', ')}: ${expected}`, () => {
      assert.equal(verdict(command, circumstances), expected);
    });
  }

  test('[E15] a chat is ended by its initiator and by admins, also again', () => {
    for (const ended of [false, true]) {
      assert.equal(verdict('conversation:end', { standing: 'member', ended, initiator: true }), 'allow');
      assert.equal(verdict('conversation:end', { standing: 'member', ended }), 'ROLE_FORBIDDEN');
      assert.equal(verdict('conversation:end', { standing: 'invited', ended, initiator: true }), 'NOT_FOUND');
    }
  });

  test('[matrix] no cell is dead: each is what somebody gets who stands so', () => {
    const standing: Record<string, Circumstances> = {
      NM: { standing: 'stranger', ended: false },
      IN: { standing: 'invited', ended: false },
      ME: { standing: 'member', ended: false, initiator: true },
      LE: { standing: 'left', ended: false },
      DN: { standing: 'member', ended: false, initiator: true, dnd: true },
      NI: { standing: 'member', ended: false, initiator: true, barred: true },
      CL: { standing: 'member', ended: true, initiator: true },
    };
    for (const command of commands) {
      for (const actor of ACTORS) {
        const one = standing[actor];
        if (!one) continue;
        // Where only the invited may, these columns are theirs.
        const invited =
          refusalOf(cellOf(command, 'ME')) !== null && cellOf(command, 'IN') === 'yes' && one.standing === 'member' && actor !== 'ME';
        const who: Circumstances = invited ? { ...one, standing: 'invited' } : one;
        assert.equal(verdict(command, who), refusalOf(cellOf(command, actor)) ?? 'allow', `${command} ${actor}`);
      }
    }
  });
});
