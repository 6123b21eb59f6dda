import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { after, before, test } from 'node:test';
import { WebSocket } from 'ws';
import { PROTOCOL_VERSION } from '#protocol';
import { settingSchemas, timings } from '../../server/config.js';
import { eventually } from '../support/eventually.js';
import { type Refusal, startServer } from '../support/server.js';
import type { TestClient, TestServer } from '../support/server.js';

const HOST = 'https://pacs.hospital.example';
let server: TestServer;
before(async () => {
  server = await startServer({ origins: [HOST], nativeClients: false, timings: { connect: 500, close: 100, request: 500 } });
});
after(() => server.close());

const fromHost = { client: { extraHeaders: { origin: HOST } } };
const polling = (origin?: string, query = 'EIO=4&transport=polling') =>
  fetch(`${server.url}/socket.io/?${query}`, { headers: origin === undefined ? {} : { origin } });

/** The HTTP status of an upgrade, 101 when it was accepted. */
async function upgrade(query: string, headers: Record<string, string> = { origin: HOST }): Promise<number> {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/socket.io/?${query}`, { headers });
  return new Promise((resolve) => {
    socket.once('open', () => {
      socket.terminate();
      resolve(101);
    });
    socket.once('unexpected-response', (request, response) => {
      request.destroy();
      resolve(response.statusCode ?? 0);
    });
    socket.once('error', () => resolve(0));
  });
}

async function stillServes(): Promise<void> {
  const honest = await server.connect('honest', fromHost);
  assert.ok(honest.connected);
  honest.close();
}

test('[attack 14] [A8] foreign origins are refused on WebSocket and on polling, and so is a missing one', async () => {
  for (const origin of ['https://evil.example', 'null', `${HOST}.evil.com`, `${HOST}:444`, HOST.replace('https', 'http'), undefined]) {
    const response = await polling(origin);
    assert.equal(response.status, 403, `polling from ${origin}`);
    assert.equal(response.headers.get('access-control-allow-origin'), null);
    assert.notEqual(await upgrade('EIO=4&transport=websocket', origin === undefined ? {} : { origin }), 101, `ws from ${origin}`);
  }
  const allowed = await polling(HOST);
  assert.equal(allowed.status, 200);
  assert.equal(allowed.headers.get('access-control-allow-origin'), HOST);
  assert.equal(await upgrade('EIO=4&transport=websocket'), 101);
  await stillServes();
});

test('[attack 14] a missing origin is accepted where native clients are admitted', async (t) => {
  const native = await startServer({ nativeClients: true });
  t.after(() => native.close());
  assert.ok((await native.connect('alice')).connected);
});

test('[attack 11] [A1] a token in the address is refused, and never read from there', async () => {
  const token = await server.token('alice');
  assert.equal((await polling(HOST, `EIO=4&transport=polling&token=${token}`)).status, 403);
  assert.notEqual(await upgrade(`EIO=4&transport=websocket&access_token=${token}`), 101);
  await stillServes();
});

test('[attack 15] EIO=3 is refused', async () => {
  assert.equal((await polling(HOST, 'EIO=3&transport=polling')).status, 400);
  assert.equal(await upgrade('EIO=3&transport=websocket'), 400);
  await stillServes();
});

/** Opens so many connections that never show a token; gives those that were accepted. */
async function openIdle(url: string, count: number, headers: (index: number) => Record<string, string> = () => ({})): Promise<WebSocket[]> {
  const opened = await Promise.all(
    Array.from({ length: count }, (_, index) => {
      const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, { headers: headers(index) });
      return new Promise<WebSocket | null>((resolve) => {
        socket.once('open', () => resolve(socket));
        socket.once('error', () => resolve(null));
      });
    }),
  );
  return opened.filter((socket) => socket !== null);
}

/** `PARLEY_TEST_RUNS=5000` with the limit and the time that a server has when nothing is set. */
const IDLE = Math.max(60, Number(process.env['PARLEY_TEST_RUNS'] ?? 0));
const usual = { connect: timings.parse({}).connect, pending: settingSchemas.pendingConnections.parse(undefined) };

test(`[attack 16] ${IDLE} idle handshakes of one address are capped, and closed in time`, async (t) => {
  assert.ok(usual.connect <= 10_000 && usual.pending <= 1_000, 'unless a test shortens it');
  const large = IDLE > usual.pending;
  const cap = large ? usual.pending : 20;
  const capped = await startServer(large ? {} : { pendingConnections: cap, timings: { connect: 2_000 } });
  t.after(() => capped.close());
  const opened = await openIdle(capped.url, IDLE);
  const from = performance.now();
  // Of thousands the first are closed, and make room, before the last have come.
  assert.ok(large ? opened.length >= cap && opened.length < IDLE : opened.length === cap, `${opened.length} of ${IDLE} accepted`);
  await Promise.all(opened.filter((socket) => socket.readyState !== WebSocket.CLOSED).map((socket) => once(socket, 'close')));
  assert.ok(performance.now() - from < usual.connect + 2_000);
  assert.ok((await capped.connect('honest')).connected);
});

test('[attack 16] so are those by polling', async (t) => {
  const capped = await startServer({ pendingConnections: 20, timings: { connect: 2_000 } });
  t.after(() => capped.close());
  const shake = async () => {
    const response = await fetch(`${capped.url}/socket.io/?EIO=4&transport=polling`);
    return { status: response.status, sid: /"sid":"([^"]+)"/.exec(await response.text())?.[1] ?? '' };
  };
  const shaken = await Promise.all(Array.from({ length: 40 }, shake));
  const accepted = shaken.filter(({ status }) => status === 200);
  assert.equal(accepted.length, 20);
  assert.ok(shaken.every(({ status }) => status === 200 || status === 403));
  // One is looked at until it is gone; a poll would be answered at its end.
  const first = await fetch(`${capped.url}/socket.io/?EIO=4&transport=polling&sid=${accepted[0]?.sid ?? ''}`);
  await first.text();
  await eventually(() => capped.connect('honest').catch(() => undefined), 'room for others');
});

/** Writes and then waits, as somebody does who wants to hold a connection; resolves to what was answered before it was closed, in time. */
async function hold(text: string): Promise<string> {
  const from = performance.now();
  const socket = connectTcp(server.port, '127.0.0.1');
  socket.on('error', () => undefined);
  let answer = '';
  socket.on('data', (data: Buffer) => (answer += data.toString()));
  await once(socket, 'connect');
  socket.write(text);
  await once(socket, 'close');
  assert.ok(performance.now() - from < 10_000, `${Math.round(performance.now() - from)} ms: ${text.slice(0, 60)}`);
  return answer;
}

test('[attack 17] half a header, half a body, half an upgrade, and then nothing: the connection is closed', async () => {
  const from = `Host: x\r\nOrigin: ${HOST}\r\n`;
  await hold(`GET /socket.io/?EIO=4 HTTP/1.1\r\n${from}X-Slow: `);
  await hold(`GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n${from}Connection: Upgrade\r\nUpgrade: websock`);
  const sid = /"sid":"([^"]+)"/.exec(await (await polling(HOST)).text())?.[1] ?? '';
  await hold(`POST /socket.io/?EIO=4&transport=polling&sid=${sid} HTTP/1.1\r\n${from}Content-Length: 1000\r\n\r\n40`);
  const upgraded = `${from}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${'A'.repeat(22)}==\r\n\r\n`;
  // Accepted as a WebSocket, and then not a word.
  assert.match(await hold(`GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n${upgraded}`), /^HTTP\/1\.1 101 /);
  // Half of the way from polling to a WebSocket: the probe is never sent.
  const other = /"sid":"([^"]+)"/.exec(await (await polling(HOST)).text())?.[1] ?? '';
  assert.match(await hold(`GET /socket.io/?EIO=4&transport=websocket&sid=${other} HTTP/1.1\r\n${upgraded}`), /^HTTP\/1\.1 101 /);
  const { request, close } = timings.parse({});
  assert.ok(request <= 10_000 && close <= 1_000, 'unless a test shortens it');
  await stillServes();
});

test('[attack 18] 3,000 headers are answered with 431', async () => {
  const socket = connectTcp(server.port, '127.0.0.1');
  const headers = Array.from({ length: 3_000 }, (_, index) => `X-Header-${index}: v`).join('\r\n');
  socket.on('error', () => undefined);
  let answer = '';
  socket.on('data', (data: Buffer) => (answer += data.toString()));
  socket.write(`GET / HTTP/1.1\r\nHost: x\r\n${headers}\r\n\r\n`);
  await once(socket, 'close');
  assert.match(answer, /^HTTP\/1\.1 431 /);
  await stillServes();
});

test('[attack 19] a polling sid that is guessed, of another transport, of a connection that is over, or used by a foreign page is refused', async () => {
  const ask = (sid: string, origin = HOST) => polling(origin, `EIO=4&transport=polling&sid=${sid}`).then(({ status }) => status);
  for (const sid of ['AAAAAAAAAAAAAAAAAAAA', '__proto__', 'constructor', '%00', 'A'.repeat(5_000)]) assert.equal(await ask(sid), 400, sid);
  const alice = await server.connect('alice', fromHost);
  const sidOf = (client: TestClient) => client.socket.io.engine.id ?? '';
  assert.equal(await ask(sidOf(alice)), 400, 'of a WebSocket');
  const bob = await server.connect('bob', { client: { ...fromHost.client, transports: ['polling'] } });
  const sid = sidOf(bob);
  const post = async (origin: string | undefined, as: string) => {
    const headers = origin === undefined ? {} : { origin };
    const body = `42["presence:set",${JSON.stringify({ as, availability: 'busy' })}]`;
    return (await fetch(`${server.url}/socket.io/?EIO=4&transport=polling&sid=${sid}`, { method: 'POST', headers, body })).status;
  };
  for (const origin of ['https://evil.example', 'null', undefined]) {
    assert.equal(await post(origin, 'bob'), 400, `posted from ${origin}`);
    if (origin !== undefined) assert.equal(await ask(sid, origin), 400, `read from ${origin}`);
    const headers: Record<string, string> = origin === undefined ? {} : { origin };
    assert.equal(await upgrade(`EIO=4&transport=websocket&sid=${sid}`, headers), 400, `taken over from ${origin}`);
  }
  // Ids that can be guessed would be worth guessing.
  assert.match(sid, /^[\w-]{20}$/);
  assert.equal((await bob.command('session:sync', {})).state?.settings.availability, 'available', 'bob goes on');
  bob.close();
  await eventually(async () => ((await ask(sid)) === 400 ? true : undefined), 'the end of the connection');
  await stillServes();
});

test('[attack 20] a forged X-Forwarded-For does not move the limit of an address', async (t) => {
  const direct = await startServer({ pendingConnections: 5, timings: { connect: 500 } });
  t.after(() => direct.close());
  assert.equal((await openIdle(direct.url, 10, (index) => ({ 'x-forwarded-for': `10.0.0.${index}` }))).length, 5);

  const behindOne = await startServer({ pendingConnections: 5, trustProxy: 1, timings: { connect: 500 } });
  t.after(() => behindOne.close());
  const forged = (index: number) => ({ 'x-forwarded-for': `10.0.0.${index}, 192.0.2.1` });
  assert.equal((await openIdle(behindOne.url, 10, forged)).length, 5);
  assert.equal((await openIdle(behindOne.url, 3, () => ({ 'x-forwarded-for': '192.0.2.2' }))).length, 3);
});

test('[attack 20] with two proxies in front, the address is read two hops back and nowhere else', async (t) => {
  const behindTwo = await startServer({ pendingConnections: 5, trustProxy: 2, timings: { connect: 500 } });
  t.after(() => behindTwo.close());
  // What a client wrote itself stands before the hops of our proxies; the inner proxy may be any of several.
  const forged = (index: number) => ({
    'x-forwarded-for': `203.0.113.${index}, 192.0.2.1, 10.0.0.${index}`,
    'x-real-ip': `203.0.113.${index}`,
  });
  assert.equal((await openIdle(behindTwo.url, 10, forged)).length, 5);
  assert.equal((await openIdle(behindTwo.url, 2, () => ({ 'x-forwarded-for': '192.0.2.2, 10.0.0.1' }))).length, 2);
  // A header that is too short did not come through both: the connection counts for the one who made it.
  const short = (index: number) => ({ 'x-forwarded-for': `203.0.113.${index}`, forwarded: `for=203.0.113.${index}` });
  assert.equal((await openIdle(behindTwo.url, 10, short)).length, 5);
});

test('[attack 20] refused tokens are counted for the trusted hop', async (t) => {
  const strict = await startServer({ rateRefusals: 3, trustProxy: 1 });
  t.after(() => strict.close());
  const attempt = (address: string, token?: string) =>
    strict.connect('alice', { ...(token === undefined ? {} : { token }), client: { extraHeaders: { 'x-forwarded-for': address } } }).then(
      () => 'in',
      (error: Refusal) => error.code,
    );
  const codes: string[] = [];
  for (let i = 0; i < 5; i++) codes.push(await attempt(`203.0.113.${i}, 192.0.2.1`, 'x.y.z'));
  assert.deepEqual(codes.slice(3), ['RATE_LIMITED', 'RATE_LIMITED']);
  assert.equal(await attempt('192.0.2.1, 192.0.2.9'), 'in', 'another address pays nothing for it');
});

test('[P1] an older and a newer client are told so', async () => {
  await assert.rejects(
    server.connect('alice', { ...fromHost, auth: { protocol: 0 } }),
    (error: Refusal) => error.code === 'CLIENT_TOO_OLD',
  );
  await assert.rejects(
    server.connect('alice', { ...fromHost, auth: { protocol: PROTOCOL_VERSION + 1, device: 'of another shape' } }),
    (error: Refusal) => error.code === 'SERVER_TOO_OLD',
  );
});

test('[A7] a client of one user does not come back with the token of another', async () => {
  await assert.rejects(server.connect('bob', { ...fromHost, auth: { as: 'alice' } }), (error: Refusal) => error.code === 'WRONG_USER');
  assert.ok((await server.connect('bob', { ...fromHost, auth: { as: 'bob' } })).connected);
});

test('a handshake of the wrong shape is refused with a code', async () => {
  for (const auth of [{ device: 'x' }, { protocol: 'one' }, { revision: -1 }, { epoch: 7 }, { as: ['a'] }]) {
    await assert.rejects(server.connect('alice', { ...fromHost, auth }), (error: Refusal) => error.code === 'INVALID');
  }
  await stillServes();
});

test('too many refused tokens of one address are not even looked at', async (t) => {
  const strict = await startServer({ rateRefusals: 3 });
  t.after(() => strict.close());
  const codes: string[] = [];
  for (let i = 0; i < 5; i++) await strict.connect('alice', { token: 'x.y.z' }).catch((error: Refusal) => codes.push(error.code));
  assert.deepEqual(codes, ['UNAUTHENTICATED', 'UNAUTHENTICATED', 'UNAUTHENTICATED', 'RATE_LIMITED', 'RATE_LIMITED']);
});

test('tokens shown to the directory API and on a connection are counted with those of handshakes', async (t) => {
  const strict = await startServer({ rateRefusals: 3 });
  t.after(() => strict.close());
  const alice = await strict.connect('alice');
  const put = async (token: string) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const response = await fetch(`${strict.url}/v1/users/x`, { method: 'PUT', headers, body: '{"name":"X"}' });
    return { status: response.status, wait: response.headers.get('retry-after') };
  };
  const refresh = async (token: string) => {
    const answer = await alice.answer('session:refresh', { as: 'alice', token });
    return answer.ok ? 'ok' : answer.error.code;
  };
  assert.equal((await put('x.y.z')).status, 401);
  assert.equal(await refresh('x.y.z'), 'UNAUTHENTICATED');
  assert.equal(await refresh(await strict.token('alice')), 'ok', 'a good token is not counted');
  assert.equal((await put('x.y.z')).status, 401);
  assert.equal(await refresh('x.y.z'), 'RATE_LIMITED');
  const { status, wait } = await put(await strict.token('back-end', { scope: 'parley:directory' }));
  assert.equal(status, 429);
  assert.ok(Number(wait) > 0 && Number(wait) <= 60);
  await assert.rejects(strict.connect('bob'), (error: Refusal) => error.code === 'RATE_LIMITED');
  assert.ok(alice.connected);
});
