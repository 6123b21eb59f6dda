import { commands, LIMITS, messageContent } from '#protocol';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { link, longest, message } from './samples.js';

const send = commands['message:send'].payload;
const accepts = (over: object): boolean => send.safeParse({ ...message(), ...over }).success;

describe('message:send', () => {
  it('[attack 34] 8,000 code points are a message, 8,001 are not, whatever their width', () => {
    for (const character of ['x', 'ü', '漢', '😀']) {
      assert.equal(accepts({ text: character.repeat(LIMITS.messageLength) }), true, character);
      assert.equal(accepts({ text: character.repeat(LIMITS.messageLength + 1) }), false, character);
    }
  });

  it('[attack 34] [X8] there is something to see, or a link', () => {
    for (const nothing of ['', ' ', '\n\t', '\u200B', '\u200E\u200F', '\u2060\uFEFF', '\u3164', '\u00AD', '\u0001']) {
      assert.equal(accepts({ text: nothing }), false, JSON.stringify(nothing));
    }
    assert.equal(accepts({ text: '', links: [link()] }), true);
    assert.equal(accepts({ text: '\u200B', links: [link()] }), false);
    assert.equal(accepts({ text: '?' }), true);
  });

  it('[attack 33] [P5] a lone surrogate and NUL are refused, everything else comes out as it went in', () => {
    for (const broken of ['\uD800', 'a\uDC00b', 'a\u0000', '\uDC00\uD800'])
      assert.equal(accepts({ text: broken }), false, JSON.stringify(broken));
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }), (text) => {
        const parsed = send.safeParse(message({ text }));
        if (parsed.success) assert.equal(parsed.data.text, text);
      }),
    );
  });

  it('[attack 57] a message may hold direction controls: showing them harmlessly is the affair of whoever shows it', () => {
    assert.equal(accepts({ text: 'a\u202Eb\u2066c' }), true);
  });

  it('[attack 35] [C4] the id is a UUIDv7, kept in lower case', () => {
    const upper = '018F4E9C-5A1B-7C3D-8E4F-0123456789AB';
    assert.equal(send.parse(message({ cid: upper })).cid, upper.toLowerCase());
    for (const cid of [
      '',
      'x',
      '018f4e9c-5a1b-4c3d-8e4f-0123456789ab',
      '018f4e9c5a1b7c3d8e4f0123456789ab',
      `${upper}\n`,
      ` ${upper}`,
      7,
      null,
    ]) {
      assert.equal(accepts({ cid }), false, String(cid));
    }
    fc.assert(
      fc.property(fc.uuid({ version: 7 }), fc.func(fc.boolean()), (cid, raise) => {
        const mixed = [...cid].map((character, index) => (raise(index) ? character.toUpperCase() : character)).join('');
        assert.equal(send.parse(message({ cid: mixed })).cid, cid);
      }),
    );
    fc.assert(fc.property(fc.uuid({ version: [1, 2, 3, 4, 5, 6, 8] }), (cid) => !accepts({ cid })));
  });

  it('[attack 32] [P3] what the server alone decides is dropped', () => {
    const parsed = send.parse({
      ...message(),
      from: 'eve',
      author: 'eve',
      seq: 7,
      tenant: 'other',
      serverTs: 1,
      at: 1,
      kind: 'left',
      body: {},
    });
    assert.deepEqual(parsed, message());
  });

  it('[X4] no message that is accepted outgrows a frame', () => {
    const text = (character: string): string => `a${character.repeat(LIMITS.messageLength - 1)}`;
    const envelope = { as: longest.userId, sentAt: Number.MAX_SAFE_INTEGER };
    for (const character of ['\u0001', '漢', '😀', '"', '\\']) {
      for (let count = 0; count <= LIMITS.linksPerMessage; count += 1) {
        const candidate = { ...envelope, ...message({ text: text(character), links: Array.from({ length: count }, () => longest.link) }) };
        const frame = Buffer.byteLength(`42${'9'.repeat(10)}${JSON.stringify(['message:send', candidate])}`);
        assert.ok(
          !send.safeParse(candidate).success || frame <= LIMITS.frameBytes,
          `${JSON.stringify(character)} with ${count} links: ${frame} bytes`,
        );
      }
    }
    assert.equal(messageContent.safeParse({ text: text('\u0001'), links: [] }).success, true, 'the longest text alone is accepted');
    assert.equal(
      accepts({ text: text('x'), links: Array.from({ length: LIMITS.linksPerMessage }, () => link()) }),
      true,
      'with ten usual links too',
    );
  });
});
