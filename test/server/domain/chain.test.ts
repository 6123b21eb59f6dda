import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { canonicalJson } from '../../../server/domain/canonical-json.js';
import { GENESIS, chainHash, commitment, headerOf, misfit } from '../../../server/domain/chain.js';
import type { ChainedEntry } from '../../../server/domain/chain.js';

const entry = {
  conversation: '0b9f9e5e-2a3b-4c4d-8e5f-000000000001',
  seq: 1,
  cid: '01890a5d-ac96-774b-bcce-b302099a8057',
  author: 'ann',
  at: 1_700_000_000_000,
  body: { kind: 'message' as const, text: 'é "quoted" \u2028 \u{1F9D1}', links: [] },
};

/** What an auditor would write from the description in chain.ts alone. */
function auditorsHash(previous: Buffer, salt: Buffer, body: string, header: string): string {
  const committed = createHash('sha256').update(salt).update(body, 'utf8').digest('hex');
  return createHash('sha256').update(Buffer.of(0)).update(previous).update(header.replace('COMMITMENT', committed), 'utf8').digest('hex');
}

function chained(previous: Uint8Array, seq: number, text: string): ChainedEntry {
  const header = headerOf('north', { ...entry, seq });
  const body = canonicalJson({ ...entry.body, text });
  const salt = Buffer.alloc(16, seq);
  const committed = commitment(salt, body);
  return { header, body, salt, commitment: committed, hash: chainHash(previous, header, committed) };
}

describe('the hash chain', () => {
  test('[G17] is what its description says, so that another program can check it', () => {
    const salt = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex');
    const body = '{"kind":"message","links":[],"text":"é \\"quoted\\" \u2028 \u{1F9D1}"}';
    const header =
      '{"at":1700000000000,"author":"ann","cid":"01890a5d-ac96-774b-bcce-b302099a8057","commitment":"COMMITMENT",' +
      '"conversation":"0b9f9e5e-2a3b-4c4d-8e5f-000000000001","kind":"message","seq":1,"tenant":"north","v":1}';
    assert.equal(canonicalJson(entry.body), body);
    const hash = chainHash(GENESIS, headerOf('north', entry), commitment(salt, body));
    assert.equal(hash.toString('hex'), auditorsHash(Buffer.alloc(32), salt, body, header));
  });

  test('[G17] the header is canonical JSON whatever stands in its fields', () => {
    const text = fc.string({ unit: 'grapheme' });
    const parts = { tenant: text, conversation: text, cid: text, author: text, kind: text, seq: fc.nat(), at: fc.maxSafeNat() };
    fc.assert(
      fc.property(fc.record(parts), (header) => {
        const commitment = '07'.repeat(32);
        const whole = Buffer.concat([Buffer.alloc(33), Buffer.from(canonicalJson({ ...header, commitment, v: 1 }))]);
        const expected = createHash('sha256').update(whole).digest('hex');
        assert.equal(chainHash(GENESIS, header, Buffer.alloc(32, 7)).toString('hex'), expected);
      }),
    );
  });

  test('every part of the header, and the entry before, decide the hash', () => {
    const header = headerOf('north', entry);
    const committed = commitment(Buffer.alloc(16), 'x');
    const original = chainHash(GENESIS, header, committed).toString('hex');
    const changes = { tenant: 'south', conversation: 'c', seq: 2, cid: 'd', author: 'bob', at: 1, kind: 'left' };
    const others = Object.entries(changes).map(([key, value]) => chainHash(GENESIS, { ...header, [key]: value }, committed));
    others.push(chainHash(Buffer.alloc(32, 1), header, committed), chainHash(GENESIS, header, commitment(Buffer.alloc(16), 'y')));
    assert.equal(new Set([original, ...others.map((hash) => hash.toString('hex'))]).size, others.length + 1);
  });

  test('[G18] a commitment tells nothing without its salt: the same text is committed to differently', () => {
    assert.notDeepEqual(commitment(Buffer.alloc(16, 1), 'yes'), commitment(Buffer.alloc(16, 2), 'yes'));
  });

  test('an entry fits behind the one before it and nowhere else', () => {
    const first = chained(GENESIS, 1, 'a');
    const second = chained(first.hash, 2, 'b');
    assert.equal(misfit(GENESIS, 1, first), null);
    assert.equal(misfit(first.hash, 2, second), null);
    assert.equal(misfit(GENESIS, 2, second), 'chain');
    assert.equal(misfit(GENESIS, 1, second), 'missing');
    assert.equal(misfit(first.hash, 2, { ...second, body: first.body }), 'changed');
    assert.equal(misfit(first.hash, 2, { ...second, body: 'no json' }), 'changed');
    assert.equal(misfit(first.hash, 2, { ...second, header: { ...second.header, author: 'bob' } }), 'chain');
  });

  test('canonical JSON keeps the value and has one text for it, whatever the order of keys', () => {
    const shuffled = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(shuffled);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, member]) => [key, shuffled(member)]),
      );
    };
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)));
        assert.equal(canonicalJson(shuffled(value)), text);
        assert.equal(canonicalJson(JSON.parse(text)), text);
      }),
    );
    assert.equal(
      canonicalJson({ b: undefined, a: [undefined, { d: 1, c: '\u007f' }], '\u20ac': 1, '1': 0 }),
      '{"1":0,"a":[null,{"c":"\u007f","d":1}],"€":1}',
    );
  });
});
