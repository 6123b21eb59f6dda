import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { v4, v7 } from 'uuid';
import { LIMITS, commands } from '#protocol';
import { plainMessage } from '../../server/commands/plain-message.js';

const schema = commands['message:send'].payload;

/** Now and then a value that a client should not send, or one of these. */
const mostly = (right: fc.Arbitrary<unknown>, ...seldom: unknown[]) =>
  fc.oneof({ weight: 12, arbitrary: right }, { weight: 2, arbitrary: fc.oneof(fc.constantFrom(null, ...seldom), fc.jsonValue()) });

const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.string({
    unit: fc.constantFrom(' ', '\n', '\u0000', '\ud800', '\u200b', '\u1160', '\u3164', '\u17b4', '1', '!', 'ä', '語'),
    maxLength: 4,
  }),
  fc.nat(3).map((more) => 'x'.repeat(LIMITS.messageLength - 1 + more)),
  fc.nat(1).map((more) => '\u0001'.repeat(LIMITS.messageLength - 1 + more) + 'x'),
);

const payload = fc.record(
  {
    as: fc.constant('ann'),
    conversation: mostly(fc.constant(v4()), v7(), v4().toUpperCase()),
    cid: mostly(fc.constant(v7()), v7().toUpperCase(), v4()),
    text: mostly(texts),
    links: mostly(fc.constant([]), [{ kind: 'study', id: '1' }], [{}]),
    sentAt: mostly(fc.constant(Date.now()), 0, -0, -1, 0.5, 2 ** 53),
    unknown: fc.jsonValue(),
  },
  { requiredKeys: ['as', 'conversation', 'cid', 'text', 'links'] },
);

test('[attack 32] [attack 33] [attack 34] [attack 35] a message of mere words is taken without the schema as the schema takes it, and nothing that it refuses', () => {
  let taken = 0;
  fc.assert(
    fc.property(mostly(payload), (given) => {
      const plain = plainMessage(given);
      if (plain === undefined) return;
      taken += 1;
      const parsed = schema.safeParse(given);
      assert.ok(parsed.success, 'refused by the schema');
      assert.deepEqual(plain, parsed.data);
    }),
    { numRuns: 5_000 },
  );
  assert.ok(taken > 200, `${taken} were taken`);
});

test('[C1] what people write is taken without the schema, in any script and as long as it may be', () => {
  for (const text of [
    'Ja',
    'مرحبا',
    '左肺',
    `line\nline`,
    'x'.repeat(LIMITS.messageLength),
    '\u0007'.repeat(LIMITS.messageLength - 1) + 'é',
  ]) {
    const message = { conversation: v4(), cid: v7(), text, links: [], sentAt: Date.now() };
    assert.deepEqual(plainMessage({ as: 'ann', ...message }), message);
  }
});
