import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { GatheringSocket } from '../../../server/storage/postgres/gathering-socket.js';

/** Counts what is handed to the system. */
class CountingSocket extends GatheringSocket {
  handed = 0;

  override _write(chunk: never, encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.handed += 1;
    super._write(chunk, encoding, done);
  }
}

test('[G26] what is written in one turn leaves in one piece and in its order, and nothing is lost at the end', async (t) => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const arrived = once(server, 'connection').then(async ([peer]: NodeJS.ReadableStream[]) => {
    let text = '';
    for await (const part of peer ?? []) text += String(part);
    return text;
  });
  const socket = new CountingSocket();
  t.after(() => {
    socket.destroy();
    server.close();
  });
  socket.connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write(Buffer.from('hello '));
  await once(socket, 'connect');
  const before = socket.handed;
  for (const part of ['one ', 'two ', 'three ']) socket.write(Buffer.from(part));
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(socket.handed - before, 1);
  socket.write(Buffer.from('four '));
  socket.write(Buffer.from('five'));
  socket.end();
  assert.equal(await arrived, 'hello one two three four five');
});
