import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { v7 } from 'uuid';
import { LIMITS } from '#protocol';
import { rawConnection, stillServes } from '../support/attacks.js';
import { startServer } from '../support/server.js';
import type { TestClient, TestServer } from '../support/server.js';

let server: TestServer;
let mallory: TestClient;
let conversation: string;

before(async () => {
  server = await startServer();
  mallory = await server.connect('mallory');
  await server.connect('bob');
  conversation = await mallory.startConversation('bob');
});
after(() => server.close());

const message = (change: Record<string, unknown> = {}) => ({ as: 'mallory', conversation, cid: v7(), text: 'x', links: [], ...change });

async function refusedWith(code: string, name: string, ...args: unknown[]): Promise<void> {
  const answer = await mallory.answer(name, ...args);
  assert.equal(answer.ok, false, `${name} ${JSON.stringify(args).slice(0, 80)}`);
  assert.equal(answer.ok ? '' : answer.error.code, code, `${name} ${JSON.stringify(args).slice(0, 80)}`);
}

test('[attack 33] [P5] lone surrogates and NUL are refused, everything else comes back as it was', async () => {
  await refusedWith('INVALID', 'message:send', message({ text: 'a\ud800b' }));
  await refusedWith('INVALID', 'message:send', message({ text: 'a\u0000b' }));
  const { socket, closed } = await rawConnection(server, 'mallory');
  // An over-long encoding of '/': no UTF-8.
  socket.send(Buffer.concat([Buffer.from('42["x","'), Buffer.from([0xc0, 0xaf]), Buffer.from('"]')]), { binary: false });
  assert.equal(await closed, 1007);
  const strange = 'e\u0301 \u202Eabc\u202C \r\n\t "\\ \u2028 👩‍👩‍👧';
  const cid = v7();
  await mallory.send(conversation, strange, cid);
  const { entries } = await mallory.command('entry:range', { conversation, limit: LIMITS.rangePage });
  assert.deepEqual(entries.find((entry) => entry.cid === cid)?.body, { kind: 'message', text: strange, links: [] });
  await stillServes(server);
});

test('[attack 34] [X8] too long, empty, nothing to see', async () => {
  await refusedWith('INVALID', 'message:send', message({ text: 'x'.repeat(LIMITS.messageLength + 1) }));
  await refusedWith('INVALID', 'message:send', message({ text: '' }));
  await refusedWith('INVALID', 'message:send', message({ text: '\u200B\u200D\u2060\uFEFF' }));
  await refusedWith('INVALID', 'message:send', message({ text: ' \n\t ' }));
  await refusedWith('INVALID', 'message:send', message({ text: undefined }));
  const onlyLink = await mallory.answer('message:send', message({ text: '', links: [{ kind: 'study', id: '1.2.3' }] }));
  assert.ok(onlyLink.ok);
});

test('[attack 35] [C4] a cid that is no UUIDv7 is refused; that of another user collides with nothing', async () => {
  for (const cid of ['x', '', 7, null, '6f1c1e0e-6c0f-4a6e-9d3c-0d9a0c0b0a01', { toString: v7() }])
    await refusedWith('INVALID', 'message:send', message({ cid }));
  const bob = await server.connect('bob');
  const cid = v7();
  await bob.send(conversation, 'mine', cid);
  const same = await mallory.send(conversation, 'also mine', cid);
  assert.equal(same.duplicate, false);
});

test('[attack 36] numbers as text, fractions, negative, beyond 2^53', async () => {
  for (const after of ['1', 1.5, -1, 2 ** 53, Number.POSITIVE_INFINITY, {}, []]) {
    await refusedWith('INVALID', 'entry:range', { as: 'mallory', conversation, after, limit: 10 });
    await refusedWith('INVALID', 'receipt:mark', { as: 'mallory', conversation, read: after });
  }
  for (const limit of [0, 201, '10', null]) await refusedWith('INVALID', 'entry:range', { as: 'mallory', conversation, limit });
});

test('[attack 52] addresses that are not http or https are refused with the message', async () => {
  for (const href of [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    '\u0001javascript:alert(1)',
    'java\tscript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'blob:x',
    'file:///etc/passwd',
    '//evil.example',
    'https:evil',
    'https://good@evil.example',
    '\\\\evil',
  ]) {
    await refusedWith('INVALID', 'message:send', message({ links: [{ kind: 'study', id: '1', href }] }));
  }
});

test('links are stored as references unless the policy keeps labels', async (t) => {
  const link = { kind: 'study', id: '1.2.840', context: { series: '4' }, label: 'CT of somebody', href: 'https://pacs.example/1' };
  const cid = v7();
  await mallory.command('message:send', { conversation, cid, text: '', links: [link] });
  const { entries } = await mallory.command('entry:range', { conversation, limit: LIMITS.rangePage });
  const stored = entries.find((entry) => entry.cid === cid)?.body;
  assert.deepEqual(stored, { kind: 'message', text: '', links: [{ kind: 'study', id: '1.2.840', context: { series: '4' } }] });

  const keeping = await startServer({ storedLabels: true });
  t.after(() => keeping.close());
  const [alice] = await Promise.all([keeping.connect('alice'), keeping.connect('bob')]);
  const other = await alice.startConversation('bob');
  await alice.command('message:send', { conversation: other, cid, text: '', links: [link] });
  const { entry } = await alice.event('entry:added', (added) => added.entry.cid === cid);
  assert.deepEqual(entry.body, { kind: 'message', text: '', links: [link] });
});
