import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import { PROTOCOL_VERSION } from '#protocol';
import type { TestServer } from './server.js';

/** The proof after every attack: somebody else sends and is answered. */
export async function stillServes(server: TestServer): Promise<void> {
  const honest = await server.connect('honest');
  await server.connect('bob');
  const own = await honest.startConversation('bob');
  assert.equal((await honest.send(own, 'still here')).duplicate, false);
  honest.close();
}

export interface RawConnection {
  socket: WebSocket;
  /** The close code. */
  closed: Promise<number>;
  received: string[];
}

/** A signed-in connection on which the test writes what it likes; one that is never signed in is given to `early`. */
export async function rawConnection(server: TestServer, user: string, early?: (raw: RawConnection) => void): Promise<RawConnection> {
  const token = await server.token(user);
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
  const closed = new Promise<number>((resolve) => socket.once('close', (code) => resolve(code)));
  const received: string[] = [];
  early?.({ socket, closed, received });
  await new Promise<void>((resolve) => {
    socket.on('message', (data: Buffer) => {
      const text = data.toString();
      received.push(text);
      if (text.startsWith('0')) socket.send(`40${JSON.stringify({ token, protocol: PROTOCOL_VERSION, device: randomUUID() })}`);
      if (text.includes('session:started')) resolve();
    });
  });
  return { socket, closed, received };
}
