import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { readConfig } from '../../server/index.js';
import { problems } from './config-problems.js';
import { describeConfig, readSources } from '../../server/config-sources.js';

const SECRET = '0123456789abcdef0123456789abcdef';
let folder = '';
let path = '';
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-config-file-'));
  path = join(folder, 'parley.json');
});
after(() => rm(folder, { recursive: true }));

const write = (settings: unknown) => writeFile(path, typeof settings === 'string' ? settings : JSON.stringify(settings));

test('a file has every setting by the name of the option, in types of JSON or as text', async () => {
  await write({ secret: SECRET, port: 5000, origins: ['https://a.example', 'https://b.example'], nativeClients: true, rateReads: '7' });
  for (const config of [readConfig({ PARLEY_CONFIG: path }), readConfig({}, { config: path })]) {
    assert.equal(config.port, 5000);
    assert.deepEqual(config.origins, ['https://a.example', 'https://b.example']);
    assert.equal(config.nativeClients, true);
    assert.equal(config.rateReads, 7);
    assert.deepEqual(config.secret, [SECRET]);
  }
});

test('a flag wins over a variable and a variable over the file; config print says which it was', async () => {
  await write({ secret: SECRET, port: 5000, audience: 'file', issuer: 'file' });
  const sourced = readSources({ PARLEY_CONFIG: path, PARLEY_AUDIENCE: 'variable', PARLEY_ISSUER: 'variable' }, { issuer: 'flag' });
  const { config } = sourced;
  assert.deepEqual([config.port, config.audience, config.issuer], [5000, 'variable', 'flag']);
  const printed = describeConfig(sourced);
  assert.match(printed, new RegExp(`^PARLEY_PORT=5000 +# ${path} port$`, 'm'));
  assert.match(printed, /^PARLEY_AUDIENCE=variable +# PARLEY_AUDIENCE$/m);
  assert.match(printed, /^PARLEY_ISSUER=flag +# --issuer$/m);
  assert.match(printed, /^PARLEY_HOST=127\.0\.0\.1 +# default$/m);
  assert.ok(!printed.includes(SECRET));
});

test('a secret may come from a file of its own, whoever names it', async () => {
  const secretFile = join(folder, 'secret');
  await writeFile(secretFile, `${SECRET}\n`);
  await write({ secretFile });
  assert.deepEqual(readConfig({ PARLEY_CONFIG: path }).secret, [SECRET]);
  assert.deepEqual(readConfig({}, { 'secret-file': secretFile }).secret, [SECRET]);
  await write({ secretFile, secret: SECRET });
  assert.match(problems({ PARLEY_CONFIG: path }), /secret: set together with .*secretFile/);
  assert.match(problems({}, { 'secret-file': secretFile, secret: SECRET }), /--secret: set together with --secret-file/);
  const other = 'x'.repeat(32);
  await write({ secretFile });
  assert.deepEqual(readConfig({ PARLEY_CONFIG: path, PARLEY_SECRET: other }).secret, [other], 'of two places one wins');
});

test('an unknown key of the file is an error that names the nearest one, and so are names that are not quite the file', async () => {
  await write({ secret: SECRET, prot: 1, origin: [] });
  assert.match(problems({ PARLEY_CONFIG: path }), /prot: unknown; did you mean .* port\?[^]*origin: unknown; did you mean .* origins\?/);
  assert.match(problems({ PARLEY_CONFG: path }), /PARLEY_CONFG: unknown; did you mean PARLEY_CONFIG\?/);
  assert.match(problems({}, { confg: path }), /--confg: unknown; did you mean --config\?/);
});

test('a file that is none, cannot be read or holds a wrong value stops the start and shows no value', async () => {
  for (const wrong of ['{"secret": "canary', '[]', '"canary"', 'null']) {
    await write(wrong);
    const message = problems({ PARLEY_CONFIG: path });
    assert.match(message, /PARLEY_CONFIG: .* is no JSON object/);
    assert.ok(!message.includes('canary'));
  }
  await write({ secret: SECRET, port: { canary: 1 }, origins: 5 });
  const message = problems({ PARLEY_CONFIG: path });
  assert.match(message, /parley\.json port: [^]*parley\.json origins: /);
  assert.ok(!message.includes('canary'));
  assert.match(problems({}, { config: join(folder, 'none.json') }), /--config: the file cannot be read/);
});

test('of an address config print shows neither who it is asked as nor what its query says', () => {
  for (const [given, shown] of [
    ['https://u:p@ss@heads.example/x?sig=private&v=1', 'https://********@heads.example/x?sig=********&v=********'],
    ['https://heads.example/parley', 'https://heads.example/parley'],
    ['/var/heads', '/var/heads'],
  ] as const) {
    const printed = describeConfig(
      readSources({ PARLEY_SECRET: SECRET, PARLEY_JWKS_URL: 'https://keys.example/?code=private', PARLEY_ANCHORS: given }),
    );
    assert.doesNotMatch(printed, /private|p@ss/);
    assert.match(printed, new RegExp(`^PARLEY_ANCHORS=${shown.replaceAll(/[*?.[]/g, '\\$&')} `, 'm'));
  }
});

test('an address that carries a secret may come from a file, too', async () => {
  const file = join(folder, 'anchors');
  await writeFile(file, 'https://heads.example/?sig=private\n');
  assert.equal(readConfig({ PARLEY_SECRET: SECRET, PARLEY_ANCHORS_FILE: file }).anchors, 'https://heads.example/?sig=private');
});

test('config print needs no key, and shows none', () => {
  const printed = describeConfig(readSources({}, {}, { keyless: true }));
  assert.match(printed, /^PARLEY_SECRET= +# default$/m);
});

test('what Kubernetes says of a Service of this name is no setting, and one line says what to do', () => {
  const links = {
    PARLEY_SERVICE_HOST: '10.0.0.1',
    PARLEY_SERVICE_PORT_HTTP: '80',
    PARLEY_PORT: 'tcp://10.0.0.1:80',
    PARLEY_PORT_80_TCP: 'tcp://10.0.0.1:80',
  };
  const said = problems({ PARLEY_SECRET: SECRET, ...links });
  assert.match(said, /enableServiceLinks: false/);
  assert.doesNotMatch(said, /did you mean|PARLEY_PORT_80/);
});
