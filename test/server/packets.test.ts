import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { v7 } from 'uuid';
import { LIMITS, PROTOCOL_VERSION } from '#protocol';
import { WebSocket } from 'ws';
import { Refusal, startServer } from '../support/server.js';
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

/** The proof after every attack: somebody else sends and is answered. */
async function stillServes(): Promise<void> {
  const honest = await server.connect('honest');
  await server.connect('bob');
  const own = await honest.startConversation('bob');
  assert.equal((await honest.send(own, 'still here')).duplicate, false);
  honest.close();
}

const message = (change: Record<string, unknown> = {}) => ({ as: 'mallory', conversation, cid: v7(), text: 'x', links: [], ...change });

async function refusedWith(code: string, name: string, ...args: unknown[]): Promise<void> {
  const answer = await mallory.answer(name, ...args);
  assert.equal(answer.ok, false, `${name} ${JSON.stringify(args).slice(0, 80)}`);
  assert.equal(answer.ok ? '' : answer.error.code, code, `${name} ${JSON.stringify(args).slice(0, 80)}`);
}

/** A signed-in connection on which the test writes what it likes. Resolves to the close code, when it is closed. */
async function rawConnection(): Promise<{ socket: WebSocket; closed: Promise<number>; received: string[] }> {
  const token = await server.token('mallory');
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
  const closed = new Promise<number>((resolve) => socket.once('close', (code) => resolve(code)));
  const received: string[] = [];
  await new Promise<void>((resolve) => {
    socket.on('message', (data: Buffer) => {
      const text = data.toString();
      received.push(text);
      if (text.startsWith('0')) socket.send(`40${JSON.stringify({ token, protocol: PROTOCOL_VERSION, device: '6f1c1e0e-6c0f-4a6e-9d3c-0d9a0c0b0a01' })}`);
      if (text.includes('session:started')) resolve();
    });
  });
  return { socket, closed, received };
}

test('[attack 22] [X4] a frame above the limit closes its connection with 1009', async () => {
  const { socket, closed } = await rawConnection();
  socket.send(`42${JSON.stringify(['message:send', { text: 'x'.repeat(LIMITS.frameBytes) }])}`);
  assert.equal(await closed, 1009);
  await stillServes();
});

test('[attack 22] the longest legal message fits into a frame', async () => {
  const text = '𝄞'.repeat(LIMITS.messageLength);
  assert.equal((await mallory.send(conversation, text)).duplicate, false);
});

test('[attack 23] compression is not offered', async () => {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, { perMessageDeflate: true });
  await new Promise((resolve) => socket.once('open', resolve));
  assert.equal(socket.extensions, '');
  socket.terminate();
});

test('[attack 24] a packet that announces a billion attachments closes its connection', async () => {
  const { socket, closed } = await rawConnection();
  socket.send('451000000-["message:send",{"_placeholder":true,"num":0}]');
  await closed;
  await stillServes();
});

test('[attack 25] a million one-byte fragments do not fill the memory', async () => {
  const { socket, closed } = await rawConnection();
  const before = process.memoryUsage().rss;
  let open = true;
  void closed.then(() => (open = false));
  for (let i = 0; i < 1_000_000 && open; i++) {
    socket.send('4', { fin: false });
    if (i % 10_000 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  await closed;
  assert.ok(process.memoryUsage().rss - before < 300 * 1024 * 1024);
  await stillServes();
});

test('[attack 26] [attack 27] names of Object.prototype are no commands, and no prototype is touched', async () => {
  for (const name of ['constructor', 'toString', 'hasOwnProperty', 'valueOf', '__proto__', '__defineGetter__', 'message:delete', '']) {
    await refusedWith('UNKNOWN_COMMAND', name, { as: 'mallory' });
  }
  const { socket, received } = await rawConnection();
  socket.send('427["__proto__",{"__proto__":{"polluted":1}}]');
  socket.send('428["message:send",{"__proto__":{"polluted":1,"as":"mallory"},"constructor":{"prototype":{"polluted":1}}}]');
  while (!received.some((text) => text.startsWith('438'))) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(({} as { polluted?: number }).polluted, undefined);
  socket.terminate();
  await stillServes();
});

test('[attack 28] reserved event names close the connection', async () => {
  for (const name of ['disconnect', 'connect', 'connect_error', 'disconnecting', 'newListener']) {
    const { socket, closed } = await rawConnection();
    socket.send(`42${JSON.stringify([name, {}])}`);
    await closed;
  }
  const { socket, closed } = await rawConnection();
  socket.send('42["error",{"message":"x"}]');
  socket.send('42[42,{"message":"x"}]');
  socket.close();
  await closed;
  await stillServes();
});

test('[attack 29] [X3] a command without acknowledgement has no effect and stops nothing', async () => {
  const cid = v7();
  mallory.socket.emit('message:send', message({ cid }));
  mallory.socket.emit('message:send');
  mallory.socket.emit('presence:set', null);
  mallory.socket.emit('entry:range', message());
  const { entries } = await mallory.command('entry:range', { conversation, limit: LIMITS.rangePage });
  assert.ok(!entries.some((entry) => entry.cid === cid));
  assert.ok(mallory.connected);
  await stillServes();
});

test('[attack 30] several arguments, binary, null, NaN, arrays with a length', async () => {
  await refusedWith('INVALID', 'message:send');
  await refusedWith('INVALID', 'message:send', message(), message());
  await refusedWith('INVALID', 'message:send', null);
  await refusedWith('INVALID', 'message:send', 'text');
  await refusedWith('INVALID', 'message:send', Number.NaN);
  await refusedWith('INVALID', 'message:send', [message()]);
  await refusedWith('INVALID', 'message:send', Buffer.from('text'));
  await refusedWith('INVALID', 'message:send', message({ text: Buffer.from('text') }));
  await refusedWith('INVALID', 'message:send', message({ text: null }));
  await refusedWith('INVALID', 'message:send', message({ text: ['x'] }));
  await refusedWith('INVALID', 'message:send', message({ links: { length: 1e9 } }));
  await refusedWith('INVALID', 'directory:get', { as: 'mallory', users: { length: 1e9 } });
  await refusedWith('INVALID', 'message:send', message({ links: [null] }));
  await stillServes();
});

test('[attack 31] 30,000 nested arrays', async () => {
  const { socket, received } = await rawConnection();
  socket.send(`429["message:send",${'['.repeat(30_000)}${']'.repeat(30_000)}]`);
  while (!received.some((text) => text.startsWith('439'))) await new Promise((resolve) => setImmediate(resolve));
  assert.match(received.find((text) => text.startsWith('439')) ?? '', /INVALID/);
  socket.terminate();
  await stillServes();
});

test('[attack 32] [P3] author, number, time and tenant of an entry never come from the payload', async () => {
  const forged = message({ from: 'bob', author: 'bob', seq: 999, at: 1, tenant: 'other', serverTs: 1, user: 'bob', epoch: 'x', body: { kind: 'left' } });
  const answer = await mallory.answer('message:send', forged);
  assert.ok(answer.ok);
  const { entries } = await mallory.command('entry:range', { conversation, limit: LIMITS.rangePage });
  const entry = entries.find(({ cid }) => cid === forged.cid);
  assert.equal(entry?.author, 'mallory');
  assert.ok(entry.seq < 999 && entry.at > 1_600_000_000_000);
  assert.deepEqual(entry.body, { kind: 'message', text: 'x', links: [] });
});

test('[attack 33] [P5] lone surrogates and NUL are refused, everything else comes back as it was', async () => {
  await refusedWith('INVALID', 'message:send', message({ text: 'a\ud800b' }));
  await refusedWith('INVALID', 'message:send', message({ text: 'a\u0000b' }));
  const { socket, closed } = await rawConnection();
  // An over-long encoding of '/': no UTF-8.
  socket.send(Buffer.concat([Buffer.from('42["x","'), Buffer.from([0xc0, 0xaf]), Buffer.from('"]')]), { binary: false });
  assert.equal(await closed, 1007);
  const strange = 'e\u0301 \u202Eabc\u202C \r\n\t "\\ \u2028 👩‍👩‍👧';
  const cid = v7();
  await mallory.send(conversation, strange, cid);
  const { entries } = await mallory.command('entry:range', { conversation, limit: LIMITS.rangePage });
  assert.deepEqual(entries.find((entry) => entry.cid === cid)?.body, { kind: 'message', text: strange, links: [] });
  await stillServes();
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
  for (const cid of ['x', '', 7, null, '6f1c1e0e-6c0f-4a6e-9d3c-0d9a0c0b0a01', { toString: v7() }]) await refusedWith('INVALID', 'message:send', message({ cid }));
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

test('[A6] a frame that was written for somebody else is refused and has no effect', async () => {
  const cid = v7();
  await refusedWith('WRONG_USER', 'message:send', message({ as: 'bob', cid }));
  await refusedWith('INVALID', 'message:send', { conversation, cid, text: 'x', links: [] });
  await refusedWith('WRONG_USER', 'message:send', message({ as: ['mallory'], cid }));
  const { entries } = await mallory.command('entry:range', { conversation, limit: LIMITS.rangePage });
  assert.ok(!entries.some((entry) => entry.cid === cid));
});

test('[attack 52] addresses that are not http or https are refused with the message', async () => {
  for (const href of ['javascript:alert(1)', 'JaVaScRiPt:alert(1)', '\u0001javascript:alert(1)', 'java\tscript:alert(1)', 'data:text/html,x', 'vbscript:x', 'blob:x', 'file:///etc/passwd', '//evil.example', 'https:evil', 'https://good@evil.example', '\\\\evil']) {
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

test('[attack 72] [X5] 200 messages at once from one user: refused with a time to wait; another user notices nothing', async (t) => {
  const limited = await startServer({ rateMessages: 20 });
  t.after(() => limited.close());
  const [flooder, bob] = await Promise.all([limited.connect('flooder'), limited.connect('bob')]);
  const flooded = await flooder.startConversation('bob');
  const quiet = await bob.startConversation('flooder');
  const results = await Promise.all(Array.from({ length: 200 }, (_, index) => flooder.send(flooded, `n ${index}`).then(() => null, (error: Refusal) => error.error)));
  const refused = results.filter((result) => result !== null);
  assert.ok(refused.length > 100, `${refused.length} refused`);
  assert.ok(refused.every(({ code, retryAfterMs }) => code === 'RATE_LIMITED' && retryAfterMs !== undefined && retryAfterMs > 0));
  assert.equal((await bob.send(quiet, 'unhindered')).duplicate, false);
  const wait = Math.max(...refused.map(({ retryAfterMs }) => retryAfterMs ?? 0));
  await new Promise((resolve) => setTimeout(resolve, wait));
  assert.equal((await flooder.send(flooded, 'after the wait')).duplicate, false);
});

test('[attack 47] the directory cannot be scraped: past the rate, searches are refused', async (t) => {
  const limited = await startServer({ rateSearches: 30 });
  t.after(() => limited.close());
  const scraper = await limited.connect('scraper');
  const codes = await Promise.all(
    Array.from({ length: 40 }, (_, index) => scraper.command('directory:search', { text: String.fromCharCode(97 + (index % 26)), limit: 20 }).then(() => 'ok', (error: Refusal) => error.code)),
  );
  assert.equal(codes.filter((code) => code === 'ok').length, 30);
  assert.equal(codes.filter((code) => code === 'RATE_LIMITED').length, 10);
});
