import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, it } from 'node:test';
import fc from 'fast-check';
import { Server } from 'socket.io';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import type { Handshake, OpenTransport, Transport, TransportName } from '#sdk';
import { openSocket as compact } from '../../../sdk/bundle/compact-socket.js';
import { CLOSED } from '../../../sdk/transport/reasons.js';
import { openSocket as library } from '../../../sdk/transport/socket-transport.js';

type Told = [kind: 'event' | 'refused' | 'closed', ...what: unknown[]];
const handshake: Handshake = { token: 'a token', protocol: 1, device: '0b0e7c52-0f6f-4e0e-9f0e-3c5d0a6a7d11' };
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A transport and everything that it tells, up to its end. */
class Recorded {
  readonly told: Told[] = [];
  opened = 0;
  readonly transport: Transport;
  readonly end: Promise<Told[]>;
  #waiting: { kind: string; name: unknown; wake: () => void }[] = [];

  constructor(open: OpenTransport, server: string, transport: TransportName) {
    const { promise, resolve } = Promise.withResolvers<Told[]>();
    this.end = promise;
    const tell = (...told: Told) => {
      this.told.push(told);
      for (const { kind, name, wake } of this.#waiting) if (kind === told[0] && (name === undefined || name === told[1])) wake();
    };
    this.transport = open(
      { server, handshake, transport },
      {
        opened: () => this.opened++,
        event: (name, payload) => tell('event', name, payload),
        // 0 is a request without an answer.
        refused: (data, status) => (tell('refused', data, status || undefined), resolve(this.told)),
        closed: (cause) => (tell('closed', CLOSED[cause] ?? 'transport-lost'), resolve(this.told)),
      },
    );
    closers.push(() => this.transport.close());
  }

  async heard(name: string): Promise<void> {
    if (this.told.some(([, told]) => told === name)) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.push({ kind: 'event', name, wake: resolve });
    await promise;
  }

  ask(name: string, frame: object): Promise<unknown> {
    return new Promise((resolve) => this.transport.send(name as 'session:end', frame, resolve));
  }
}

async function realServer(options: { maxHttpBufferSize?: number } = {}): Promise<{ url: string; io: Server }> {
  const http = createServer();
  const io = new Server(http, options);
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  closers.push(() => io.close());
  return { url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`, io };
}

/** Speaks as it is told to. */
async function scriptedServer(script: (socket: WebSocket, packet: string) => void, heartbeat = 20_000): Promise<string> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  server.on('connection', (socket) => {
    socket.on('message', (packet: Buffer) => script(socket, packet.toString()));
    socket.send(`0{"sid":"x","upgrades":[],"pingInterval":${heartbeat},"pingTimeout":${heartbeat},"maxPayload":1000}`);
  });
  closers.push(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The same in both kinds of transport; gives what they told. */
async function both(server: string, transport: TransportName): Promise<Told[]> {
  const theirs = new Recorded(library, server, transport);
  await theirs.end;
  const ours = new Recorded(compact, server, transport);
  assert.deepEqual(await ours.end, theirs.told);
  assert.equal(ours.opened, theirs.opened);
  return ours.told;
}

for (const transport of ['websocket', 'polling'] as const)
  describe(`the bundle's socket over ${transport}`, () => {
    it('hands over the handshake, is told events in order, and gets each answer', async () => {
      const { url, io } = await realServer();
      io.on('connection', (socket) => {
        socket.emit('started', socket.handshake.auth, socket.conn.transport.name);
        socket.on('echo', (frame: unknown, answer: (value: unknown) => void) => answer(frame));
        for (let seq = 1; seq <= 50; seq++) socket.emit('entry', { seq });
      });
      const ours = new Recorded(compact, url, transport);
      await ours.heard('started');
      assert.equal(ours.transport.connected, true);
      const frames = fc.sample(fc.dictionary(fc.string(), fc.jsonValue()), 60).concat({ text: '😀\u2028\u0000"\\' }, { text: '\uD800' });
      const answers = await Promise.all(frames.map((frame) => ours.ask('echo', frame)));
      assert.deepEqual(answers, JSON.parse(JSON.stringify(frames)));
      assert.deepEqual(ours.told[0], ['event', 'started', handshake]);
      assert.deepEqual(
        ours.told.slice(1).map(([, , payload]) => payload),
        Array.from({ length: 50 }, (_, index) => ({ seq: index + 1 })),
      );
    });

    it('says what was last said before it closes, and hears nothing more', async () => {
      const { url, io } = await realServer();
      const { promise: gone, resolve } = Promise.withResolvers<string>();
      const heard: string[] = [];
      io.on('connection', (socket) => {
        socket.onAny((name: string) => heard.push(name));
        socket.on('disconnect', resolve);
        socket.emit('started');
      });
      const ours = new Recorded(compact, url, transport);
      await ours.heard('started');
      ours.transport.send('session:end', {}, () => assert.fail('answered after the end'));
      ours.transport.close();
      ours.transport.close();
      assert.equal(ours.transport.connected, false);
      assert.equal(await gone, 'client namespace disconnect');
      assert.deepEqual(heard, ['session:end']);
      assert.equal(ours.told.length, 1);
    });

    it('is refused with what the server says', async () => {
      const { url, io } = await realServer();
      io.use((_socket, next) => next(Object.assign(new Error('no'), { data: { code: 'TOKEN_EXPIRED' } })));
      assert.deepEqual(await both(url, transport), [['refused', { code: 'TOKEN_EXPIRED' }, undefined]]);
    });

    it('hears the reason that comes just before the server closes', async () => {
      const { url, io } = await realServer();
      io.on('connection', (socket) => {
        socket.emit('session:ended', { reason: 'revoked' });
        socket.disconnect(true);
      });
      assert.deepEqual(await both(url, transport), [
        ['event', 'session:ended', { reason: 'revoked' }],
        ['closed', 'server-closing'],
      ]);
    });

    it('tells once that nobody is there', async () => {
      const { url, io } = await realServer();
      await io.close();
      assert.deepEqual(await both(url, transport), [['refused', undefined, undefined]]);
    });

    it('refuses an address that is none, instead of throwing', async () => {
      assert.deepEqual(await new Recorded(compact, 'http://[', transport).end, [['refused', undefined, undefined]]);
    });
  });

describe("the bundle's socket", () => {
  it('tells with which status HTTP refused', async () => {
    const http = createServer((_request, response) => response.writeHead(403).end());
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    closers.push(() => http.close());
    const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
    assert.deepEqual(await both(url, 'polling'), [['refused', undefined, 403]]);
  });

  it('polling writes no more in one request than the server reads', async () => {
    const { url, io } = await realServer({ maxHttpBufferSize: 1_000 });
    io.on('connection', (socket) => {
      socket.emit('started');
      socket.on('echo', (frame: unknown, answer: (value: unknown) => void) => answer(frame));
    });
    const ours = new Recorded(compact, url, 'polling');
    await ours.heard('started');
    const frames = Array.from({ length: 20 }, (_, index) => ({ index, text: 'ä'.repeat(200) }));
    assert.deepEqual(await Promise.all(frames.map((frame) => ours.ask('echo', frame))), frames);
  });

  it('notices that the server has fallen silent', async () => {
    const url = await scriptedServer((socket) => socket.send('40{"sid":"x"}'), 100);
    assert.deepEqual(await both(url, 'websocket'), [['closed', 'heartbeat']]);
  });

  it('answers each ping', async () => {
    const url = await scriptedServer((socket, packet) => {
      if (packet.startsWith('40')) socket.send('40{"sid":"x"}');
      if (packet.startsWith('40')) socket.send('2');
      if (packet === '3') socket.send('42["pong"]');
    });
    const ours = new Recorded(compact, url, 'websocket');
    await ours.heard('pong');
    assert.equal(ours.told.length, 1);
  });

  // Left out: what lets socket.io-client throw where nobody can catch it.
  const frames = [
    ...['2', '3', '5', '6', '4', '4x', '41', '41[]', '42[', '42{"a":1}', '42[null]', '42[{}]', '42["a"]'],
    ...['42["a","b","c"]', '42["__proto__",{"__proto__":1}]', '427["a",1]', '42/admin,["a"]', '41/admin,', '43["x"]', '437["x"]', '43{}'],
    ...['44"no"', '44{"message":"no","data":{"code":"X"}}', '44null', '40', '40{}', '40[]', '48["a"]', `42["a"${' '.repeat(9_999)}]`],
  ];
  for (const [state, answer] of [
    ['connected', '40{"sid":"x"}'],
    ['opened', ''],
  ] as const)
    it(`takes what a faulty server sends as socket.io-client does, once ${state}`, async () => {
      for (const frame of frames.filter((each) => answer || /^(4[014]|[2356]$)/.test(each))) {
        const url = await scriptedServer((socket, packet) => {
          if (!packet.startsWith('40')) return;
          for (const text of answer ? [answer, frame, '42["after"]'] : [frame]) socket.send(text);
          socket.close();
        });
        const theirs = await new Recorded(library, url, 'websocket').end;
        assert.deepEqual(await new Recorded(compact, url, 'websocket').end, theirs, frame);
      }
    });

  it('gives up a connection that sends binary or what no packet is', async () => {
    for (const frame of [
      '9',
      'x',
      '',
      '42',
      '43',
      '44',
      Buffer.from('42["a"]'),
      'bNDJbImEiXQ==',
      '451-["a",{"_placeholder":true,"num":0}]',
      '461-1[]',
    ]) {
      const url = await scriptedServer((socket) => {
        socket.send('40{"sid":"x"}');
        socket.send(frame);
      });
      assert.deepEqual(await new Recorded(compact, url, 'websocket').end, [['closed', 'transport-lost']]);
    }
  });
});
