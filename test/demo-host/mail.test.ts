import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import nodemailer from 'nodemailer';
import { mails } from '../../demo-host/mails.js';
import { MailListener } from '../../demo-host/smtp/mail-listener.js';
import type { TestHost } from './host.js';
import { startDemoHost } from './host.js';

interface Listed {
  id: string;
  subject: string;
  text: string;
  to: string[];
}

let host: TestHost;
let listener: MailListener;

before(async () => {
  host = await startDemoHost('a secret of a test that is long enough', []);
  listener = new MailListener(host.received);
  await listener.start();
});
after(async () => {
  await listener.stop();
  await host.stop();
});

const list = async (path: string): Promise<Listed[]> => (await (await host.get(path)).json()) as Listed[];

function send(to: string, subject: string, text: string): Promise<unknown> {
  const transport = nodemailer.createTransport(listener.url);
  return transport.sendMail({ from: 'Parley <parley@brookfield.example>', to, subject, text }).finally(() => transport.close());
}

test('a mail to a shared mailbox is seen by those who read it, by nobody else, and on the page of received mails', async () => {
  await send('permits@brookfield.example', 'Chat of Clara and Idris – Prüfung', 'Grüße aus dem Gespräch');
  const [seen] = await list('/api/mails?as=idris');
  assert.equal(seen?.subject, 'Chat of Clara and Idris – Prüfung');
  assert.equal(seen.text.trim(), 'Grüße aus dem Gespräch');
  assert.ok(!(await list('/api/mails?as=paul')).some(({ id }) => id === seen.id));
  assert.equal((await host.get(`/api/mails/${encodeURIComponent(seen.id)}?as=viktor`)).status, 200);
  assert.equal((await host.get(`/api/mails/${encodeURIComponent(seen.id)}?as=paul`)).status, 403);
  const [received] = await list('/api/received?as=paul');
  assert.deepEqual(received?.to, ['permits@brookfield.example']);
  assert.deepEqual(await list('/api/received?as=anna'), [], 'another tenant sees nothing');
});

test('one address is refused, so that a bounce can be seen, and the others still get theirs', async () => {
  const before = host.received.list().length;
  await assert.rejects(send('bounce@brookfield.example', 'lost', 'lost'), /550/);
  await send('bounce@brookfield.example, clara@brookfield.example', 'half', 'half');
  assert.deepEqual(host.received.list()[0]?.to, ['clara@brookfield.example']);
  assert.equal(host.received.list().length, before + 1);
});

test('[S21] a mail is for whom it was sent to, for the readers of the mailbox, and for its sender', async () => {
  const plans = mails[0];
  assert.ok(plans);
  const statusFor = async (as: string) => (await host.get(`/api/mails/${encodeURIComponent(plans.id)}?as=${as}`)).status;
  assert.equal(await statusFor('clara'), 200);
  assert.equal(await statusFor('viktor'), 200, 'reads the mailbox');
  assert.equal(await statusFor('paul'), 403);
  assert.equal(await statusFor('anna'), 403, 'another tenant');
  assert.equal((await host.get('/api/mails/mid:none@brookfield.example?as=clara')).status, 404);
  assert.ok(mails.every(({ id }) => /^mid:\S+$/.test(id)));
});
