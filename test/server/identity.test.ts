import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { SignJWT, UnsecuredJWT, base64url, exportJWK, exportSPKI, generateKeyPair } from 'jose';
import type { CryptoKey } from 'jose';
import type { ParleyError } from '#protocol';
import { mintToken, readConfig } from '../../server/index.js';
import { IdentityVerifier } from '../../server/realtime/identity.js';
import { Refusal, SECRET, startServer } from '../support/server.js';
import type { TestServer } from '../support/server.js';

const ANOTHER_SECRET = 'another-secret-of-more-than-32-bytes-in-length';
const RETIRED_SECRET = 'a-retired-secret-of-more-than-32-bytes-in-length';

let server: TestServer;
let privateKey: CryptoKey;
let publicPem: string;
let keyServer: ReturnType<typeof createServer>;
let keyRequests: string[] = [];
let keyAddress: string;

before(async () => {
  const pair = await generateKeyPair('RS256', { extractable: true });
  privateKey = pair.privateKey;
  publicPem = await exportSPKI(pair.publicKey);
  const keys = { keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'current', alg: 'RS256', use: 'sig' }] };
  keyServer = createServer((request, response) => {
    keyRequests.push(request.url ?? '');
    response.setHeader('content-type', 'application/json').end(JSON.stringify(keys));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => keyServer.once('listening', resolve));
  keyAddress = `http://127.0.0.1:${(keyServer.address() as AddressInfo).port}`;
  server = await startServer({
    secret: [SECRET, ANOTHER_SECRET],
    jwksUrl: `${keyAddress}/jwks`,
    issuer: 'host',
    rateRefusals: 0,
  });
});
after(async () => {
  await server.close();
  keyServer.close();
  keyServer.closeAllConnections();
});

const bytes = (text: string) => new TextEncoder().encode(text);
const seconds = () => Math.floor(Date.now() / 1000);

/** A token that is right in everything, for the test to spoil one thing. */
function sign(
  change: Record<string, unknown> = {},
  { secret = SECRET, header = {} }: { secret?: string; header?: Record<string, unknown> } = {},
): Promise<string> {
  const claims: Record<string, unknown> = {
    sub: 'alice',
    tenant: 'demo',
    name: 'Alice',
    aud: 'parley',
    iss: 'host',
    iat: seconds(),
    exp: seconds() + 600,
    ...change,
  };
  return new SignJWT(Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined)))
    .setProtectedHeader({ alg: 'HS256', ...header })
    .sign(bytes(secret));
}

async function refused(token: string, code = 'UNAUTHENTICATED'): Promise<void> {
  await assert.rejects(server.connect('alice', { token }), (error) => error instanceof Refusal && error.code === code);
  const honest = await server.connect('alice', { token: await sign() });
  assert.ok(honest.connected, 'an honest user is still served');
  honest.close();
}

test('tokens signed with the shared secret and with the public key are accepted', async () => {
  await server.connect('alice', { token: await sign() });
  const token = await mintToken({
    key: { privateKey, alg: 'RS256', kid: 'current' },
    issuer: 'host',
    sub: 'carol',
    tenant: 'demo',
    name: 'Carol',
  });
  const carol = await server.connect('carol', { token });
  assert.equal((await carol.event('session:started')).session.user.name, 'Carol');
});

test('[attack 1] alg: none', async () => {
  const unsecured = new UnsecuredJWT({
    sub: 'alice',
    tenant: 'demo',
    name: 'Alice',
    aud: 'parley',
    iss: 'host',
    iat: seconds(),
    exp: seconds() + 600,
  }).encode();
  await refused(unsecured);
  await refused((await sign()).replace(/^[^.]+/, base64url.encode('{"alg":"None"}')));
});

test('[attack 2] HS256 with the public key as its secret', async () => {
  await refused(await sign({}, { secret: publicPem }));
});

test('[attack 3] kid with a path, jku and jwk headers: refused, and nothing but the key set is fetched', async () => {
  const evil = await generateKeyPair('RS256', { extractable: true });
  const jwk = await exportJWK(evil.publicKey);
  keyRequests = [];
  const address = `${keyAddress}/evil`;
  for (const header of [{ kid: '../../dev/null' }, { jku: address }, { x5u: address }, { kid: address, jku: address }, { jwk }]) {
    const token = await new SignJWT({ tenant: 'demo', name: 'Alice' })
      .setProtectedHeader({ alg: 'RS256', ...header })
      .setSubject('alice')
      .setAudience('parley')
      .setIssuer('host')
      .setIssuedAt()
      .setExpirationTime('10m')
      .sign(evil.privateKey);
    await refused(token);
  }
  assert.deepEqual(
    keyRequests.filter((url) => url !== '/jwks'),
    [],
  );
});

test('[attack 4] wrong audience, wrong issuer, an ID token', async () => {
  await refused(await sign({ aud: 'another-app' }));
  await refused(await sign({ aud: undefined }));
  await refused(await sign({ iss: 'somebody' }));
  await refused(await sign({ aud: 'client-id', tenant: undefined, nonce: 'n', at_hash: 'h' }));
});

test('[attack 5] past its end by 61 s, not yet valid by 61 s; 59 s are tolerated', async () => {
  await refused(await sign({ iat: seconds() - 500, exp: seconds() - 62 }), 'TOKEN_EXPIRED');
  await refused(await sign({ nbf: seconds() + 62 }));
  await refused(await sign({ iat: seconds() + 62, exp: seconds() + 600 }));
  for (const change of [{ nbf: seconds() + 58 }, { iat: seconds() + 58 }, { iat: seconds() - 500, exp: seconds() - 55 }]) {
    const tolerated = await server.connect('alice', { token: await sign(change) });
    assert.deepEqual((await tolerated.event('session:started')).session.user.id, 'alice', JSON.stringify(change));
  }
});

test('[attack 6] without an end, or with more life than is admitted', async () => {
  await refused(await sign({ exp: undefined }));
  await refused(await sign({ iat: undefined }));
  await refused(await sign({ exp: seconds() + 901 }));
  await refused(await sign({ exp: 'tomorrow' }));
});

test('[attack 7] sub missing, an array, 10 kB, with controls; claims that are no person', async () => {
  for (const sub of [undefined, ['alice'], 'x'.repeat(10_240), '', 'a b', 'a\nb', { toString: 'alice' }])
    await refused(await sign({ sub }));
  await refused(await sign({ tenant: 'a:b' }));
  await refused(await sign({ tenant: undefined }));
  await refused(await sign({ name: undefined }));
  await refused(await sign({ name: '\u202Eecila' }));
  await refused(await sign({ name: { first: 'A' } }));
  await refused(await sign({ initiate: 'yes' }));
});

test('[attack 7] [attack 77] a user called __proto__ or constructor is a user like any other', async () => {
  for (const sub of ['__proto__', 'constructor', 'hasOwnProperty']) {
    const client = await server.connect(sub, { token: await sign({ sub }) });
    assert.equal((await client.event('session:started')).session.user.id, sub);
    assert.deepEqual(
      (await client.command('directory:get', { users: [sub] })).people.map(({ id }) => id),
      [sub],
    );
  }
});

test('[attack 12] a token of one tenant opens nothing of another', async () => {
  const alice = await server.connect('alice', { token: await sign() });
  await server.connect('bob', { token: await sign({ sub: 'bob', name: 'Bob' }) });
  const conversation = await alice.startConversation('bob');
  const twin = await server.connect('alice', { token: await sign({ tenant: 'other' }) });
  assert.deepEqual((await twin.event('session:started')).synced.state?.conversations, []);
  await assert.rejects(twin.command('entry:range', { conversation, limit: 10 }), (error: Refusal) => error.code === 'NOT_FOUND');
});

test('[attack 13] a rotated secret is accepted while it stands in the list, and not after', async () => {
  const overlapping = await server.connect('alice', { token: await sign({}, { secret: ANOTHER_SECRET }) });
  assert.ok(overlapping.connected);
  await refused(await sign({}, { secret: RETIRED_SECRET }));
});

test('[attack 13] PARLEY_SECRET with two secrets: the rotation from one to the next cuts nobody off', async () => {
  const [retiring, next] = ['the-secret-that-is-being-replaced-32', 'the-secret-that-comes-after-it-now-32'];
  const configured = (value: string) => readConfig({ PARLEY_SECRET: value }).secret ?? [];
  const tokens = async (secret: string) => mintToken({ secret, sub: 'alice', tenant: 'demo', name: 'Alice' });
  const outcome = async (value: string) => {
    const rotating = await startServer({ secret: configured(value) });
    const tried = [await tokens(retiring), await tokens(next)].map((token) =>
      rotating.connect('alice', { token }).then(
        () => 'in',
        (error: Refusal) => error.code,
      ),
    );
    const outcomes = await Promise.all(tried);
    await rotating.close();
    return outcomes;
  };
  assert.deepEqual(await outcome(retiring), ['in', 'UNAUTHENTICATED']);
  assert.deepEqual(await outcome(`${next},${retiring}`), ['in', 'in']);
  assert.deepEqual(await outcome(next), ['UNAUTHENTICATED', 'in']);
});

test('[attack 13] a key that leaves the key set is refused ten minutes later at the latest, and one that comes is accepted within half a minute', async (t) => {
  const [old, next] = [await generateKeyPair('ES256', { extractable: true }), await generateKeyPair('ES256', { extractable: true })];
  const keyOf = async (pair: typeof old, kid: string) => ({ ...(await exportJWK(pair.publicKey)), kid, alg: 'ES256', use: 'sig' });
  const [oldKey, nextKey] = [await keyOf(old, 'old'), await keyOf(next, 'next')];
  let keys = [oldKey];
  const host = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys }));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => host.once('listening', resolve));
  t.after(() => {
    host.close();
    host.closeAllConnections();
  });
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() });
  const jwksUrl = `http://127.0.0.1:${(host.address() as AddressInfo).port}/`;
  const verifier = new IdentityVerifier({ secrets: [], jwksUrl, issuer: undefined, audience: 'parley', lifetime: 900, auditors: false });
  const outcome = async (pair: typeof old, kid: string) => {
    const token = await mintToken({ key: { privateKey: pair.privateKey, alg: 'ES256', kid }, sub: 'alice', tenant: 'demo', name: 'Alice' });
    return verifier.verify(token).then(
      ({ person }) => person.id,
      (error: ParleyError) => error.code,
    );
  };
  const both = async () => [await outcome(old, 'old'), await outcome(next, 'next')];
  assert.deepEqual(await both(), ['alice', 'UNAUTHENTICATED']);
  keys = [nextKey, oldKey];
  t.mock.timers.tick(31_000);
  assert.deepEqual(await both(), ['alice', 'alice'], 'the overlap');
  keys = [nextKey];
  t.mock.timers.tick(600_000);
  assert.deepEqual(await both(), ['UNAUTHENTICATED', 'alice']);
});

test('a token that is no token, or too long', async () => {
  for (const token of ['', 'x', 'a.b.c', 'x'.repeat(9_000)]) await refused(token);
  await assert.rejects(server.connect('alice', { auth: { token: undefined } }), (error: Refusal) => error.code === 'UNAUTHENTICATED');
  await assert.rejects(server.connect('alice', { auth: { token: ['x'] } }), (error: Refusal) => error.code === 'UNAUTHENTICATED');
});
