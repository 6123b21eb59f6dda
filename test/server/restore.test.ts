import assert from 'node:assert/strict';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createParley } from '#sdk';
import type { ConnectionState, Parley, TimelineItem } from '#sdk';
import { until } from '../sdk/support/until.js';
import { startServer } from '../support/server.js';

test('[SPEC S4] after a backup was put back clients drop what is gone, take what is written since, and send what they had not sent', async (t) => {
  const root = await mkdtemp(join(tmpdir(), 'parley-restore-'));
  const [data, backup] = [join(root, 'data'), join(root, 'backup')];
  let server = await startServer({ data });
  const { port } = server;
  const clients: Parley[] = [];
  t.after(async () => {
    for (const client of clients) client.dispose();
    await server.close();
    await rm(root, { recursive: true });
  });
  const signIn = async (user: string) => {
    const client = createParley({
      server: server.url,
      token: () => server.token(user),
      transports: ['websocket'],
      environment: { random: () => 0.05 },
    });
    clients.push(client);
    return { client, session: await client.connect() };
  };
  const [anna, ben] = [await signIn('anna'), await signIn('ben')];
  const { id } = await anna.session.startChat({ to: ['ben'], text: 'kept' });
  const texts = (items: readonly TimelineItem[]) =>
    items.flatMap((item) => (item.type === 'entry' && item.entry.body.kind === 'message' ? [item.entry.body.text] : []));
  const timeline = anna.session.timeline(id);
  const shows = (...wanted: string[]) => until(timeline.items$, (items) => texts(items).join() === wanted.join());
  const both = (state: ConnectionState) =>
    Promise.all([anna, ben].map(({ client }) => until(client.connection$, (connection) => connection.state === state)));
  await shows('kept');

  const stopped = async () => {
    await server.close();
    await both('waiting');
  };
  const started = async () => {
    server = await startServer({ data, port });
    await both('ready');
  };
  await stopped();
  await cp(data, backup, { recursive: true });
  await started();
  ben.session.send(id, { text: 'lost' });
  ben.session.send(id, { text: 'lost too' });
  await shows('kept', 'lost', 'lost too');

  await stopped();
  await rm(data, { recursive: true });
  await cp(backup, data, { recursive: true });
  anna.session.send(id, { text: 'from the outbox' });
  await started();
  await shows('kept', 'from the outbox');
  ben.session.send(id, { text: 'written since' });
  await shows('kept', 'from the outbox', 'written since');
  const fresh = await signIn('anna');
  const { entries } = await fresh.session.command('entry:range', { conversation: id, limit: 20 });
  assert.deepEqual(
    entries.flatMap(({ body }) => (body.kind === 'message' ? [body.text] : [])),
    ['kept', 'from the outbox', 'written since'],
  );
});
