import { createServer, type RequestListener } from 'node:http';
import path from 'node:path';
import { startColleagues } from './colleague/start-colleagues.js';
import { dicomArchive } from './dicom/archive.js';
import { Exchange } from './exchange/exchange.js';
import { PhoneFeed } from './exchange/phone-feed.js';
import { demoApp } from './host/app.js';
import { NetworkProxy } from './network/network-proxy.js';
import { ParleyBackend } from './parley-backend.js';
import { ParleyProcess } from './parley-process.js';
import { peopleOf } from './people.js';
import { close, listen, runUntilInterrupted, say } from './program.js';
import { demoSecret } from './secret.js';
import { readSettings } from './settings.js';
import { MailListener } from './smtp/mail-listener.js';
import { ReceivedMails } from './smtp/received-mails.js';
import { setUpTenants } from './tenant-setup.js';

async function start(): Promise<() => Promise<void>> {
  const settings = readSettings(process.env);
  const data = path.resolve(settings.data);
  const secret = await demoSecret(data);
  const origins = ['localhost', '127.0.0.1'].map((name) => `http://${name}:${String(settings.port)}`);

  // Who opens a page while all of it starts is answered when it has.
  const { promise: app, resolve: answer } = Promise.withResolvers<RequestListener>();
  const server = createServer((request, response) => void app.then((listener) => listener(request, response)));
  await listen(server, settings.port, 'PARLEY_DEMO_PORT');
  const received = new ReceivedMails();
  const mail = new MailListener(received);
  await mail.start();
  const parley = new ParleyProcess({
    port: settings.parleyPort,
    data,
    secretFile: secret.file,
    origins,
    mail: { url: mail.url, from: 'chat@brookfield.example' },
    env: process.env,
    tell: say,
  });
  const backend = new ParleyBackend(parley.url, secret.value);
  const exchange = new Exchange(peopleOf('kontor').map(({ id }) => id));
  const phones = new PhoneFeed(backend, exchange);
  const clock = setInterval(() => exchange.advance(), 1000);
  const stopExchange = () => {
    clearInterval(clock);
    phones.stop();
    return Promise.resolve();
  };
  const network = new NetworkProxy(settings.parleyPort);
  const stopping: (() => Promise<void>)[] = [
    () => network.stop(),
    () => parley.stop(),
    () => close(server),
    () => mail.stop(),
    stopExchange,
  ];
  // All at once: Ctrl-C reaches the Parley server too, whose end must not come as a surprise.
  const stop = async () => {
    await Promise.all(stopping.map((step) => step()));
  };
  try {
    const [archive] = await Promise.all([dicomArchive(data), parley.start(), network.start()]);
    const { parleyPort } = settings;
    answer(demoApp({ secret: secret.value, archive, received, exchange, backend, network, parleyPort }));
    await setUpTenants(backend);
    phones.start();
    const colleagues = await startColleagues({ parley: parley.url, secret: secret.value });
    stopping.push(() => colleagues.stop());
  } catch (cause) {
    await stop();
    throw cause;
  }
  say(`
Parley is ready.

  Two people side by side   http://localhost:${String(settings.port)}/two
  All demo hosts            http://localhost:${String(settings.port)}/

The Parley server listens on port ${String(settings.parleyPort)}. Ctrl-C stops both.`);
  return stop;
}

runUntilInterrupted(start);
