import { commands, ERRORS, events, LIMITS, OLDEST_PROTOCOL_VERSION, PROTOCOL_VERSION, type CommandName } from '#protocol';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import * as z from 'zod/mini';
import { ACTORS, audiences, cellOf, isAboutConversation, permissions, refusalOf, verdict } from '../../server/domain/permissions.js';
import { CID, CONVERSATION, longest } from './samples.js';

const names = Object.keys(commands) as CommandName[];
const schemas: [string, z.core.$ZodType][] = [
  ...names.flatMap((name): [string, z.core.$ZodType][] => [
    [`${name} payload`, commands[name].payload],
    [`${name} reply`, commands[name].reply],
  ]),
  ...Object.entries(events),
];
const parse = (schema: z.core.$ZodType, value: unknown): { success: boolean } => z.safeParse(schema, value);

describe('catalogs', () => {
  it('names are noun:verb, no name is in both catalogs', () => {
    for (const name of [...names, ...Object.keys(events)]) assert.match(name, /^[a-z]+(?:-[a-z]+)*:[a-z]+$/);
    assert.deepEqual(
      names.filter((name) => name in events),
      [],
    );
  });

  it('[matrix] every command and every event has a row in the authorisation matrix, and no row is left over', () => {
    assert.deepEqual(Object.keys(permissions).sort(), ['connect', ...names].sort());
    assert.deepEqual(Object.keys(audiences).sort(), Object.keys(events).sort());
  });

  it('[L4] a stranger gets NOT_FOUND for everything about a conversation', () => {
    for (const name of names.filter(isAboutConversation)) {
      assert.equal(verdict(name, { standing: 'stranger', ended: false }), 'NOT_FOUND', name);
      assert.equal(verdict(name, { standing: 'stranger', ended: true }), 'NOT_FOUND', name);
    }
  });

  it('[X1] every code of the matrix is in the closed list, as a refusal of that kind', () => {
    for (const name of names)
      for (const actor of ACTORS) {
        const code = refusalOf(cellOf(name, actor));
        if (code !== null) assert.equal(String(ERRORS[code].status), cellOf(name, actor).slice(0, 3), `${name} ${actor}`);
      }
    for (const { status, meaning } of Object.values(ERRORS)) assert.ok(status >= 400 && status < 600 && meaning.endsWith('.'));
  });

  it('[C3] every command that changes the log carries the id of the act', () => {
    for (const name of ['conversation:create', 'conversation:invite', 'conversation:leave', 'message:send'] as const) {
      assert.ok('cid' in commands[name].payload.shape, name);
    }
  });

  it('[P1] the server keeps its version and the one before', () => {
    assert.ok(
      OLDEST_PROTOCOL_VERSION >= 1 && PROTOCOL_VERSION - OLDEST_PROTOCOL_VERSION <= 1 && OLDEST_PROTOCOL_VERSION <= PROTOCOL_VERSION,
    );
  });

  it('[attack 30] no value makes a schema throw', () => {
    const odd = [
      undefined,
      null,
      Number.NaN,
      Infinity,
      -0,
      2 ** 53,
      '',
      [],
      {},
      { length: 1e9 },
      Buffer.from('x'),
      () => 1,
      Symbol.iterator,
      new Map(),
      Object.create(null),
      10n,
    ];
    for (const [name, schema] of schemas) {
      for (const value of odd) assert.doesNotThrow(() => parse(schema, value), name);
    }
    fc.assert(
      fc.property(
        fc.constantFrom(...schemas),
        fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true, withMap: true, withSparseArray: true }),
        ([, schema], value) => {
          parse(schema, value);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('[attack 26] a payload with __proto__ and constructor changes no prototype', () => {
    const hostile = JSON.parse(
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"active":true,"limit":5,"text":"x"}',
    ) as unknown;
    for (const [, schema] of schemas) parse(schema, hostile);
    assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
  });

  it('[attack 32] [P2] keys that a command does not know are dropped', () => {
    const known = { conversation: CONVERSATION, active: true };
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.anything()), (extra) => {
        assert.deepEqual({ ...commands['typing:set'].payload.parse({ ...extra, ...known }) }, known);
      }),
    );
  });

  it('[attack 36] numbers of entries are whole, safe and not negative', () => {
    const range = (after: unknown): boolean =>
      commands['entry:range'].payload.safeParse({ conversation: CONVERSATION, after, limit: 1 }).success;
    for (const after of ['1', 1.5, -1, 2 ** 53, Number.NaN, Infinity, null, [1], true]) assert.equal(range(after), false, String(after));
    assert.ok(range(0) && range(Number.MAX_SAFE_INTEGER));
    const mark = (read: unknown): boolean => commands['receipt:mark'].payload.safeParse({ conversation: CONVERSATION, read }).success;
    for (const read of ['1', 0.1, -1, 2 ** 53]) assert.equal(mark(read), false, String(read));
  });

  it('[P4] pages and lists are bounded', () => {
    const people = (count: number): string[] => Array.from({ length: count }, (_, index) => `user-${index}`);
    const invite = (count: number): boolean =>
      commands['conversation:invite'].payload.safeParse({ conversation: CONVERSATION, cid: CID, users: people(count) }).success;
    assert.deepEqual(
      [invite(0), invite(1), invite(LIMITS.membersPerCommand), invite(LIMITS.membersPerCommand + 1)],
      [false, true, true, false],
    );
    const range = (limit: number): boolean => commands['entry:range'].payload.safeParse({ conversation: CONVERSATION, limit }).success;
    assert.deepEqual([range(0), range(1), range(LIMITS.rangePage), range(LIMITS.rangePage + 1)], [false, true, true, false]);
    const search = (text: string): boolean => commands['directory:search'].payload.safeParse({ text, limit: 5 }).success;
    assert.deepEqual([search('😀'.repeat(LIMITS.searchLength)), search('😀'.repeat(LIMITS.searchLength + 1))], [true, false]);
  });

  it('[X4] the longest list of the longest ids fits a frame', () => {
    const frame = (payload: object): number =>
      Buffer.byteLength(JSON.stringify(['conversation:create', { as: longest.userId, ...payload }])) + 12;
    const users = (count: number): string[] => Array.from({ length: count }, () => longest.userId);
    assert.ok(frame({ users: users(LIMITS.usersPerCommand) }) <= LIMITS.frameBytes);
    assert.ok(frame({ cid: CID, members: users(LIMITS.membersPerCommand), title: '😀'.repeat(LIMITS.titleLength) }) <= LIMITS.frameBytes);
  });
});
