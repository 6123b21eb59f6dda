import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { v7 } from 'uuid';
import type { Entry } from '#protocol';
import { BackEnd } from '../support/back-end.js';
import { eventually } from '../support/eventually.js';
import { MailServer } from '../support/mail-server.js';
import { TENANT, startServer } from '../support/server.js';
import type { TestServer } from '../support/server.js';

const mail = new MailServer();
let server: TestServer;
before(async () => {
  await mail.open();
  server = await startServer({ smtpUrl: mail.url, mailFrom: 'chat@parley.example', timings: { mailRetry: 20, mailRetryLongest: 50 } });
});
after(async () => {
  await server.close();
  await mail.close();
});
beforeEach(() => {
  mail.mails.length = 0;
  mail.attempts = 0;
});

const decide = (policies: object) => new BackEnd(server).decide(policies);
const allow = (allowed: boolean, ...domains: string[]) => decide({ export: { allowed, domains } });

/** Asked of the store: while a tenant is switched off nobody is told. */
async function findFailure(conversation: string): Promise<Entry | undefined> {
  const range = await server.server.storage.range(TENANT, 'bob', conversation, { after: 0, limit: 50 });
  return range?.entries.find(({ body }) => body.kind === 'history-failed');
}

const obstacles: [what: string, raise: () => Promise<unknown>, lift: () => Promise<unknown>][] = [
  ['histories may not leave any more', () => allow(false), () => allow(true)],
  ['none may leave for there any more', () => allow(true, 'elsewhere.example'), () => allow(true)],
  ['the tenant was switched off', () => decide({ enabled: false }), () => decide({ enabled: true })],
  [
    'its sender was deactivated',
    () => server.server.storage.deactivatePerson(TENANT, 'ann'),
    () => server.server.storage.putPeople(TENANT, [{ id: 'ann', name: 'Dr Ann' }]),
  ],
];

for (const [what, raise, lift] of obstacles) {
  test(`[B20] [E1] [attack 50] a mail that waits does not leave after all: ${what}`, async (t) => {
    const [ann, bob] = await Promise.all(['ann', 'bob'].map((user) => server.connect(user)));
    assert.ok(ann && bob);
    t.after(lift);
    const { conversation } = await ann.command('conversation:create', { cid: v7(), kind: 'group', members: ['bob'] });
    const { id } = conversation;
    mail.manners = 'later';
    await ann.command('history:send', { conversation: id, cid: v7(), to: [{ email: 'x@y.example' }] });
    await mail.until(() => mail.attempts > 0, 'the first attempt');
    await raise();
    const { body, author } = await eventually(() => findFailure(id), 'the failure');
    assert.deepEqual(body, { kind: 'history-failed', to: 'x@y.example', reason: 'refused' });
    assert.equal(author, 'ann');
    await lift();
    mail.manners = 'take';
    // What is asked for after it has come: so what did not come before it will not.
    await bob.command('history:send', { conversation: id, cid: v7(), to: [{ email: 'last@y.example' }] });
    await mail.until(() => mail.mails.length > 0, 'the other mail');
    assert.deepEqual(
      mail.mails.map(({ to }) => to[0]),
      ['last@y.example'],
    );
  });
}
