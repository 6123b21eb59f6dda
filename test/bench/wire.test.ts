import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { Job } from './job.js';
import { closedLoop } from './traffic/closed-loop.js';
import { Member } from './traffic/member.js';
import { openLoop } from './traffic/open-loop.js';
import { WireClient } from './wire.js';

const LIMIT = { timeout: 10_000 };

describe('a connection of the load', () => {
  /** Accepts everybody, and answers nothing. */
  const server = createServer();
  let url = '';
  let latest: Socket;
  before(async () => {
    server.on('connection', (socket) => {
      latest = socket;
      socket.on('error', () => undefined);
      socket.once('data', () => {
        socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\n');
        // As a server sends: not masked, which the mask of zeros is but for its bit and its bytes.
        const text = '42["session:started",{}]';
        socket.write(Buffer.concat([Buffer.from([0x81, text.length]), Buffer.from(text)]));
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });
  after(() => server.close());

  it('[G26] that closes tells who waits for an answer, and who asks later', LIMIT, async () => {
    const client = await WireClient.connect(url, 'user-1', {});
    const closed = /the connection of user-1 closed before entry:range was answered/;
    const [asked, timed] = [client.ask('entry:range', {}), client.time('entry:range', {})];
    latest.destroy();
    await assert.rejects(asked, closed);
    await assert.rejects(timed, closed);
    assert.equal(client.open, false);
    await assert.rejects(client.ask('entry:range', {}), closed);
  });

  it('[G26] that closes ends a load instead of holding it up', LIMIT, async () => {
    const place = { conversation: '0b0e7a52-5d3c-4a52-9a53-0c9f3f6f0d11', head: 1 };
    const member = async (): Promise<Member[]> => [new Member(await WireClient.connect(url, 'user-1', {}), place)];
    const closed = /closed before message:send was answered/;
    const senders = await member();
    const job = { seconds: 60, warmUpSeconds: 60, pid: process.pid } as Job;
    const closedly = closedLoop(job, { senders, everybody: senders, flows: 3 });
    latest.destroy();
    await assert.rejects(closedly, closed);
    const others = await member();
    const openly = openLoop(others, { rate: 100, over: () => false });
    latest.destroy();
    await assert.rejects(openly, closed);
  });

  it('[G26] that is refused says so', LIMIT, async () => {
    const connecting = WireClient.connect(url, 'user-2', {});
    await once(server, 'connection');
    latest.destroy();
    await assert.rejects(connecting, /the connection of user-2 closed before it was ready/);
  });
});
