import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { v7 } from 'uuid';
import type { ServerOptions } from '../../server/index.js';
import { MailServer } from '../support/mail-server.js';
import type { ReceivedMail } from '../support/mail-server.js';
import { TENANT, startServer } from '../support/server.js';
import type { TestServer } from '../support/server.js';
import { FROM, QUICK, allow, prepare, refusedWith, send, start } from './history-stage.js';

describe('histories by mail', () => {
  const mail = new MailServer();
  let server: TestServer;
  const connect = (user: string, name: string) => server.connect(user, { claims: { name } });
  const options = (): Partial<ServerOptions> => ({ smtpUrl: mail.url, mailFrom: FROM, timings: QUICK });
  before(async () => {
    await mail.open();
    server = await startServer(options());
    await prepare(server);
  });
  after(async () => {
    await server.close();
    await mail.close();
  });
  beforeEach(() => {
    mail.manners = 'take';
    mail.mails.length = 0;
    mail.attempts = 0;
  });
  afterEach(async () => {
    await allow(server, true, []);
  });

  async function mailed(count = 1): Promise<ReceivedMail[]> {
    await mail.until(() => mail.mails.length >= count, `${count} mails`);
    return [...mail.mails].sort((a, b) => (a.to[0] ?? '').localeCompare(b.to[0] ?? ''));
  }

  test('[B18, B20, E13] a history arrives as plain text in the zone asked for, and everybody in the chat is told', async () => {
    const [ann, bob] = await Promise.all([connect('ann', 'Dr Ann'), connect('bob', 'Bob')]);
    const conversation = await start(ann);
    await ann.send(conversation, 'Grüße\nsecond line');
    const { seq } = await send(bob, conversation, [{ email: 'x@elsewhere.example' }], { timeZone: 'Asia/Kolkata', language: 'en' });
    for (const client of [ann, bob]) {
      const { entry } = await client.event('entry:added', (told) => told.entry.seq === seq && told.entry.conversation === conversation);
      assert.deepEqual(entry.body, { kind: 'history-sent', to: ['x@elsewhere.example'] });
      assert.equal(entry.author, 'bob');
    }
    const [received] = await mailed();
    assert.ok(received);
    assert.equal(received.from, FROM);
    assert.deepEqual(received.to, ['x@elsewhere.example']);
    assert.equal(received.headers.get('from'), `Bob <${FROM}>`);
    assert.equal(received.headers.get('reply-to'), 'Bob <bob@hospital.example>');
    assert.equal(received.headers.get('auto-submitted'), 'auto-generated');
    assert.match(received.headers.get('content-type') ?? '', /^text\/plain; charset=utf-8/);
    assert.match(received.text, /^Chat history: /);
    assert.match(received.text, /\nTime zone: Asia\/(Kolkata|Calcutta)\n/);
    assert.match(received.text, /\n\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}Dr Ann: Grüße\n {21}second line\n/);
    assert.doesNotMatch(received.text, /elsewhere/, 'it ends before the entry that announces it');
  });

  test('[B19] recipients: a person, a shared mailbox, a group with an address, and a group whose members have one', async () => {
    const [ann] = await Promise.all([connect('ann', 'Dr Ann'), connect('bob', 'Bob')]);
    const conversation = await start(ann);
    const { seq } = await send(ann, conversation, [{ user: 'bob' }, { mailbox: 'office' }, { group: 'lab' }, { group: 'icu' }]);
    const told = await ann.event('entry:added', ({ entry }) => entry.seq === seq && entry.conversation === conversation);
    assert.deepEqual(told.entry.body, { kind: 'history-sent', to: ['Bob', 'Ward office', 'Laboratory', 'Intensive care'] });
    const mails = await mailed(4);
    assert.deepEqual(
      mails.map(({ to, headers }) => [to, headers.get('to')]),
      [
        [['ann@hospital.example'], 'Dr Ann <ann@hospital.example>'],
        [['bob@hospital.example'], 'Bob <bob@hospital.example>'],
        [['lab@hospital.example'], 'Laboratory <lab@hospital.example>'],
        [['ward@hospital.example'], 'Ward office <ward@hospital.example>'],
      ],
      'each once, each alone',
    );
    for (const [to, code] of [
      [[{ user: 'cyd' }], 'INVALID'],
      [[{ user: 'nobody' }], 'NOT_FOUND'],
      [[{ group: 'none' }], 'NOT_FOUND'],
      [[{ mailbox: 'none' }], 'NOT_FOUND'],
    ] as const) {
      await assert.rejects(send(ann, conversation, [...to]), refusedWith(code), JSON.stringify(to));
    }
  });

  test('[B17, B21] every member may, and gets what they may see: from when they joined, to when they left', async () => {
    const [ann, bob] = await Promise.all([connect('ann', 'Dr Ann'), connect('bob', 'Bob'), connect('odd', 'Odd')]);
    const conversation = (await ann.command('conversation:create', { cid: v7(), kind: 'group', members: ['odd'] })).conversation.id;
    await ann.send(conversation, 'before bob');
    await ann.command('conversation:invite', { conversation, cid: v7(), users: ['bob'] });
    await ann.send(conversation, 'with bob');
    await bob.command('conversation:leave', { conversation, cid: v7() });
    await ann.send(conversation, 'after bob');
    const { head } = (await bob.command('conversation:get', { conversation })).conversation;
    const { seq } = await send(bob, conversation, [{ email: 'b@x.example' }]);
    assert.equal(seq, head, 'who has left learns nothing of how the chat went on');
    await send(ann, conversation, [{ email: 'a@x.example' }]);
    const [whole, part] = await mailed(2);
    assert.match(whole?.text ?? '', /before bob[^]*with bob[^]*after bob/);
    assert.match(part?.text ?? '', /with bob/);
    assert.doesNotMatch(part?.text ?? '', /before bob|after bob/);
    const saved = await bob.command('history:text', { conversation });
    assert.match(saved.text, /with bob/);
    assert.doesNotMatch(saved.text, /before bob|after bob/);
    assert.equal(saved.next, null);
  });

  test('[B18] as text it comes a page at a time, with the head on the first', async () => {
    const [ann] = await Promise.all([connect('ann', 'Dr Ann'), connect('bob', 'Bob')]);
    const conversation = await start(ann);
    await Promise.all(Array.from({ length: 250 }, (_, number) => ann.send(conversation, `message ${number}`)));
    const first = await ann.command('history:text', { conversation, timeZone: 'UTC' });
    assert.ok(first.next !== null);
    const second = await ann.command('history:text', { conversation, timeZone: 'UTC', after: first.next });
    assert.equal(second.next, null);
    assert.match(first.text, /^Chat history: Ward 3\n/);
    const messages = (first.text + second.text).split('\n').filter((line) => /Dr Ann: message \d+$/.test(line));
    assert.equal(messages.length, 250);
    assert.equal(new Set(messages.map((line) => line.slice(21))).size, 250);
  });

  test('[B15] [B21] who was asked to join and never came is no participant of the history; who came, left and was asked back is', async () => {
    const [ann, bob] = await Promise.all([connect('ann', 'Dr Ann'), connect('bob', 'Bob')]);
    const conversation = await start(ann);
    await bob.command('receipt:mark', { conversation, delivered: 1 });
    await bob.command('conversation:leave', { conversation, cid: v7() });
    const change = { tenant: TENANT, author: 'ann', cid: v7(), conversation, users: ['bob', 'cyd'], join: 'invite' as const };
    assert.equal((await server.server.storage.invite(change)).status, 'appended');
    const { text } = await ann.command('history:text', { conversation });
    assert.match(text, /^Participants: Dr Ann and Bob$/m);
  });

  test('[attack 37] [attack 50] a stranger sends and saves nothing, and a mail leaves only where the tenant lets it', async () => {
    const [ann, , odd] = await Promise.all([connect('ann', 'Dr Ann'), connect('bob', 'Bob'), connect('odd', 'Odd')]);
    const conversation = await start(ann);
    await ann.send(conversation, 'secret');
    await assert.rejects(send(odd, conversation, [{ email: 'x@y.example' }]), refusedWith('NOT_FOUND'));
    await assert.rejects(odd.command('history:text', { conversation }), refusedWith('NOT_FOUND'));
    await allow(server, true, ['hospital.example']);
    const bound = await connect('ann', 'Dr Ann');
    for (const email of ['x@elsewhere.example', 'x@hospital.example.evil.example', 'x@evil-hospital.example', 'x@sub.hospital.example']) {
      await assert.rejects(send(bound, conversation, [{ user: 'bob' }, { email }]), refusedWith('EXPORT_FORBIDDEN'), email);
    }
    await allow(server, false, []);
    const forbidden = await connect('ann', 'Dr Ann');
    await assert.rejects(send(forbidden, conversation, [{ user: 'bob' }]), refusedWith('EXPORT_FORBIDDEN'));
    await assert.rejects(forbidden.command('history:text', { conversation }), refusedWith('EXPORT_FORBIDDEN'));
    const { entries } = await ann.command('entry:range', { conversation, limit: 200 });
    assert.deepEqual(
      entries.map(({ body }) => body.kind),
      ['started', 'message'],
      'nothing is said of what did not happen',
    );
    await allow(server, true, ['HOSPITAL.example']);
    const allowed = await connect('ann', 'Dr Ann');
    await send(allowed, conversation, [{ user: 'bob' }]);
    assert.equal((await mailed()).length, 1);
  });

  test('[C3] [B20] the same id again sends nothing again; with another recipient it is refused', async () => {
    const [ann] = await Promise.all([connect('ann', 'Dr Ann'), connect('bob', 'Bob')]);
    const conversation = await start(ann);
    const cid = v7();
    const first = await send(ann, conversation, [{ user: 'bob' }], { cid });
    assert.deepEqual(await send(ann, conversation, [{ user: 'bob' }], { cid }), first);
    await assert.rejects(send(ann, conversation, [{ email: 'x@y.example' }], { cid }), refusedWith('IDEMPOTENCY_CONFLICT'));
    await send(ann, conversation, [{ email: 'last@y.example' }]);
    assert.deepEqual(
      (await mailed(2)).map(({ to }) => to[0]),
      ['bob@hospital.example', 'last@y.example'],
    );
  });

  test('[C3] [B19] [B20] what was done stays done: the same command again gets its answer, whatever holds by then', async (t) => {
    const [ann] = await Promise.all([connect('ann', 'Dr Ann'), connect('bob', 'Bob')]);
    const conversation = await start(ann);
    const { storage } = server.server;
    const icu = { id: 'icu', name: 'Intensive care', kind: 'team' } as const;
    t.after(async () => {
      await storage.putGroup(TENANT, { ...icu, members: ['ann', 'bob', 'cyd'] });
      await ann.command('presence:set', { availability: 'available' });
    });
    const cid = v7();
    const again = () => send(ann, conversation, [{ group: 'icu' }], { cid });
    const first = await again();
    await storage.putGroup(TENANT, { ...icu, members: ['bob', 'odd'] });
    assert.deepEqual(await again(), first, 'the group has others in it');
    await storage.removeGroup(TENANT, 'icu');
    assert.deepEqual(await again(), first, 'the group is gone');
    await allow(server, true, ['elsewhere.example']);
    assert.deepEqual(await again(), first, 'no mail leaves for there');
    await allow(server, false, []);
    assert.deepEqual(await again(), first, 'no mail leaves at all');
    await assert.rejects(send(ann, conversation, [{ user: 'bob' }], { cid }), refusedWith('IDEMPOTENCY_CONFLICT'));
    await assert.rejects(send(ann, conversation, [{ user: 'bob' }]), refusedWith('EXPORT_FORBIDDEN'));
    await allow(server, true, []);
    await ann.command('presence:set', { availability: 'dnd' });
    assert.deepEqual(await again(), first, 'she wants not to be disturbed');
    await assert.rejects(send(ann, conversation, [{ user: 'bob' }]), refusedWith('DO_NOT_DISTURB'));
    await ann.command('conversation:leave', { conversation, cid: v7() });
    await assert.rejects(send(ann, conversation, [{ user: 'bob' }]), refusedWith('DO_NOT_DISTURB'), 'nor does who has left send any');
    assert.ok((await again()).seq >= first.seq, 'she has left');
    await mailed(2);
    const { entries } = await ann.command('entry:range', { conversation, limit: 50 });
    assert.equal(entries.filter(({ body }) => body.kind === 'history-sent').length, 1);
  });

  for (const manners of ['refuse', 'refuse-text'] as const) {
    test(`[B20] a refusal for good (${manners}) is said in the chat at once, in the name of the sender`, async () => {
      const [ann, bob] = await Promise.all([connect('ann', 'Dr Ann'), connect('bob', 'Bob')]);
      const conversation = await start(ann);
      mail.manners = manners;
      await send(ann, conversation, [{ mailbox: 'office' }]);
      for (const client of [ann, bob]) {
        const { entry } = await client.event(
          'entry:added',
          ({ entry }) => entry.conversation === conversation && entry.body.kind === 'history-failed',
        );
        assert.deepEqual(entry.body, { kind: 'history-failed', to: 'Ward office', reason: 'refused' });
        assert.equal(entry.author, 'ann');
      }
      assert.equal(mail.attempts, 1);
      assert.deepEqual(await server.server.storage.verify(), []);
    });
  }

  test('[B20] a mail server that is busy, silent or away gets the mail when it is back, once', async () => {
    const [ann] = await Promise.all([connect('ann', 'Dr Ann'), connect('bob', 'Bob')]);
    const conversation = await start(ann);
    mail.manners = 'later';
    await send(ann, conversation, [{ user: 'bob' }]);
    await mail.until(() => mail.attempts >= 3, 'attempts at a busy server');
    mail.manners = 'silent';
    const before = mail.attempts;
    await mail.until(() => mail.attempts >= before + 2, 'attempts at a silent server');
    await mail.close();
    mail.manners = 'take';
    await mail.open();
    await mailed();
    const again = await send(ann, conversation, [{ email: 'next@y.example' }]);
    assert.ok(again.seq > 0);
    assert.equal((await mailed(2)).length, 2);
    const { entries } = await ann.command('entry:range', { conversation, limit: 200 });
    assert.ok(!entries.some(({ body }) => body.kind === 'history-failed'));
  });

  test('[attack 62] names and titles never become headers, recipients or lines', async () => {
    const [ann] = await Promise.all([connect('ann', 'Dr Ann'), connect('odd', 'Odd, <x@evil.example>')]);
    const title = 'Ward" <x@evil.example>, y@evil.example; Bcc: z@evil.example =?utf-8?q?=0ABcc:_z?= ü';
    const { conversation } = await ann.command('conversation:create', { cid: v7(), kind: 'group', members: ['odd', 'bob'], title });
    await ann.send(conversation.id, '.\r\nDATA\r\n.\r\nBcc: z@evil.example\r\n\r\nRCPT TO:<z@evil.example>');
    await send(ann, conversation.id, [{ user: 'odd' }]);
    const [received] = await mailed();
    assert.ok(received);
    assert.deepEqual(received.to, ['odd@hospital.example']);
    assert.equal(received.headers.get('to'), '"Odd, <x@evil.example>" <odd@hospital.example>');
    assert.equal(received.headers.has('bcc'), false);
    assert.equal(received.headers.has('cc'), false);
    assert.equal(mail.mails.length, 1);
    assert.match(received.text, /\n {21}DATA\n {21}\.\n {21}Bcc: z@evil\.example\n/);
    for (const email of [
      'a@x.example,b@x.example',
      'a@x.example\r\nBcc: b@x.example',
      '<a@x.example>',
      'a b@x.example',
      'a@x',
      '"a"@x.example\n',
      'a@x.example ',
      'é@x.example',
    ]) {
      const answered = await ann.answer('history:send', { as: 'ann', conversation: conversation.id, cid: v7(), to: [{ email }] });
      if (email === 'a@x') continue;
      assert.equal(answered.ok, false, JSON.stringify(email));
      assert.equal(answered.ok ? '' : answered.error.code, 'INVALID', JSON.stringify(email));
    }
  });
});
