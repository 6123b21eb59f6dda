import { once } from 'node:events';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import path from 'node:path';
import { startColleagues } from './colleague/start-colleagues.js';
import { dicomArchive } from './dicom/archive.js';
import { Exchange } from './exchange/exchange.js';
import { PhoneFeed } from './exchange/phone-feed.js';
import { demoApp } from './host/app.js';
import { ParleyBackend } from './parley-backend.js';
import { ParleyProcess } from './parley-process.js';
import { peopleOf } from './people.js';
import { demoSecret } from './secret.js';
import { portTaken, readSettings, StartProblem } from './settings.js';
import { MailListener } from './smtp/mail-listener.js';
import { ReceivedMails } from './smtp/received-mails.js';
import { setUpTenants } from './tenant-setup.js';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function start(): Promise<() => Promise<void>> {
  const settings = readSettings(process.env);
  const data = path.resolve(settings.data);
  const secret = await demoSecret(data);
  const origins = ['localhost', '127.0.0.1'].map((name) => `http://${name}:${String(settings.port)}`);

  const server = createServer();
  await listen(server, settings.port);
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
  const stopping: (() => Promise<void>)[] = [() => parley.stop(), () => close(server), () => mail.stop(), stopExchange];
  // All at once: Ctrl-C reaches the Parley server too, whose end must not come as a surprise.
  const stop = async () => {
    await Promise.all(stopping.map((step) => step()));
  };
  try {
    const [archive] = await Promise.all([dicomArchive(data), parley.start()]);
    server.on('request', demoApp({ secret: secret.value, archive, received, exchange, backend, parleyPort: settings.parleyPort }));
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

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE') throw portTaken('PARLEY_DEMO_PORT', port);
    throw cause;
  }
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

/** A signal during the start waits for the start, so that nothing it has begun is left behind. */
const started = start();
let asked: number | null = null;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (asked !== null) {
      // One Ctrl-C comes twice: from the terminal, and handed on by npm. A person who presses again is slower.
      if (performance.now() - asked > 500) process.exit(1);
      return;
    }
    asked = performance.now();
    started
      .then((stop) => stop())
      .then(
        () => process.exit(0),
        () => process.exit(1),
      );
  });
}
started.catch((cause: unknown) => {
  process.stderr.write(
    cause instanceof StartProblem
      ? `${cause.message}\n`
      : `The demo could not be started: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}\n`,
  );
  process.exit(1);
});
