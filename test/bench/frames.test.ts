import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, describe, it } from 'node:test';
import { WebSocket, WebSocketServer } from 'ws';
import { encodeFrame, FrameReader } from './frames.js';

const TEXTS = ['2', 'x'.repeat(125), 'x'.repeat(126), 'y'.repeat(60_000)];

describe('the frames of the load generator', () => {
  let server: WebSocketServer;
  before(async () => {
    server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await once(server, 'listening');
  });
  after(() => {
    server.close();
  });

  it('[G26] are understood by a server that checks them', async () => {
    const address = server.address();
    assert.ok(typeof address === 'object' && address !== null);
    const accepted = once(server, 'connection') as Promise<[WebSocket]>;
    const client = new WebSocket(`ws://127.0.0.1:${String(address.port)}`);
    const [connection] = await accepted;
    await once(client, 'open');
    const got: string[] = [];
    const all = new Promise<void>((resolve) => {
      connection.on('message', (data: Buffer) => {
        if (got.push(data.toString()) === TEXTS.length) resolve();
      });
    });
    // Below its own framing, a client of ws has the plain connection.
    const { _socket: plain } = client as unknown as { _socket: NodeJS.WritableStream };
    for (const text of TEXTS) plain.write(encodeFrame(text));
    await all;
    assert.deepEqual(got, TEXTS);
    client.terminate();
  });

  it('[G26] are found in a stream wherever it is cut', () => {
    // What a server sends is not masked.
    const stream = Buffer.concat(
      TEXTS.map((text) => {
        const frame = encodeFrame(text);
        const start = frame.length - text.length;
        const head = frame.subarray(0, start - 4);
        return Buffer.concat([Buffer.from([0x81, (head[1] ?? 0) & 0x7f]), head.subarray(2), frame.subarray(start)]);
      }),
    );
    for (const size of [1, 2, 3, 127, 128, 4_096, stream.length]) {
      const reader = new FrameReader();
      const got: string[] = [];
      for (let at = 0; at < stream.length; at += size) assert.ok(reader.read(stream.subarray(at, at + size), (text) => got.push(text)));
      assert.deepEqual(got, TEXTS, `cut every ${String(size)} bytes`);
    }
    assert.equal(
      new FrameReader().read(Buffer.from([0x88, 0x00]), () => assert.fail('a closing frame is no text')),
      false,
    );
  });
});
