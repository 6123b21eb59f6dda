import assert from 'node:assert/strict';
import http from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type net from 'node:net';
import { after, before, describe, it } from 'node:test';
import { createParley } from '#sdk';
import type { OpenTransport, Parley, TransportName } from '#sdk';
import { openSocket as compact } from '../../sdk/bundle/compact-socket.js';
import { openSocket as library } from '../../sdk/transport/socket-transport.js';
import { startServer } from '../support/server.js';
import type { TestServer } from '../support/server.js';
import { until } from './support/until.js';

/** A proxy of a hospital: it passes HTTP, takes every WebSocket, and then is silent or refuses. */
class Proxy {
  readonly upgrades: net.Socket[] = [];
  swallowing = true;
  broken = false;
  readonly #sockets = new Set<net.Socket>();
  readonly #server: http.Server;

  constructor(target: number) {
    this.#server = http.createServer((request, response) => {
      if (this.broken) return void response.writeHead(502).end();
      const { url: path, method, headers } = request;
      const onward = http.request({ port: target, host: '127.0.0.1', path, method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      });
      onward.on('error', () => response.destroy());
      response.on('close', () => onward.destroy());
      request.pipe(onward);
    });
    this.#server.on('connection', (socket: net.Socket) => this.#sockets.add(socket.on('error', () => undefined)));
    this.#server.on('upgrade', (_request, socket: net.Socket) => {
      this.upgrades.push(socket);
      if (!this.swallowing) socket.end('HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\n\r\n');
    });
  }

  async open(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** What is under way ends, and nothing passes until `broken` is taken back: a client repeats a request of a connection kept alive. */
  break(): void {
    this.broken = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  close(): void {
    this.break();
    this.#server.close();
  }
}

for (const [name, socket] of [
  ['socket.io-client', library],
  ["the bundle's socket", compact],
] as const)
  describe(`${name} behind a proxy that does not pass WebSocket`, () => {
    let server: TestServer;
    let proxy: Proxy;
    let url: string;
    let parley: Parley;
    const tried: TransportName[] = [];
    const open: OpenTransport = (options, listener) => {
      tried.push(options.transport);
      return socket(options, listener);
    };
    before(async () => {
      server = await startServer();
      proxy = new Proxy(server.port);
      url = await proxy.open();
      parley = createParley({ server: url, token: () => server.token('anna'), environment: { open, random: () => 0.02 } });
    });
    after(async () => {
      parley.dispose();
      proxy.close();
      await server.close();
    });

    async function loseConnection(): Promise<void> {
      proxy.break();
      await until(parley.connection$, ({ state }) => state === 'waiting');
      proxy.broken = false;
      await until(parley.connection$, ({ state }) => state === 'ready');
    }

    it('[6.10] polls when a WebSocket hangs, and for the rest of the session begins with polling', { timeout: 30_000 }, async () => {
      const began = performance.now();
      await parley.connect();
      assert.ok(performance.now() - began < 9_000, 'within one attempt');
      assert.deepEqual(tried, ['websocket', 'polling']);
      assert.equal(proxy.upgrades.length, 1);
      assert.equal(proxy.upgrades[0]?.destroyed || proxy.upgrades[0]?.readableEnded, true, 'what hangs is closed');
      await loseConnection();
      assert.deepEqual(tried, ['websocket', 'polling', 'polling']);
    });

    it('[6.10] tries WebSocket again at a later sign-in, and polls at once where it is refused', { timeout: 30_000 }, async () => {
      proxy.swallowing = false;
      tried.length = 0;
      await parley.switchUser(() => server.token('ben'));
      assert.deepEqual(tried, ['websocket', 'polling']);
      await loseConnection();
      assert.deepEqual(tried, ['websocket', 'polling', 'websocket', 'polling']);
    });
  });
