import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SECRET, TENANT, startServer } from '../support/server.js';
import type { TestServer } from '../support/server.js';

const HOST = 'https://host.example';
const ADMIN = { scope: 'parley:admin' };
const READS = ['/v1/admin/overview', '/v1/admin/conversations'];

let server: TestServer;
let chat = '';
before(async () => {
  server = await startServer({ origins: [HOST], adminPage: true });
  const [alice] = await Promise.all([server.connect('alice'), server.connect('bob')]);
  chat = await alice.startConversation('bob');
  await alice.send(chat, 'canary-text');
  await Promise.all([
    server.connect('eve', { claims: { tenant: 'south', name: 'Canary-Name' } }),
    server.connect('fay', { claims: { tenant: 'south' } }),
  ]);
});
after(() => server.close());

async function ask(
  path: string,
  token?: string,
  init: RequestInit = {},
): Promise<{ status: number; text: string; code: string | undefined }> {
  const headers = { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...(init.headers as Record<string, string>) };
  const response = await fetch(`${server.url}${path}`, { ...init, headers });
  const text = await response.text();
  const code = response.headers.get('content-type')?.includes('json')
    ? (JSON.parse(text) as { error?: { code: string } }).error?.code
    : undefined;
  return { status: response.status, text, code };
}
const read = async <T>(path: string, token: string): Promise<T> => JSON.parse((await ask(path, token)).text) as T;

interface Overview {
  counts: Record<string, number>;
  health: { store: { ok: boolean }; nodes: string; mail: string; archive: { anchors: boolean } };
}
interface Conversations {
  conversations: { id: string; entries: number; memberCount: number }[];
  more: boolean;
}

test('[Y2] an administrator sees counts, health, and that conversations are there; and it is written down', async () => {
  const token = await server.token('ops', ADMIN);
  const { counts, health } = await read<Overview>('/v1/admin/overview', token);
  assert.deepEqual(counts, { online: 2, connections: 2, people: 2, conversations: 1 });
  assert.deepEqual([health.store.ok, health.nodes, health.mail, health.archive.anchors], [true, 'alone', 'off', false]);
  const { text } = await ask('/v1/admin/conversations', token);
  const { conversations } = JSON.parse(text) as Conversations;
  assert.deepEqual(
    conversations.map(({ id, entries, memberCount }) => [id, entries, memberCount]),
    [[chat, 2, 2]],
  );
  for (const secret of ['canary', 'alice', 'bob', 'Name of']) assert.ok(!text.includes(secret), secret);
  const { records } = await server.server.storage.auditRecords(TENANT, { after: 0, limit: 1_000 });
  const last = records.at(-1);
  assert.deepEqual([last?.act, last?.by, last?.facts], ['conversations:listed', { kind: 'host', id: 'ops' }, { count: 1 }]);
});

test('[Y1] without the right nothing is read: no token, a forged one, other rights, the role admin, an auditor', async () => {
  const wrong: [number, string | undefined][] = [
    [401, undefined],
    [401, 'a.b.c'],
    [401, await server.token('ops', { ...ADMIN, secret: `${SECRET}!` } as object)],
    [403, await server.token('ops')],
    [403, await server.token('ops', { scope: 'parley:directory parley:policies parley:phone' })],
    [403, await server.token('ops', { scope: 'parley:administrator admin parley:admin:all' })],
    [403, await server.token('ops', { roles: ['admin', 'auditor', 'parley:admin'] })],
  ];
  const before = await server.server.storage.auditRecords(TENANT, { after: 0, limit: 1_000 });
  for (const path of READS)
    for (const [status, token] of wrong) {
      const answer = await ask(path, token);
      assert.equal(answer.status, status, `${path} with ${token ?? 'nothing'}`);
      assert.ok(!answer.text.includes(chat));
    }
  assert.equal((await server.server.storage.auditRecords(TENANT, { after: 0, limit: 1_000 })).head, before.head, 'and no reading is noted');
});

test('[Y1] the right to look is no right to change', async () => {
  const token = await server.token('ops', ADMIN);
  const json = { 'content-type': 'application/json' };
  for (const [method, path, body] of [
    ['PUT', '/v1/policies', '{"enabled":false}'],
    ['GET', '/v1/policies', undefined],
    ['PUT', '/v1/predefined-messages', '{"messages":[]}'],
    ['POST', '/v1/users/bob/revoke', undefined],
    ['DELETE', '/v1/users/bob', undefined],
  ] as const) {
    const { code } = await ask(path, token, { method, headers: json, ...(body === undefined ? {} : { body }) });
    assert.equal(code, 'ROLE_FORBIDDEN', `${method} ${path}`);
  }
});

test('[attack 12] an administrator of one tenant sees nothing of another, whatever they ask', async () => {
  const south = await server.token('ops', { ...ADMIN, tenant: 'south' });
  assert.deepEqual((await read<Overview>('/v1/admin/overview', south)).counts, { online: 2, connections: 2, people: 2, conversations: 0 });
  for (const path of ['/v1/admin/conversations', `/v1/admin/conversations?before=${chat}`, `/v1/admin/conversations?tenant=${TENANT}`])
    assert.deepEqual(await read<Conversations>(path, south), { conversations: [], more: false }, path);
  const revoke = await server.token('ops', { scope: 'parley:directory', tenant: 'south' });
  await ask('/v1/users/alice/revoke', revoke, { method: 'POST' });
  assert.equal(await server.server.storage.tokensSince(TENANT, 'alice'), 0, 'alice of the other tenant goes on');
});

test('[attack 10] [attack 5] a token that was seen once is worth nothing after its end, or after its user was revoked', async () => {
  const token = await server.token('mallory', { scope: 'parley:admin' });
  for (const path of READS) assert.equal((await ask(path, token)).status, 200);
  const operator = await server.token('ops', { scope: 'parley:directory' });
  assert.equal((await ask('/v1/users/mallory/revoke', operator, { method: 'POST' })).status, 200);
  for (const path of READS) assert.equal((await ask(path, token)).code, 'UNAUTHENTICATED', path);
  const over = await server.token('ops', { ...ADMIN, lifetime: -120 });
  for (const path of READS) assert.equal((await ask(path, over)).status, 401, path);
});

test('[attack 14] pages of others: no cookie speaks for anybody, a form changes nothing, and a token in foreign hands is refused from there', async () => {
  const token = await server.token('ops', ADMIN);
  for (const site of ['cross-site', 'same-site', 'none'])
    for (const path of READS) {
      const { status, text } = await ask(path, token, { headers: { 'sec-fetch-site': site, origin: HOST } });
      assert.equal(status, 403, `${site} ${path}`);
      assert.ok(!text.includes(chat));
    }
  const page = await fetch(`${server.url}/admin`);
  assert.equal(page.headers.get('set-cookie'), null);
  const form = { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
  for (const path of ['/v1/users/bob/revoke', '/admin', '/admin/', '/v1/admin/overview'])
    assert.ok([401, 403, 404].includes((await ask(path, undefined, { method: 'POST', headers: form, body: 'a=b' })).status), path);
  assert.equal(await server.server.storage.tokensSince(TENANT, 'bob'), 0);
  const foreign = await fetch(`${server.url}/v1/admin/overview`, {
    headers: { origin: 'https://evil.example', authorization: `Bearer ${token}` },
  });
  assert.equal(foreign.headers.get('access-control-allow-origin'), null);
});

test('[attack 63] [Y3] the page loads its own files under a policy without inline, frames, forms and strings that become code', async () => {
  const page = await fetch(`${server.url}/admin`);
  const html = await page.text();
  const policy = page.headers.get('content-security-policy') ?? '';
  assert.match(policy, /^default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';/);
  for (const rule of [
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ])
    assert.ok(policy.includes(rule), rule);
  assert.doesNotMatch(policy, /unsafe|nonce|https?:|\*/);
  assert.equal(page.headers.get('cache-control'), 'no-store');
  assert.equal(page.headers.get('x-frame-options'), 'DENY');
  assert.doesNotMatch(html, /<script(?![^>]+src=)|<style|style="|\son\w+=/);
  for (const [path, type] of [
    ['/admin/main.js', /javascript/],
    ['/admin/api.js', /javascript/],
    ['/admin/admin.css', /css/],
  ] as const) {
    const file = await fetch(`${server.url}${path}`);
    assert.equal(file.status, 200, path);
    assert.match(file.headers.get('content-type') ?? '', type);
    assert.equal(file.headers.get('content-security-policy'), policy);
  }
  for (const path of [
    '/admin/../config.js',
    '/admin/%2e%2e/config.js',
    '/admin/..%2fhealth.js',
    '/admin/page.js',
    '/admin/main.d.ts',
    '/admin/health.js',
  ])
    assert.ok([400, 404].includes((await fetch(`${server.url}${path}`)).status), path);
});

test('[Y1] where the operator admits no admin page there is none, whatever a token says', async (t) => {
  const plain = await startServer();
  t.after(() => plain.close());
  const token = await plain.token('ops', ADMIN);
  for (const path of ['/admin', '/admin/', '/admin/main.js', ...READS]) {
    const response = await fetch(`${plain.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
    assert.equal(response.status, 404, path);
  }
});

test('[attack 30] what is no id is refused, and nothing is read', async () => {
  const token = await server.token('ops', ADMIN);
  for (const before of ['', 'x', "' OR 1=1 --", `${chat}x`, '1'])
    assert.equal((await ask(`/v1/admin/conversations?before=${encodeURIComponent(before)}`, token)).code, 'INVALID', before);
  assert.equal((await ask(`/v1/admin/conversations?before=${chat}&before=${chat}`, token)).code, 'INVALID');
});
