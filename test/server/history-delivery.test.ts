import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { MailServer } from '../support/mail-server.js';
import { startServer } from '../support/server.js';
import { FROM, QUICK, prepare, refusedWith, send, start } from './history-stage.js';

test('[B20] mails that waited leave after a restart, each under the id that it had', async (t) => {
  const data = await mkdtemp(join(tmpdir(), 'parley-mail-'));
  t.after(() => rm(data, { recursive: true, force: true }));
  const mail = await new MailServer().open();
  t.after(() => mail.close());
  mail.manners = 'later';
  const options = { data, smtpUrl: mail.url, mailFrom: FROM, timings: QUICK };
  const first = await startServer(options);
  await prepare(first);
  const ann = await first.connect('ann', { claims: { name: 'Dr Ann' } });
  const conversation = await start(ann);
  await send(ann, conversation, [{ user: 'bob' }, { mailbox: 'office' }]);
  await mail.until(() => mail.attempts >= 2, 'the first attempts');
  await first.close();
  mail.manners = 'take';
  const second = await startServer(options);
  t.after(() => second.close());
  await mail.until(() => mail.mails.length === 2, 'both mails');
  assert.equal(new Set(mail.mails.map(({ headers }) => headers.get('message-id'))).size, 2);
  assert.equal(new Set(mail.mails.map(({ headers }) => headers.get('references'))).size, 1, 'one thread');
});

test('[B20] a mail that never leaves is given up, and the chat is told that it could not be reached', async (t) => {
  const mail = await new MailServer().open();
  const { url } = mail;
  await mail.close();
  const server = await startServer({ smtpUrl: url, mailFrom: FROM, timings: { ...QUICK, mailGiveUp: 150 } });
  t.after(() => server.close());
  await prepare(server);
  const ann = await server.connect('ann', { claims: { name: 'Dr Ann' } });
  const conversation = await start(ann);
  await send(ann, conversation, [{ email: 'x@y.example' }]);
  const { entry } = await ann.event('entry:added', ({ entry }) => entry.body.kind === 'history-failed');
  assert.deepEqual(entry.body, { kind: 'history-failed', to: 'x@y.example', reason: 'unreachable' });
});

test('[B18] without a mail server the client is told that there is none, and may still save', async (t) => {
  const server = await startServer();
  t.after(() => server.close());
  await prepare(server);
  const ann = await server.connect('ann', { claims: { name: 'Dr Ann' } });
  assert.equal((await ann.event('session:started')).session.policies.export.mail, false);
  const conversation = await start(ann);
  await assert.rejects(send(ann, conversation, [{ user: 'bob' }]), refusedWith('UNAVAILABLE'));
  assert.match((await ann.command('history:text', { conversation })).text, /Dr Ann started the chat with Bob/);
});

test('[attack 75] the log of mails names nobody and holds no text', async (t) => {
  const mail = await new MailServer().open();
  t.after(() => mail.close());
  const lines: string[] = [];
  const note = (...facts: unknown[]): void =>
    void lines.push(
      JSON.stringify(facts, (_, value: unknown) => (value instanceof Error ? `${value.message} ${value.stack ?? ''}` : value)),
    );
  const logger = { fatal: note, error: note, warn: note, info: note, debug: note };
  const server = await startServer({ smtpUrl: mail.url, mailFrom: FROM, timings: QUICK, parts: { logger } });
  t.after(() => server.close());
  await prepare(server);
  const ann = await server.connect('ann', { claims: { name: 'Dr Canary' } });
  const conversation = await start(ann);
  await ann.send(conversation, 'text-canary');
  await send(ann, conversation, [{ email: 'address-canary@x.example' }]);
  await mail.until(() => mail.mails.length === 1, 'the mail');
  mail.manners = 'refuse';
  await send(ann, conversation, [{ email: 'address-canary@x.example' }]);
  await ann.event('entry:added', ({ entry }) => entry.body.kind === 'history-failed');
  mail.manners = 'later';
  await send(ann, conversation, [{ email: 'address-canary@x.example' }]);
  await mail.until(() => mail.attempts >= 4, 'another attempt');
  const log = lines.join('\n');
  assert.match(log, /mail sent/);
  assert.match(log, /mail failed/);
  assert.match(log, /EENVELOPE 451/);
  assert.doesNotMatch(log, /canary/i);
});
