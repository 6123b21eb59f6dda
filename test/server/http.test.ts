import assert from 'node:assert/strict';
import { get } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { after, before, test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { v7 } from 'uuid';
import { PROTOCOL_VERSION, ParleyError } from '#protocol';
import { cacheControl } from '../../server/http/bundles.js';
import { startServer } from '../support/server.js';
import type { TestServer } from '../support/server.js';

const HOST = 'https://host.example';
let server: TestServer;
before(async () => {
  server = await startServer({ origins: [HOST] });
});
after(() => server.close());

const backEnd = (claims: Record<string, unknown> = {}) => server.token('back-end', { scope: 'parley:directory other:thing', ...claims });

async function api(method: string, path: string, body: unknown, token?: string) {
  const response = await fetch(`${server.url}${path}`, {
    method,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
  });
  return { status: response.status, body: (await response.json()) as { changed?: number; error?: { code: string; message: string } } };
}

test('health, readiness and version', async () => {
  assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
  assert.equal((await fetch(`${server.url}/readyz`)).status, 200);
  const version = (await (await fetch(`${server.url}/version`)).json()) as { version: string; protocol: number };
  assert.equal(version.protocol, PROTOCOL_VERSION);
  assert.match(version.version, /^\d+\.\d+\.\d+/);
});

test('readiness says no when the store does not answer', async (t) => {
  const storage = new Proxy(server.server.storage, {
    get: (target, key) => {
      if (key === 'ping') return () => Promise.reject(new ParleyError('UNAVAILABLE'));
      return key === 'close' ? () => Promise.resolve() : (Reflect.get(target, key) as unknown);
    },
  });
  const broken = await startServer({ parts: { storage } });
  t.after(() => broken.close());
  assert.equal((await fetch(`${broken.url}/readyz`)).status, 503);
  assert.equal((await fetch(`${broken.url}/healthz`)).status, 200);
});

test('every answer is guarded, and only configured origins may read it', async () => {
  const response = await fetch(`${server.url}/version`, { headers: { origin: HOST } });
  assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
  assert.equal(response.headers.get('x-powered-by'), null);
  assert.match(response.headers.get('content-security-policy') ?? '', /default-src 'none'/);
  assert.equal(response.headers.get('access-control-allow-origin'), HOST);
  const foreign = await fetch(`${server.url}/version`, { headers: { origin: 'https://evil.example' } });
  assert.equal(foreign.headers.get('access-control-allow-origin'), null);
});

test('an unknown address and a path that leaves the folder are answered with a code', async () => {
  for (const path of ['/nothing', '/parley/nothing.js', '/parley/..%2f..%2fpackage.json', '/parley/%00', '/%E0%A4%A']) {
    const response = await fetch(`${server.url}${path}`);
    assert.ok(response.status === 404 || response.status === 400, `${path}: ${response.status}`);
    assert.ok(['NOT_FOUND', 'INVALID'].includes(((await response.json()) as { error: { code: string } }).error.code));
  }
});

test('a back end fills the directory: people are found and can be invited before they signed in', async () => {
  const token = await backEnd();
  const imported = await api(
    'POST',
    '/v1/users/import',
    {
      users: [
        { id: 'ines', name: 'Inès Keller', title: 'Radiologist', organisation: 'Ward 7' },
        { id: 'jon', name: 'Jón' },
      ],
    },
    token,
  );
  assert.deepEqual(imported, { status: 200, body: { changed: 2 } });
  assert.deepEqual(await api('PUT', '/v1/users/jon', { id: 'ignored', name: 'Jón Jónsson' }, token), { status: 200, body: { changed: 1 } });
  assert.deepEqual(await api('PUT', '/v1/users/jon', { name: 'Jón Jónsson' }, token), { status: 200, body: { changed: 0 } });
  const alice = await server.connect('alice');
  assert.deepEqual((await alice.command('directory:search', { text: 'ines', limit: 5 })).people, [
    { id: 'ines', name: 'Inès Keller', title: 'Radiologist', organisation: 'Ward 7' },
  ]);
  assert.ok(await alice.startConversation('jon'));
});

test('a sign-in adds what its token says to what a back end stored, and removes nothing', async () => {
  const doc = { id: 'doc', name: 'Dr Doc', title: 'Consultant', organisation: 'Radiology' };
  await api('PUT', '/v1/users/doc', doc, await backEnd());
  await server.connect('doc', { claims: { name: 'Dr Doc' } });
  const alice = await server.connect('alice');
  assert.deepEqual((await alice.command('directory:get', { users: ['doc'] })).people, [doc]);
  await server.connect('doc', { claims: { name: 'Dr A. Doc', title: 'Head' } });
  assert.deepEqual((await alice.command('directory:search', { text: 'head radiology', limit: 5 })).people, [
    { ...doc, name: 'Dr A. Doc', title: 'Head' },
  ]);
});

test('the API refuses with codes: no token, no right, a body that is wrong', async () => {
  const user = { name: 'X' };
  const codes = [
    await api('PUT', '/v1/users/x', user),
    await api('PUT', '/v1/users/x', user, 'a.b.c'),
    await api('PUT', '/v1/users/x', user, await server.token('alice')),
    await api('PUT', '/v1/users/x', {}, await backEnd()),
    await api('PUT', '/v1/users/x', { name: '\u202Exml' }, await backEnd()),
    await api('PUT', '/v1/users/a%20b', user, await backEnd()),
    await api('PUT', '/v1/users/x', '{"name":', await backEnd()),
    await api('POST', '/v1/users/import', { users: [] }, await backEnd()),
    await api('POST', '/v1/users/import', { users: [{ id: 'ok', name: 'Ok' }, { id: 'bad' }] }, await backEnd()),
    await api('POST', '/v1/users/import', 'x'.repeat(2_000_000), await backEnd()),
  ].map(({ status, body }) => `${status} ${body.error?.code}`);
  assert.deepEqual(codes, [
    '401 UNAUTHENTICATED',
    '401 UNAUTHENTICATED',
    '403 ROLE_FORBIDDEN',
    ...Array.from({ length: 7 }, () => '400 INVALID'),
  ]);
  const wrong = await api('POST', '/v1/users/import', { users: [{ id: 'ok', name: 'Ok' }, { id: 'bad' }] }, await backEnd());
  assert.match(wrong.body.error?.message ?? '', /users\[1\]\.name/);
  const alice = await server.connect('alice');
  assert.deepEqual((await alice.command('directory:get', { users: ['ok', 'x'] })).people, [], 'a refused import changes nothing');
});

test('a stranger makes the server read no body, whatever the address', async () => {
  for (const path of ['/v1/users/x', '/v1/users/import', '/v1/nothing']) {
    const { status, body } = await api('POST', path, '{"a":');
    assert.equal(`${status} ${body.error?.code}`, '401 UNAUTHENTICATED', path);
  }
});

test('metrics are for who has the token, when one is configured', async (t) => {
  const guarded = await startServer({ metricsToken: 'a-token-for-prometheus' });
  t.after(() => guarded.close());
  const ask = (authorization?: string) =>
    fetch(`${guarded.url}/metrics`, authorization === undefined ? {} : { headers: { authorization } });
  for (const wrong of [
    undefined,
    'Bearer',
    'Bearer ',
    'Bearer a-token-for-prometheuS',
    'a-token-for-prometheus',
    'Basic a-token-for-prometheus',
  ]) {
    const response = await ask(wrong);
    assert.equal(response.status, 401, wrong);
    assert.equal(response.headers.get('www-authenticate'), 'Bearer');
    assert.doesNotMatch(await response.text(), /parley_connections|a-token/);
  }
  const response = await ask('Bearer a-token-for-prometheus');
  assert.equal(response.status, 200);
  assert.match(await response.text(), /parley_connections 0/);
  assert.equal((await fetch(`${guarded.url}/healthz`)).status, 200);
  assert.equal((await fetch(`${server.url}/metrics`)).status, 200, 'without a token in the configuration they are open');
});

test('the bundles are for pages of the configured origins', async () => {
  const at = async (path: string, origin: string) => (await fetch(`${server.url}${path}`, { headers: { origin } })).headers;
  assert.equal((await at('/parley/nothing.js', HOST)).get('access-control-allow-origin'), HOST);
  assert.equal((await at('/parley/nothing.js', 'https://evil.example')).get('access-control-allow-origin'), null);
  const polling = await at('/socket.io/?EIO=4&transport=polling', HOST);
  assert.equal(polling.get('x-content-type-options'), 'nosniff');
  assert.equal(polling.get('access-control-allow-origin'), HOST);
});

test('a back end writes in its own tenant only', async () => {
  await api('PUT', '/v1/users/tenant-bound', { name: 'Bound' }, await backEnd({ tenant: 'other' }));
  const alice = await server.connect('alice');
  assert.deepEqual((await alice.command('directory:get', { users: ['tenant-bound'] })).people, []);
});

test('metrics count connections, commands with their results and latency, commits, entries and refusals', async (t) => {
  const counted = await startServer();
  t.after(() => counted.close());
  const [alice] = await Promise.all([counted.connect('alice'), counted.connect('bob')]);
  const conversation = await alice.startConversation('bob');
  await alice.send(conversation, 'one');
  await alice.answer('message:send', { as: 'alice', conversation, cid: v7() });
  await alice.answer('constructor', { as: 'alice' });
  alice.socket.emit('session:heads', { as: 'alice' });
  await alice.command('session:heads', {});
  await counted.connect('alice', { token: 'x' }).catch(() => undefined);
  const text = await (await fetch(`${counted.url}/metrics`)).text();
  for (const line of [
    'parley_connections 2',
    'parley_command_duration_seconds_count{command="message:send",result="ok"} 1',
    'parley_command_duration_seconds_count{command="message:send",result="INVALID"} 1',
    'parley_command_duration_seconds_bucket{le="+Inf",command="message:send",result="ok"} 1',
    'parley_packets_refused_total{reason="unknown-command"} 1',
    'parley_packets_refused_total{reason="no-acknowledgement"} 1',
    'parley_entries_total 2',
    'parley_fanout_total{kind="entry"} 2',
    'parley_authentication_failures_total{reason="malformed"} 1',
  ]) {
    assert.ok(text.includes(`${line}\n`), `${line} in\n${text}`);
  }
  assert.match(text, /parley_commit_batch_size_count [1-9]/);
  assert.ok(!text.includes(conversation) && !text.includes('alice'), 'metrics say nothing about a user');
});

test('a chunk with its hash is kept for good, what a page names itself is asked for each time', () => {
  for (const chunk of ['parley-core-lmmMy-d0.js', 'parley-panel-body-C8uyM0Nu.js', 'parley-polling-pipe-CEwf_sPm.js.map']) {
    assert.match(cacheControl(chunk), /immutable/, chunk);
  }
  for (const entry of ['parley.js', 'parley.js.map', 'parley-elements.js', 'parley.manifest.json'])
    assert.equal(cacheControl(entry), 'no-cache', entry);
});

test('[pain 5] what a page loads travels compressed, to whoever can read it, and is the same', async () => {
  const manifest = (await (await fetch(`${server.url}/parley/parley.manifest.json`)).json()) as Record<string, unknown>;
  const chunk = Object.keys(manifest).find((file) => file !== 'parley.js') ?? '';
  const ask = (encoding: string) =>
    new Promise<{ headers: IncomingHttpHeaders; bytes: Buffer }>((resolve, reject) => {
      get(`${server.url}/parley/${chunk}`, { headers: { origin: HOST, 'accept-encoding': encoding } }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => resolve({ headers: response.headers, bytes: Buffer.concat(parts) }));
      }).on('error', reject);
    });
  const [plain, gzip, brotli] = await Promise.all([ask('identity'), ask('gzip'), ask('gzip, deflate, br')]);
  assert.deepEqual(
    [plain, gzip, brotli].map(({ headers }) => headers['content-encoding']),
    [undefined, 'gzip', 'br'],
  );
  assert.deepEqual(gunzipSync(gzip.bytes), plain.bytes);
  assert.deepEqual(brotliDecompressSync(brotli.bytes), plain.bytes);
  for (const { headers } of [plain, gzip, brotli]) {
    assert.match(headers['content-type'] ?? '', /^(?:text|application)\/javascript/);
    assert.match(headers['cache-control'] ?? '', /immutable/);
    assert.match(headers['vary'] ?? '', /accept-encoding/i, 'a cache keeps them apart');
    assert.match(headers['vary'] ?? '', /origin/i, 'and the origins');
  }
});
