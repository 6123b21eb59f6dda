import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { v7 } from 'uuid';
import { LIMITS } from '#protocol';
import { WebSocket } from 'ws';
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

test('[attack 22] [X4] a frame above the limit closes its connection with 1009', async () => {
  const { socket, closed } = await rawConnection(server, 'mallory');
  socket.send(`42${JSON.stringify(['message:send', { text: 'x'.repeat(LIMITS.frameBytes) }])}`);
  assert.equal(await closed, 1009);
  await stillServes(server);
});

test('[attack 22] so is one by polling, and a body of the REST API above its limit is refused', async () => {
  assert.equal(LIMITS.frameBytes, 65_536);
  const from = `${server.url}/socket.io/?EIO=4&transport=polling`;
  const sid = /"sid":"([^"]+)"/.exec(await (await fetch(from)).text())?.[1] ?? '';
  const post = (body: string) => fetch(`${from}&sid=${sid}`, { method: 'POST', body }).then(({ status }) => status);
  assert.equal(await post(`4${'x'.repeat(LIMITS.frameBytes)}`), 413);
  assert.equal(await post(Array.from({ length: 20_000 }, () => '42[]').join('\u001e')), 413, 'many small ones are as large');
  const headers = {
    authorization: `Bearer ${await server.token('back-end', { scope: 'parley:directory' })}`,
    'content-type': 'application/json',
  };
  const body = JSON.stringify({ name: 'x'.repeat(1_100_000) });
  assert.equal((await fetch(`${server.url}/v1/users/x`, { method: 'PUT', headers, body })).status, 400);
  await stillServes(server);
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

test('[attack 23] what is sent compressed is not unpacked past the limit, by no way in', async () => {
  // 50 MB of blanks in 50 kB, which a polling connection would take.
  const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024, ' '));
  assert.ok(bomb.length < LIMITS.frameBytes);
  const before = process.memoryUsage().rss;
  const from = `${server.url}/socket.io/?EIO=4&transport=polling`;
  const sid = /"sid":"([^"]+)"/.exec(await (await fetch(from)).text())?.[1] ?? '';
  const packed = { 'content-encoding': 'gzip', 'content-type': 'text/plain' };
  await fetch(`${from}&sid=${sid}`, { method: 'POST', headers: packed, body: bomb }).catch(() => undefined);
  const authorization = `Bearer ${await server.token('back-end', { scope: 'parley:directory' })}`;
  const headers = { ...packed, 'content-type': 'application/json', authorization };
  assert.equal((await fetch(`${server.url}/v1/users/x`, { method: 'PUT', headers, body: bomb })).status, 400);
  assert.ok(process.memoryUsage().rss - before < 40 * 1024 * 1024, 'nothing of that size was ever in memory');
  await stillServes(server);
});

test('[attack 24] a packet that announces a billion attachments closes its connection', async () => {
  const { socket, closed } = await rawConnection(server, 'mallory');
  socket.send('451000000-["message:send",{"_placeholder":true,"num":0}]');
  await closed;
  await stillServes(server);
});

test('[attack 25] a million one-byte fragments do not fill the memory', async () => {
  const { socket, closed } = await rawConnection(server, 'mallory');
  const before = process.memoryUsage().rss;
  let open = true;
  void closed.then(() => (open = false));
  for (let i = 0; i < 1_000_000 && open; i++) {
    socket.send('4', { fin: false });
    if (i % 10_000 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  await closed;
  assert.ok(process.memoryUsage().rss - before < 300 * 1024 * 1024);
  await stillServes(server);
});

test('[attack 26] [attack 27] names of Object.prototype are no commands, and no prototype is touched', async () => {
  for (const name of ['constructor', 'toString', 'hasOwnProperty', 'valueOf', '__proto__', '__defineGetter__', 'message:delete', '']) {
    await refusedWith('UNKNOWN_COMMAND', name, { as: 'mallory' });
  }
  const { socket, received } = await rawConnection(server, 'mallory');
  socket.send('427["__proto__",{"__proto__":{"polluted":1}}]');
  socket.send('428["message:send",{"__proto__":{"polluted":1,"as":"mallory"},"constructor":{"prototype":{"polluted":1}}}]');
  while (!received.some((text) => text.startsWith('438'))) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(({} as { polluted?: number }).polluted, undefined);
  socket.terminate();
  await stillServes(server);
});

test('[attack 28] reserved event names close the connection', async () => {
  for (const name of ['disconnect', 'connect', 'connect_error', 'disconnecting', 'newListener']) {
    const { socket, closed } = await rawConnection(server, 'mallory');
    socket.send(`42${JSON.stringify([name, {}])}`);
    await closed;
  }
  const { socket, closed } = await rawConnection(server, 'mallory');
  socket.send('42["error",{"message":"x"}]');
  socket.send('42[42,{"message":"x"}]');
  socket.close();
  await closed;
  await stillServes(server);
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
  await stillServes(server);
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
  await stillServes(server);
});

test('[attack 31] as many nested arrays as a frame holds: 32,000; the 60,000 of the list are a frame that is refused unread', async () => {
  const { socket, received, closed } = await rawConnection(server, 'mallory');
  const nested = (depth: number) => `429["message:send",${'['.repeat(depth)}${']'.repeat(depth)}]`;
  assert.ok(nested(32_000).length <= LIMITS.frameBytes && nested(33_000).length > LIMITS.frameBytes);
  socket.send(nested(32_000));
  while (!received.some((text) => text.startsWith('439'))) await new Promise((resolve) => setImmediate(resolve));
  assert.match(received.find((text) => text.startsWith('439')) ?? '', /INVALID/);
  socket.send(nested(60_000));
  assert.equal(await closed, 1009);
  await stillServes(server);
});

test('[attack 32] [P3] author, number, time and tenant of an entry never come from the payload', async () => {
  const forged = message({
    from: 'bob',
    author: 'bob',
    seq: 999,
    at: 1,
    tenant: 'other',
    serverTs: 1,
    user: 'bob',
    epoch: 'x',
    body: { kind: 'left' },
  });
  const answer = await mallory.answer('message:send', forged);
  assert.ok(answer.ok);
  const { entries } = await mallory.command('entry:range', { conversation, limit: LIMITS.rangePage });
  const entry = entries.find(({ cid }) => cid === forged.cid);
  assert.equal(entry?.author, 'mallory');
  assert.ok(entry.seq < 999 && entry.at > 1_600_000_000_000);
  assert.deepEqual(entry.body, { kind: 'message', text: 'x', links: [] });
});

test('[A6] a frame that was written for somebody else is refused and has no effect', async () => {
  const cid = v7();
  await refusedWith('WRONG_USER', 'message:send', message({ as: 'bob', cid }));
  await refusedWith('INVALID', 'message:send', { conversation, cid, text: 'x', links: [] });
  await refusedWith('WRONG_USER', 'message:send', message({ as: ['mallory'], cid }));
  const { entries } = await mallory.command('entry:range', { conversation, limit: LIMITS.rangePage });
  assert.ok(!entries.some((entry) => entry.cid === cid));
});
