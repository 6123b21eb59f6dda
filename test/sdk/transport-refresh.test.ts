import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { createParley } from '#sdk';
import type { CommandReply, OpenTransport, Parley, SessionInfo } from '#sdk';
import { FakeServer, POLICIES } from './support/fake-server.js';
import { until } from './support/until.js';

let parley: Parley;
afterEach(() => parley.dispose());

const renamed: SessionInfo = {
  user: { id: 'anna', name: 'Dr Anna Berg-Lind' },
  tenant: 'demo',
  expiresAt: 2e13,
  now: 0,
  policies: { ...POLICIES, initiate: false },
  predefined: [],
};

for (const [title, reply, expected] of [
  ['what the fresh token says of its user', { expiresAt: 2e13, session: renamed }, renamed],
  ['when it ends, of a server that says no more', { expiresAt: 2e13 }, { expiresAt: 2e13, user: { id: 'anna', name: 'Somebody' } }],
] satisfies [string, CommandReply<'session:refresh'>, Partial<SessionInfo>][])
  test(`[A4] a session knows ${title}`, async () => {
    const server = new FakeServer();
    const open: OpenTransport = (options, listener) => {
      const transport = server.open(options, listener);
      return {
        get connected() {
          return transport.connected;
        },
        close: () => transport.close(),
        send: (name, frame, acknowledge) =>
          name === 'session:refresh' ? acknowledge({ ok: true, data: reply }) : transport.send(name, frame, acknowledge),
      };
    };
    parley = createParley({ server: 'http://parley.test', token: () => 't', environment: { open } });
    const session = await parley.connect();
    server.tell('session:expiring', { expiresAt: 1e13 });
    const info = await until(session.info$, ({ expiresAt }) => expiresAt === 2e13, 2_000);
    assert.deepEqual({ ...info, ...expected }, info);
    assert.equal(session.info, info);
    assert.equal(session.directory.person('anna')?.name, info.user.name);
  });
