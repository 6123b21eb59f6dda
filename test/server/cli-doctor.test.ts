import assert from 'node:assert/strict';
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { runCommand } from '../../server/cli/main.js';
import type { Finding } from '../../server/doctor/finding.js';
import { MailServer } from '../support/mail-server.js';
import { createDatabase } from '../support/postgres.js';
import { sharedRedis } from '../support/redis.js';
import { SECRET, startServer } from '../support/server.js';

const ORIGIN = 'https://host.example';
let folder = '';
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-doctor-'));
});
after(() => rm(folder, { recursive: true, force: true }));

async function examine(env: Record<string, string>, ...args: string[]): Promise<{ code: number; found: Finding[]; text: string }> {
  const { code, lines } = await runCommand(['doctor', '--json', ...args], { PARLEY_SECRET: SECRET, PARLEY_DATA: folder, ...env });
  const text = lines.join('\n');
  return { code, found: (JSON.parse(text) as { findings: Finding[] }).findings, text };
}
const about = (found: Finding[], what: string) => found.filter((finding) => finding.about === what);
const levels = (found: Finding[], what: string) => about(found, what).map(({ level }) => level);

/** Something that answers, on a port of this machine. */
async function answering(listener: RequestListener): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

test('parley doctor finds a new installation in order, says what is not set, and leaves nothing', async () => {
  const { code, found } = await examine({ PARLEY_ORIGINS: ORIGIN });
  assert.equal(code, 0);
  assert.deepEqual(levels(found, 'store'), ['ok']);
  assert.match(about(found, 'store')[0]?.says ?? '', /^SQLite 3\.\d+.*no store yet/);
  for (const part of ['redis', 'mail', 'address', 'tls']) assert.deepEqual(levels(found, part), ['skip'], part);
  assert.deepEqual(levels(found, 'bundle'), ['ok']);
  assert.deepEqual(await readdir(folder), []);
  const { lines } = await runCommand(['doctor'], { PARLEY_SECRET: SECRET, PARLEY_DATA: folder });
  assert.ok(lines.some((line) => /^warn {2}settings {2}PARLEY_ORIGINS is not set/.test(line)));
});

test('parley doctor looks through the public address: version, bundle, clock, and a WebSocket as a page opens it', async (t) => {
  const server = await startServer({ origins: [ORIGIN], nativeClients: false });
  t.after(() => server.close());
  const env = { PARLEY_DATA: server.directory, PARLEY_ORIGINS: ORIGIN };
  const { code, found, text } = await examine(env, '--server', server.url);
  assert.equal(code, 0, text);
  assert.deepEqual(levels(found, 'address'), ['ok', 'ok', 'ok'], text);
  assert.match(about(found, 'address')[2]?.says ?? '', /WebSocket: open after \d+ ms for pages of https:\/\/host\.example/);
  assert.deepEqual(levels(found, 'clock'), ['ok']);
  assert.match(about(found, 'store')[0]?.says ?? '', /schema is up to date/, 'beside the server that runs');

  const other = await examine({ ...env, PARLEY_ORIGINS: 'https://other.example' }, '--server', server.url);
  assert.equal(other.code, 1);
  assert.match(about(other.found, 'address').at(-1)?.says ?? '', /other origins/);
});

test('parley doctor names a proxy that does not pass WebSockets on, and a clock that is wrong', async (t) => {
  const proxy = await answering((request, response) => {
    response.setHeader('Date', new Date(Date.now() - 120_000).toUTCString());
    if (request.url === '/version') return void response.end('{"version":"0.0.1"}');
    response.writeHead(request.url?.startsWith('/socket.io') ? 400 : 404).end();
  });
  t.after(proxy.close);
  const { code, found, text } = await examine({ PARLEY_ORIGINS: ORIGIN }, '--server', proxy.url);
  assert.equal(code, 1);
  assert.deepEqual(levels(found, 'address'), ['warn', 'fail', 'fail'], text);
  assert.match(text, /answered with 400 instead of 101: a proxy does not pass Upgrade/);
  assert.match(about(found, 'clock')[0]?.says ?? '', /^(119|120|121) s apart/);
  assert.deepEqual(levels(found, 'clock'), ['fail']);
});

test('parley doctor reads the key set: what is usable, what is not, and what should never be there', async (t) => {
  const made = JSON.parse((await runCommand(['keys', 'generate', '--kid', 'good'], {})).lines.join('')) as {
    privateKey: object;
    keySet: { keys: object[] };
  };
  let body: unknown = made.keySet;
  let status = 200;
  const keys = await answering((_request, response) => response.writeHead(status).end(JSON.stringify(body)));
  t.after(keys.close);
  const env = { PARLEY_SECRET: '', PARLEY_JWKS_URL: `${keys.url}/jwks` };
  const good = await examine(env);
  assert.deepEqual(about(good.found, 'keys'), [{ level: 'ok', about: 'keys', says: `${keys.url}/jwks: good (ES256)` }]);
  assert.deepEqual(levels(good.found, 'clock'), ['ok']);

  body = { keys: [made.privateKey] };
  assert.match(
    about((await examine(env)).found, 'keys')
      .map(({ says }) => says)
      .join('\n'),
    /published with its secret/,
  );
  body = { keys: [{ kty: 'EC', crv: 'P-521', alg: 'ES512', kid: 'big' }] };
  const foreign = await examine(env);
  assert.equal(foreign.code, 1);
  assert.deepEqual(levels(foreign.found, 'keys'), ['fail', 'warn']);
  body = [];
  assert.match(about((await examine(env)).found, 'keys')[0]?.says ?? '', /is no key set/);
  status = 503;
  assert.match(about((await examine(env)).found, 'keys')[0]?.says ?? '', /answers 503/);
  const nobody = await examine({ ...env, PARLEY_JWKS_URL: 'http://127.0.0.1:9/jwks' });
  assert.match(about(nobody.found, 'keys')[0]?.says ?? '', /cannot be reached/);
});

test('parley doctor says which service does not answer, and shows no password', async (t) => {
  const mail = await new MailServer().open();
  t.after(() => mail.close());
  const env = { PARLEY_SMTP_URL: mail.url, PARLEY_MAIL_FROM: 'chat@host.example' };
  const well = await examine(env);
  assert.match(about(well.found, 'mail')[0]?.says ?? '', /lets us in; mails come from chat@host\.example/);
  const gone = await examine({
    PARLEY_SMTP_URL: 'smtps://user:canary@127.0.0.1:9',
    PARLEY_MAIL_FROM: 'chat@host.example',
    PARLEY_DATABASE_URL: 'postgres://parley:canary@127.0.0.1:9/parley',
    PARLEY_REDIS_URL: 'redis://:canary@127.0.0.1:9',
  });
  assert.equal(gone.code, 1);
  for (const part of ['mail', 'store', 'redis']) assert.deepEqual(levels(gone.found, part), ['fail'], part);
  assert.match(gone.text, /redis:\/\/\*+@127\.0\.0\.1:9: .*ECONNREFUSED/);
  assert.doesNotMatch(gone.text, /canary/);
  assert.equal(mail.mails.length, 0, 'nothing was sent');
});

test('parley doctor asks PostgreSQL and Redis: versions, role, schema, and what makes commits unsafe', async (t) => {
  const database = await createDatabase();
  t.after(() => database.drop());
  const env = { PARLEY_DATABASE_URL: database.url, PARLEY_REDIS_URL: await sharedRedis() };
  const fresh = await examine(env);
  assert.equal(fresh.code, 0, fresh.text);
  assert.match(about(fresh.found, 'store')[0]?.says ?? '', /^PostgreSQL \d+.*steps of its schema to come at the start/);
  assert.match(about(fresh.found, 'redis')[0]?.says ?? '', /Redis \d+\.\d+.*there and back in/);
  assert.match((await examine({ ...env, PARLEY_MIGRATE: 'off' })).text, /PARLEY_MIGRATE is off: parley migrate/);
  await runCommand(['migrate'], { PARLEY_DATABASE_URL: database.url });
  const migrated = await examine(env);
  assert.deepEqual(levels(migrated.found, 'store'), ['ok'], migrated.text);
  assert.match(migrated.text, /its schema is up to date/);
  const admin = await examine({ ...env, PARLEY_DATABASE_URL: database.adminUrl });
  assert.ok(
    about(admin.found, 'store').some(({ level, says }) => level === 'warn' && /row-level security does not hold/.test(says)),
    admin.text,
  );
  const unsafe = await examine({ ...env, PARLEY_DATABASE_URL: `${database.url}?options=-csynchronous_commit%3Doff` });
  assert.ok(
    about(unsafe.found, 'store').some(({ level, says }) => level === 'fail' && /do not wait for the disk/.test(says)),
    unsafe.text,
  );
});

test('parley doctor finds a store that is damaged, a folder that cannot be written, and a file of secrets that others may read', async () => {
  const damaged = await mkdtemp(join(folder, 'damaged-'));
  await writeFile(join(damaged, 'parley.db'), 'no database at all, however long it may be '.repeat(50));
  assert.match(about((await examine({ PARLEY_DATA: damaged })).found, 'store')[0]?.says ?? '', /damaged/);

  const blocked = join(folder, 'a-file');
  await writeFile(blocked, '');
  const { code, found } = await examine({ PARLEY_DATA: join(blocked, 'data') });
  assert.equal(code, 1);
  assert.match(about(found, 'store')[0]?.says ?? '', /cannot be written/);

  const config = join(folder, 'parley.json');
  await writeFile(config, JSON.stringify({ secret: SECRET }));
  await chmod(config, 0o644);
  const open = await examine({ PARLEY_SECRET: '', PARLEY_CONFIG: config });
  assert.ok(about(open.found, 'settings').some(({ level, says }) => level === 'warn' && /others may read it/.test(says)));
  await chmod(config, 0o600);
  const closed = await examine({ PARLEY_SECRET: '', PARLEY_CONFIG: config });
  assert.ok(about(closed.found, 'settings').every(({ says }) => !says.includes('others may read it')));

  // What counts is the file that the secret stands in, not the one that names it.
  const own = join(folder, 'secret');
  await writeFile(own, SECRET, { mode: 0o600 });
  await writeFile(config, JSON.stringify({ secretFile: own }));
  await chmod(config, 0o644);
  const warned = async (env: Record<string, string>) =>
    about((await examine({ PARLEY_SECRET: '', ...env })).found, 'settings').filter(({ says }) => says.includes('others may read it'));
  assert.deepEqual(await warned({ PARLEY_CONFIG: config }), []);
  await chmod(own, 0o644);
  for (const env of [{ PARLEY_CONFIG: config }, { PARLEY_SECRET_FILE: own }])
    assert.match((await warned(env))[0]?.says ?? '', new RegExp(`^${own} holds`));
});

test('parley doctor without a key fails, and with a wrong setting is asked wrongly', async () => {
  const { code, found } = await examine({ PARLEY_SECRET: '' });
  assert.equal(code, 1);
  assert.deepEqual(levels(found, 'keys'), ['fail']);
  await assert.rejects(runCommand(['doctor'], { PARLEY_PORT: 'x' }), /PARLEY_PORT/);
  await assert.rejects(runCommand(['doctor', '--server', 'chat'], {}), /--server: not an address/);
});
