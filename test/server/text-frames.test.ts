import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { textFrames } from '../../server/realtime/text-frames.js';
import { FrameReader } from '../bench/frames.js';

const texts = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.constantFrom(123, 124, 125, 126, 65_533, 65_534).map((length) => 'x'.repeat(length)),
  fc.constantFrom(61, 62, 63, 21_844).map((length) => 'é'.repeat(length)),
);

/** As Socket.IO's adapter makes it for a whole room. */
function preEncoded(text: string): readonly Uint8Array[] {
  const bytes = Buffer.from(`4${text}`);
  const header = bytes.length < 126 ? [0x81, bytes.length] : [0x81, 126, bytes.length >> 8, bytes.length & 0xff];
  return [Buffer.from(header), bytes];
}

const messages = fc.array(
  fc.record({ data: texts, shared: fc.boolean() }).map(({ data, shared }) => ({
    type: 'message',
    data,
    options: shared ? { wsPreEncodedFrame: preEncoded(data) } : {},
  })),
  { maxLength: 6 },
);

test('[C1] what is said in one turn arrives word for word and in order, in frames that the protocol allows', () => {
  fc.assert(
    fc.property(messages, fc.nat(9), (packets, pieces) => {
      const bytes = textFrames(packets);
      assert.ok(bytes);
      const read: string[] = [];
      const reader = new FrameReader();
      const cut = Math.floor((bytes.length * pieces) / 9);
      for (const piece of [bytes.subarray(0, cut), bytes.subarray(cut)])
        assert.ok(reader.read(piece, (text) => read.push(Buffer.from(text, 'latin1').toString())));
      assert.deepEqual(
        read,
        packets.map(({ data }) => `4${data}`),
      );
    }),
    { numRuns: 300 },
  );
});

test('[C1] what is no text, or too long for a short header, is left to the library', () => {
  const text = { type: 'message', data: 'x' };
  assert.equal(textFrames([text, { type: 'ping' }]), undefined);
  assert.equal(textFrames([{ type: 'message', data: Buffer.from('x') }, text]), undefined);
  assert.equal(textFrames([text, { type: 'message', data: 'x'.repeat(65_535) }]), undefined);
  assert.ok(textFrames([text, { type: 'message', data: 'x'.repeat(65_534) }]));
});
