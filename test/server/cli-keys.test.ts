import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { decodeProtectedHeader, type JWK } from 'jose';
import { runCommand } from '../../server/cli/main.js';
import { mintToken } from '../../server/token.js';
import { SECRET, TENANT, startServer } from '../support/server.js';

const env = { PARLEY_SECRET: SECRET };

async function generate(...args: string[]): Promise<{ privateKey: JWK; keySet: { keys: JWK[] } }> {
  return JSON.parse((await runCommand(['keys', 'generate', ...args], {})).lines.join('\n')) as Awaited<ReturnType<typeof generate>>;
}

test('a key of each algorithm that parley keys makes signs people in by its key set, and no other key does', async (t) => {
  const keys = await Promise.all(['ES256', 'EdDSA', 'RS256', 'PS256'].map((alg) => generate('--alg', alg)));
  const served = createServer((_request, response) => response.end(JSON.stringify({ keys: keys.flatMap(({ keySet }) => keySet.keys) })));
  served.listen(0, '127.0.0.1');
  await new Promise((resolve) => served.once('listening', resolve));
  const jwksUrl = `http://127.0.0.1:${(served.address() as AddressInfo).port}/jwks`;
  const server = await startServer({ jwksUrl });
  t.after(async () => {
    await server.close();
    served.close();
  });
  const who = { sub: 'ann', tenant: TENANT, name: 'Ann' };
  for (const { privateKey } of keys) {
    const token = await mintToken({ ...who, key: privateKey });
    await server.connect('ann', { token });
    const { code, lines } = await runCommand(['token', 'verify', token], { PARLEY_JWKS_URL: jwksUrl });
    assert.equal(code, 0);
    assert.ok(lines.some((line) => line.includes(`${privateKey.alg ?? ''} by key ${privateKey.kid ?? ''}`)));
  }
  const stranger = await generate('--kid', keys[0]?.privateKey.kid ?? '');
  const forged = await mintToken({ ...who, key: stranger.privateKey });
  await assert.rejects(server.connect('ann', { token: forged }), { code: 'UNAUTHENTICATED' });
  const refused = await runCommand(['token', 'verify', forged], { PARLEY_JWKS_URL: jwksUrl });
  assert.deepEqual([refused.code, refused.lines[0]], [1, 'refused: signature']);
});

test('the key set has nothing of the private key, and files of a key are never written over', async (t) => {
  const { privateKey, keySet } = await generate();
  assert.ok(privateKey.d);
  assert.ok(!JSON.stringify(keySet).includes(privateKey.d));
  assert.equal(keySet.keys[0]?.d, undefined);
  const folder = await mkdtemp(join(tmpdir(), 'parley-keys-'));
  t.after(() => rm(folder, { recursive: true }));
  await runCommand(['keys', 'generate', '--out', folder], {});
  const file = join(folder, 'parley-private-key.json');
  const first = await readFile(file, 'utf8');
  assert.equal((await stat(file)).mode & 0o077, 0, 'for its owner only');
  const signed = (await runCommand(['token', '--sub', 'ops', '--tenant', TENANT, '--name', 'Ops', '--key', file], {})).lines.join('');
  assert.equal(decodeProtectedHeader(signed).kid, (JSON.parse(first) as JWK).kid, 'an operator signs with it, without the secret');
  for (const [key, says] of [
    [[], /PARLEY_SECRET, which is not set, or with --key/],
    [['--key', join(folder, 'none')], /--key: .* is no file with a private key/],
  ] as const)
    await assert.rejects(runCommand(['token', '--sub', 'ops', '--tenant', TENANT, '--name', 'Ops', ...key], {}), says);
  await assert.rejects(runCommand(['keys', 'generate', '--out', folder], {}), /EEXIST/);
  assert.equal(await readFile(file, 'utf8'), first);
  await assert.rejects(runCommand(['keys', 'generate', '--alg', 'none'], {}), /--alg: one of ES256/);
});

test('parley token verify says why a token is refused, as its developer needs it', async () => {
  const verify = async (token: string, more: Record<string, string> = {}) => {
    const { code, lines } = await runCommand(['token', 'verify', token], { ...env, ...more });
    return `${code} ${lines.join('\n')}`;
  };
  const mint = (claims: object = {}) => mintToken({ secret: SECRET, sub: 'ann', tenant: TENANT, name: 'Ann', ...claims });
  assert.match(await verify(await mint({ initiate: true, roles: ['admin'] })), /^0 accepted[^]*ann \(Ann\)[^]*rights {2}initiate, admin/);
  assert.match(await verify(await mint(), { PARLEY_AUDIENCE: 'chat' }), /^1 refused: claims[^]*aud: parley; expected chat/);
  assert.match(await verify(await mint(), { PARLEY_ISSUER: 'https://a.example' }), /iss: missing; expected https:\/\/a\.example/);
  assert.match(await verify(await mint({ tenant: undefined })), /tenant: missing/);
  assert.match(await verify(await mint({ lifetime: 5_000 })), /refused: lifetime[^]*PARLEY_TOKEN_LIFETIME: 900 s/);
  assert.match(await verify(await mint({ lifetime: -100 })), /refused: expired/);
  assert.match(await verify(await mint({ secret: 'x'.repeat(32) })), /refused: signature/);
  assert.match(await verify('a.b'), /refused: malformed/);
  const { privateKey } = await generate();
  assert.match(await verify(await mint({ secret: undefined, key: privateKey })), /refused: algorithm[^]*PARLEY_JWKS_URL/);
});

test('parley token signs for development what parley token verify accepts', async () => {
  const args = ['--sub', 'ann', '--tenant', TENANT, '--name', 'Ann', '--initiate', '--admin', '--scope', 'parley:directory', '--ttl', '60'];
  const [token = ''] = (await runCommand(['token', ...args], env)).lines;
  const { lines } = await runCommand(['token', 'verify', token], env);
  assert.match(lines.join('\n'), /initiate, admin[^]*parley:directory[^]*, (59|60) s/);
  await assert.rejects(runCommand(['token', '--sub', 'ann'], env), /--tenant: needed\n--name: needed/);
  await assert.rejects(runCommand(['token', ...args, '--initiate=x'], env), /--initiate: takes no value/);
});

test('mintToken says what it lacks', async () => {
  const who = { sub: 'ann', tenant: TENANT, name: 'Ann' };
  await assert.rejects(mintToken(who), TypeError);
  await assert.rejects(mintToken({ ...who, key: { kty: 'EC' } }), /does not say its alg/);
});
