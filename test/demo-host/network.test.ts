import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import { after, before, describe, it } from 'node:test';
import { GOOD_NETWORK, NetworkProxy, readConditions } from '../../demo-host/network/network-proxy.js';

describe("the playground's network", () => {
  let server: net.Server;
  let proxy: NetworkProxy;
  before(async () => {
    // Says again what it hears.
    server = net.createServer((socket) => socket.on('error', () => undefined).pipe(socket)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    proxy = new NetworkProxy((server.address() as net.AddressInfo).port);
    await proxy.start();
  });
  after(async () => {
    await proxy.stop();
    server.close();
  });

  async function connect(): Promise<net.Socket> {
    const socket = net.connect(proxy.port, '127.0.0.1').on('error', () => undefined);
    await once(socket, 'connect');
    return socket;
  }

  /** Also where it is reset, which events.once takes for a failure. */
  const gone = (socket: net.Socket): Promise<unknown> => new Promise((resolve) => socket.once('close', resolve));

  async function echo(socket: net.Socket, text: string): Promise<string> {
    socket.write(text);
    let heard = '';
    while (heard.length < text.length) heard += String((await once(socket, 'data'))[0]);
    return heard;
  }

  it('takes longer by what it is told, each way, and keeps the order', async () => {
    proxy.set({ ...GOOD_NETWORK, latency: 60, jitter: 40 });
    const socket = await connect();
    const begin = performance.now();
    for (const piece of ['one ', 'two ', 'three ']) socket.write(piece);
    assert.equal(await echo(socket, 'four'), 'one two three four'.slice(0, 18));
    assert.ok(performance.now() - begin >= 115);
    socket.destroy();
    proxy.set(GOOD_NETWORK);
  });

  it('breaks what is open at once, and lets the next one pass', async () => {
    const socket = await connect();
    assert.equal(await echo(socket, 'before'), 'before');
    const closed = gone(socket);
    proxy.cut();
    await closed;
    const next = await connect();
    assert.equal(await echo(next, 'after'), 'after');
    next.destroy();
  });

  it('refuses, and loses in silence', async () => {
    const open = await connect();
    assert.equal(await echo(open, 'heard'), 'heard');
    proxy.set({ ...GOOD_NETWORK, state: 'silent' });
    open.write('unheard');
    proxy.set(GOOD_NETWORK);
    const closed = gone(open);
    proxy.set({ ...GOOD_NETWORK, state: 'refused' });
    await closed;
    const refused = net.connect(proxy.port, '127.0.0.1').on('error', () => undefined);
    await gone(refused);
    proxy.set(GOOD_NETWORK);
  });

  it('is only what it can be', () => {
    assert.deepEqual(readConditions({ ...GOOD_NETWORK, other: 1 }), GOOD_NETWORK);
    for (const wrong of [
      null,
      1,
      {},
      { ...GOOD_NETWORK, latency: -1 },
      { ...GOOD_NETWORK, jitter: Number.NaN },
      { ...GOOD_NETWORK, breaks: 61 },
    ])
      assert.equal(readConditions(wrong), null);
    assert.equal(readConditions({ ...GOOD_NETWORK, state: 'down' }), null);
  });
});
