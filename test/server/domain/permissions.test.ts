import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ERRORS, commands } from '#protocol';
import type { CommandName } from '#protocol';
import { permissions, verdict } from '../../../server/domain/permissions.js';
import type { Rule, Verdict } from '../../../server/domain/permissions.js';

describe('the authorisation matrix', () => {
  test('has a row for every command and none for anything else', () => {
    assert.deepEqual(Object.keys(permissions).sort(), Object.keys(commands).sort());
  });

  test('[threat 2] a stranger gets the same answer as for what does not exist, in every row about a conversation', () => {
    for (const command of Object.keys(permissions) as CommandName[]) {
      const rule = permissions[command];
      if (rule.scope !== 'conversation') continue;
      assert.equal(verdict(command, { standing: 'stranger', ended: false }), 'NOT_FOUND', command);
      assert.equal(verdict(command, { standing: 'stranger', ended: true }), 'NOT_FOUND', command);
      for (const cell of [rule.stranger, rule.member, rule.left, rule.ended])
        assert.ok(cell === 'allow' || cell === 'initiator' || Object.hasOwn(ERRORS, cell), command);
    }
  });

  const cells: [CommandName, 'member' | 'left', boolean, string][] = [
    ['message:send', 'member', false, 'allow'],
    ['message:send', 'left', false, 'NOT_FOUND'],
    ['message:send', 'member', true, 'CONVERSATION_ENDED'],
    ['message:send', 'left', true, 'NOT_FOUND'],
    ['entry:range', 'left', false, 'allow'],
    ['entry:range', 'member', true, 'allow'],
    ['conversation:get', 'left', true, 'allow'],
    ['conversation:invite', 'member', false, 'allow'],
    ['conversation:invite', 'left', false, 'NOT_FOUND'],
    ['conversation:invite', 'member', true, 'CONVERSATION_ENDED'],
    ['conversation:leave', 'member', true, 'allow'],
    ['receipt:mark', 'left', false, 'NOT_FOUND'],
    ['receipt:mark', 'member', true, 'allow'],
    ['typing:set', 'member', true, 'CONVERSATION_ENDED'],
    ['typing:set', 'left', false, 'NOT_FOUND'],
  ];
  for (const [command, standing, ended, expected] of cells) {
    test(`${command}, ${standing}${ended ? ' of an ended conversation' : ''}: ${expected}`, () => {
      assert.equal(verdict(command, { standing, ended }), expected);
    });
  }

  test('[E15] a chat is ended by its initiator and by admins, also again', () => {
    for (const ended of [false, true]) {
      assert.equal(verdict('conversation:end', { standing: 'member', ended, initiator: true }), 'allow');
      assert.equal(verdict('conversation:end', { standing: 'member', ended }), 'ROLE_FORBIDDEN');
      assert.equal(verdict('conversation:end', { standing: 'invited', ended, initiator: true }), 'NOT_FOUND');
    }
  });

  test('no cell is dead: what a row says of an ended chat is what a member gets', () => {
    for (const command of Object.keys(permissions) as CommandName[]) {
      const rule: Rule = permissions[command];
      if (rule.scope !== 'conversation' || (rule.member !== 'allow' && rule.member !== 'initiator')) continue;
      for (const initiator of [false, true]) {
        const expected: Verdict = rule.ended === 'initiator' ? (initiator ? 'allow' : 'ROLE_FORBIDDEN') : rule.ended;
        assert.equal(verdict(command, { standing: 'member', ended: true, initiator }), expected, command);
      }
    }
  });

  test('what is about the caller is allowed; to start a conversation needs the right to', () => {
    for (const command of ['session:sync', 'directory:search', 'conversation:list', 'presence:set'] as const) {
      assert.equal(permissions[command].scope, 'self');
      assert.equal(verdict(command, { standing: 'stranger', ended: false }), 'allow');
    }
    assert.equal(permissions['conversation:create'].scope, 'initiate');
  });
});
