import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ConfigError, createServer, readConfig } from '../../server/index.js';
import { problems } from './config-problems.js';
import { isRefusedByBrowsers } from '../../server/browser-ports.js';
import { settingSchemas } from '../../server/config.js';
import { variableOf } from '../../server/config-names.js';
import { describeConfig, readSources } from '../../server/config-sources.js';

const SECRET = '0123456789abcdef0123456789abcdef';
const minimal = { PARLEY_SECRET: SECRET };

test('a secret is enough; everything else has its default', () => {
  const config = readConfig(minimal);
  assert.equal(config.host, '127.0.0.1');
  assert.equal(config.port, 4100);
  assert.equal(config.data, './data');
  assert.deepEqual(config.origins, []);
  assert.equal(config.nativeClients, false);
  assert.equal(config.audience, 'parley');
  assert.equal(config.tokenLifetime, 900);
  assert.deepEqual(config.secret, [SECRET]);
});

test('values are read from text, and a flag wins over a variable', () => {
  const config = readConfig(
    { ...minimal, PARLEY_PORT: '5000', PARLEY_ORIGINS: 'https://a.example, https://b.example:8443', PARLEY_NATIVE_CLIENTS: 'true' },
    { port: '5001' },
  );
  assert.equal(config.port, 5001);
  assert.deepEqual(config.origins, ['https://a.example', 'https://b.example:8443']);
  assert.equal(config.nativeClients, true);
});

test('a wrong value names its variable and not the value', () => {
  for (const [variable, value] of [
    ['PARLEY_PORT', '99999'],
    ['PARLEY_PORT', 'chat'],
    ['PARLEY_ORIGINS', '*'],
    ['PARLEY_ORIGINS', 'https://a.example/path'],
    ['PARLEY_ORIGINS', 'a.example'],
    ['PARLEY_SECRET', 'too-short'],
    ['PARLEY_SECRET', `${SECRET},short`],
    ['PARLEY_JWKS_URL', 'http://keys.example/jwks'],
    ['PARLEY_INITIATE', 'nobody'],
    ['PARLEY_NATIVE_CLIENTS', 'maybe'],
    ['PARLEY_TOKEN_LIFETIME', '-1'],
    ['PARLEY_LOG_LEVEL', 'loud'],
    ['PARLEY_TLS_CERT', 'cert.pem'],
  ] as const) {
    const message = problems({ ...minimal, [variable]: value });
    assert.match(message, new RegExp(variable === 'PARLEY_TLS_CERT' ? 'PARLEY_TLS_KEY' : variable), `${variable}=${value}`);
    if (variable === 'PARLEY_SECRET') assert.ok(!message.includes('too-short'));
  }
  assert.match(problems(minimal, { port: '-' }), /--port/);
});

test('all problems are named at once', () => {
  const message = problems({ ...minimal, PARLEY_PORT: 'x', PARLEY_RATE_READS: 'y' });
  assert.match(message, /PARLEY_PORT[^]*PARLEY_RATE_READS/);
});

test('an unknown variable or flag is an error that names the nearest one', () => {
  assert.match(problems({ ...minimal, PARLEY_ORIGIN: 'https://a.example' }), /PARLEY_ORIGIN: .*PARLEY_ORIGINS/);
  assert.match(problems({ ...minimal, PARLEY_PROT: '1' }), /PARLEY_PORT/);
  assert.match(problems(minimal, { prot: '1' }), /--prot: .*--port/);
  assert.doesNotThrow(() => readConfig({ ...minimal, PARLEY_DEMO_PORT: '4000', OTHER: 'x' }));
});

test('whatever may hold a password comes from a file, too, and is shown to nobody', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-config-'));
  t.after(() => rm(folder, { recursive: true }));
  const secrets = {
    PARLEY_DATABASE_URL: 'postgres://parley:canary@db.example/parley',
    PARLEY_REDIS_URL: 'redis://:canary@redis.example:6379',
    PARLEY_SMTP_URL: 'smtps://user:canary@mail.example.org',
    PARLEY_METRICS_TOKEN: 'canary-of-sixteen',
    PARLEY_ANCHOR_KEY: 'canary',
    PARLEY_HOST_KEYS: `north=${'canary'.repeat(6)}`,
    PARLEY_SECRET: 'canary'.repeat(6),
  };
  for (const [variable, value] of Object.entries(secrets)) {
    const path = join(folder, variable);
    await writeFile(path, `${value}\n`);
    const mail = variable === 'PARLEY_SMTP_URL' ? { PARLEY_MAIL_FROM: 'chat@parley.example' } : {};
    const rest = variable === 'PARLEY_SECRET' ? {} : minimal;
    const shown = describeConfig(readSources({ ...rest, ...mail, [`${variable}_FILE`]: path }));
    assert.match(shown, new RegExp(`^${variable}=\\*+  .*${variable}_FILE$`, 'm'), `${variable}_FILE is read and masked`);
    assert.ok(!shown.includes('canary'));
  }
  assert.match(describeConfig(readSources(minimal)), /^PARLEY_HOST_KEYS= +# default$/m, 'what is not set is not masked');
});

test('without a way to check tokens it does not start', () => {
  assert.match(problems({}), /PARLEY_SECRET.*PARLEY_JWKS_URL/);
  assert.doesNotThrow(() => readConfig({ PARLEY_JWKS_URL: 'https://keys.example/jwks' }));
  assert.doesNotThrow(() => readConfig({ ...minimal, PARLEY_JWKS_URL: 'http://localhost:3000/jwks' }));
});

test('a secret may come from a file, and not from two places', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-config-'));
  t.after(() => rm(folder, { recursive: true }));
  const path = join(folder, 'secret');
  await writeFile(path, `${SECRET}\n`);
  assert.deepEqual(readConfig({ PARLEY_SECRET_FILE: path }).secret, [SECRET]);
  assert.match(problems({ PARLEY_SECRET_FILE: path, PARLEY_SECRET: SECRET }), /PARLEY_SECRET_FILE/);
  assert.match(problems({ PARLEY_SECRET_FILE: join(folder, 'none') }), /PARLEY_SECRET_FILE: .*cannot be read/);
});

test('a port that browsers refuse is refused at start, unless a proxy stands in front', async () => {
  for (const port of [1, 22, 4190, 6000, 6667, 10080]) {
    assert.match(problems({ ...minimal, PARLEY_PORT: String(port) }), new RegExp(`PARLEY_PORT: browsers refuse .*${port}`));
    assert.equal(readConfig({ ...minimal, PARLEY_PORT: String(port), PARLEY_TRUST_PROXY: '1' }).port, port);
  }
  for (const port of [0, 80, 443, 4100, 4191, 8080]) assert.equal(readConfig({ ...minimal, PARLEY_PORT: String(port) }).port, port);
  // The same list as that of the fetch in this Node, which never sends what it refuses.
  const listed = Array.from({ length: 10_080 }, (_, index) => index + 1).filter(isRefusedByBrowsers);
  for (const port of listed) {
    await assert.rejects(fetch(`http://127.0.0.1:${port}`), (error: Error) => (error.cause as Error).message === 'bad port', `${port}`);
  }
  assert.equal(listed.length, 82);
});

test('[attack 21] in production, plain ws:// is refused at start', () => {
  const production = { ...minimal, NODE_ENV: 'production' };
  assert.match(problems(production), /PARLEY_TLS_CERT/);
  assert.doesNotThrow(() => readConfig({ ...production, PARLEY_TRUST_PROXY: '1' }));
  assert.doesNotThrow(() => readConfig({ ...production, PARLEY_TLS_CERT: 'c', PARLEY_TLS_KEY: 'k' }));
});

test('the printed configuration masks secrets', () => {
  const printed = describeConfig(readSources({ ...minimal, PARLEY_METRICS_TOKEN: 'a-token-for-prometheus' }));
  assert.match(printed, /^PARLEY_METRICS_TOKEN=\*+ +# PARLEY_METRICS_TOKEN$/m);
  assert.match(printed, /^PARLEY_SECRET=\*+ +# PARLEY_SECRET$/m);
  assert.match(printed, /^PARLEY_PORT=4100 +# default$/m);
  assert.ok(!printed.includes(SECRET));
});

test('an embedding program gets the same checks', async () => {
  await assert.rejects(
    createServer({ secret: 'short' }),
    (error: Error) => error instanceof ConfigError && error.message.includes('secret'),
  );
});

test('a certificate that is none stops the start and leaves nothing open', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-config-'));
  t.after(() => rm(folder, { recursive: true }));
  const wrong = join(folder, 'wrong.pem');
  await writeFile(wrong, 'no certificate');
  for (const tlsCert of [wrong, join(folder, 'none.pem')]) {
    await assert.rejects(
      createServer({ secret: SECRET, data: folder, tlsCert, tlsKey: wrong, logLevel: 'silent' }),
      (error: Error) => error instanceof ConfigError && error.message.includes('PARLEY_TLS_CERT'),
    );
  }
  // The store is free for the next attempt.
  const server = await createServer({ secret: SECRET, data: folder, port: 0, logLevel: 'silent' });
  await server.close();
});

test('a host key names its tenant, is long, may come from a file, and is shown to nobody', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-config-'));
  t.after(() => rm(folder, { recursive: true }));
  const [north, south] = [`north=${'n'.repeat(32)}`, `south=${'s/+=!'.repeat(7)}`];
  const path = join(folder, 'keys');
  await writeFile(path, `${north},${south}\n`);
  assert.deepEqual(readConfig({ ...minimal, PARLEY_HOST_KEYS_FILE: path }).hostKeys, [north, south]);
  for (const wrong of [
    'n'.repeat(40),
    `north=${'n'.repeat(31)}`,
    `=${'n'.repeat(32)}`,
    `no rth=${'n'.repeat(32)}`,
    `north=${'n'.repeat(31)} x`,
  ]) {
    const message = problems({ ...minimal, PARLEY_HOST_KEYS: wrong });
    assert.match(message, /PARLEY_HOST_KEYS/);
    assert.ok(!message.includes('nnn'));
  }
  assert.match(describeConfig(readSources({ ...minimal, PARLEY_HOST_KEYS: north })), /^PARLEY_HOST_KEYS=\*+ /m);
});

test('the guide of the server names every setting by its variable', async () => {
  const readme = await readFile(new URL('../../../server/README.md', import.meta.url), 'utf8');
  const rows = readme.split('\n').filter((line) => line.startsWith('|'));
  const missing = Object.keys(settingSchemas)
    .map(variableOf)
    .filter((variable) => !rows.some((row) => row.includes(`\`${variable}\``)));
  assert.deepEqual(missing, []);
});
