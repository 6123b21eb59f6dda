import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { createParley, ParleyError } from '#sdk';
import type { ContextLink, HostContext, Parley } from '#sdk';
import { FakeServer } from './support/fake-server.js';

let parley: Parley;
afterEach(() => parley.dispose());

const study = (id: string): ContextLink => ({ kind: 'study', id });

function start(host: HostContext): Parley {
  return (parley = createParley({ server: 'http://parley.test', token: () => 't', environment: new FakeServer().environment(), host }));
}

test('[6.4] the current item is asked for at the press, and again when the user changes', async () => {
  let open: ContextLink | null = study('1');
  const { host } = start({ study: { getCurrent: () => open } });
  const ids: (string | undefined)[] = [];
  host.current$.subscribe((item) => ids.push(item?.link.id));
  open = study('2');
  assert.equal(host.current()?.link.id, '2');
  await parley.connect();
  open = null;
  await parley.switchUser(() => 't');
  assert.deepEqual(ids, ['1', '2', undefined]);
});

test('tells that answers may be others: refresh, a kind that comes or goes, another user', async () => {
  const { host } = start({});
  const told: number[] = [];
  host.changes$.subscribe((change) => told.push(change));
  host.refresh();
  host.register('study', { resolve: () => ({ title: 'CT' }) })();
  await parley.connect();
  await parley.switchUser(() => 't');
  assert.equal(new Set(told).size, 5);
  assert.equal(told.length, 5);
});

test('keeps the answers that were used last, and asks again for the others', async () => {
  const asked: string[] = [];
  const { host } = start({ study: { resolve: ({ id }) => (asked.push(id), { title: id }) } });
  await host.resolve(study('first'));
  for (let n = 0; n < 499; n++) await host.resolve(study(String(n)));
  await host.resolve(study('first'));
  await host.resolve(study('one too many'));
  assert.equal(asked.length, 501);
  await host.resolve(study('first'));
  await host.resolve(study('498'));
  assert.equal(asked.length, 501);
  await host.resolve(study('0'));
  assert.equal(asked.length, 502);
});

test('a server that is no address is refused at once, instead of being looked for for ever', () => {
  start({});
  for (const server of ['', 'not a url', 'http://[', '/chat', 'ftp://chat.example', 'https://chat.example:99999'])
    assert.throws(
      () => createParley({ server, token: () => 't' }),
      (error) => error instanceof ParleyError && error.code === 'INVALID',
      server,
    );
});
