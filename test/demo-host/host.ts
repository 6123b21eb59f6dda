import type { Server } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { dicomArchive } from '../../demo-host/dicom/archive.js';
import { Exchange } from '../../demo-host/exchange/exchange.js';
import { demoApp } from '../../demo-host/host/app.js';
import { NetworkProxy } from '../../demo-host/network/network-proxy.js';
import { ParleyBackend } from '../../demo-host/parley-backend.js';
import { peopleOf } from '../../demo-host/people.js';
import { ReceivedMails } from '../../demo-host/smtp/received-mails.js';
import type { Study } from '../../demo-host/studies.js';

/** The demo host on a free port, with a data folder of its own. */
export interface TestHost {
  url: string;
  data: string;
  received: ReceivedMails;
  exchange: Exchange;
  send(method: string, path: string, body?: object): Promise<Response>;
  get(path: string): Promise<Response>;
  stop(): Promise<void>;
}

/** `parley` is the server that the back end asks; nobody listens at the one without it. `wanted` are the studies whose images are made; one is enough for most tests. */
export async function startDemoHost(secret: string, wanted: readonly Study[], parley = 'http://127.0.0.1:9'): Promise<TestHost> {
  const data = await mkdtemp(path.join(tmpdir(), 'demo-host-'));
  const archive = wanted.length === 0 ? data : await dicomArchive(data, wanted);
  const received = new ReceivedMails();
  const exchange = new Exchange(peopleOf('kontor').map(({ id }) => id));
  const backend = new ParleyBackend(parley, secret);
  const server: Server = demoApp({ secret, archive, received, exchange, backend, network: new NetworkProxy(9), parleyPort: 4100 }).listen(
    0,
    '127.0.0.1',
  );
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const url = `http://127.0.0.1:${String(address.port)}`;
  return {
    url,
    data,
    received,
    exchange,
    send: (method, where, body = {}) =>
      fetch(`${url}${where}`, { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    get: (where) => fetch(`${url}${where}`),
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      await rm(data, { recursive: true, force: true });
    },
  };
}
