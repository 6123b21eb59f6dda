import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createPrivateKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { v7 } from 'uuid';
import { digestOf, rawPublicKey, readLine } from '../../../server/domain/anchor-line.js';
import { BackEnd } from '../../support/back-end.js';
import { eventually } from '../../support/eventually.js';
import { Refusal, TENANT, startServer } from '../../support/server.js';
import type { TestServer } from '../../support/server.js';
import { newFolder, parley } from './operator.js';

const KEY = 'kept-in-the-vault-of-the-host-0123456789';
let server: TestServer;
before(async () => {
  server = await startServer({ hostKeys: [`${TENANT}=${KEY}`] });
});
after(() => server.close());

async function records(tenant = TENANT) {
  return (await server.server.storage.auditRecords(tenant, { after: 0, limit: 100 })).records;
}

test('[G17] what a host decides is written down once for each time, with whose key or token it was', async () => {
  const host = new BackEnd(server, TENANT, KEY);
  const token = new BackEnd(server);
  await token.do('PUT', 'users/cem', { name: 'Cem' });
  await host.decide({ visibleDays: 90, export: { allowed: true, domains: ['clinic.example'] } });
  await host.do('PUT', 'predefined-messages', { messages: [{ text: 'canary: on my way' }] });
  await token.do('DELETE', 'users/cem');
  assert.equal((await token.ask('DELETE', 'users/nobody')).status, 404);
  assert.equal((await host.ask('PUT', 'policies', { visibleDays: 'for ever' })).status, 400);
  const found = await records();
  assert.deepEqual(
    found.map(({ seq, act, by, subject }) => [seq, act, by.kind, by.id.replace(/ [0-9a-f]{8}$/, ''), subject]),
    [
      [1, 'policies:changed', 'host', 'key', undefined],
      [2, 'predefined:changed', 'host', 'key', undefined],
      [3, 'user:deactivated', 'host', 'back-end', { user: 'cem' }],
    ],
  );
  assert.deepEqual(found[0]?.facts, { policies: 'export visibleDays' });
  assert.ok(!JSON.stringify(found).includes('canary'), 'no text of a message');
  assert.deepEqual(await server.server.storage.verify(), []);
});

test('[attack 50] [attack 9] refused histories and a token of somebody else are written down', async () => {
  const ann = await server.connect('ann');
  await server.connect('bob');
  const conversation = await ann.startConversation('bob');
  await new BackEnd(server).decide({ export: { allowed: false, domains: [] } });
  await ann.event('session:changed');
  const before = (await records()).length;
  const refused = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code;
  await assert.rejects(ann.command('history:text', { conversation, language: 'en', timeZone: 'UTC' }), refused('EXPORT_FORBIDDEN'));
  await assert.rejects(
    ann.command('history:send', { conversation, cid: v7(), to: [{ email: 'x@y.example' }] }),
    refused('EXPORT_FORBIDDEN'),
  );
  await new BackEnd(server).decide({ export: { allowed: true, domains: [] } });
  const eve = await server.connect('eve');
  await assert.rejects(eve.command('history:text', { conversation, language: 'en', timeZone: 'UTC' }), refused('NOT_FOUND'));
  await assert.rejects(eve.command('history:text', { conversation: randomUUID(), language: 'en', timeZone: 'UTC' }), refused('NOT_FOUND'));
  await eve.answer('session:refresh', { as: 'eve', token: await server.token('ann') });
  const found = await eventually(async () => {
    const all = (await records()).slice(before).filter(({ act }) => act !== 'policies:changed');
    return all.length >= 5 ? all : undefined;
  }, 'five records');
  assert.deepEqual(
    found.map(({ act, by, facts }) => [act, by.id, facts?.['code']]),
    [
      ['history:refused', 'ann', 'EXPORT_FORBIDDEN'],
      ['history:refused', 'ann', 'EXPORT_FORBIDDEN'],
      ['history:refused', 'eve', 'NOT_FOUND'],
      ['history:refused', 'eve', 'NOT_FOUND'],
      ['session:foreign-refresh', 'eve', undefined],
    ],
  );
});

test('[G17] [attack 74] the database refuses to change or remove a record, and an erasure without one', async () => {
  const data = newFolder();
  const other = await startServer({ data, hostKeys: [`${TENANT}=${KEY}`] });
  const ann = await other.connect('ann');
  await other.connect('bob');
  await ann.send(await ann.startConversation('bob'), 'kept');
  await new BackEnd(other, TENANT, KEY).decide({ visibleDays: 30 });
  await other.close();
  const db = new DatabaseSync(join(data, 'parley.db'));
  assert.throws(() => db.exec(`UPDATE audit SET record = '{}'`), /never changed/);
  assert.throws(() => db.exec('DELETE FROM audit'), /never removed/);
  assert.throws(
    () => db.exec(`INSERT INTO erasures (tenant, conversation, seq, audit) VALUES ('${TENANT}', 1, 2, 1)`),
    /written down first/,
  );
  assert.throws(() => db.exec(`UPDATE entries SET body = '{"kind":"erased"}', salt = zeroblob(0) WHERE seq = 2`), /never changed/);
  db.close();
});

test('[G17] a server signs its heads at the end, to a folder and to an address, with the key of its folder or of its configuration', async (t) => {
  const posted: string[] = [];
  const keeper = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      posted.push(body);
      response.end();
    });
  }).listen(0, '127.0.0.1');
  await once(keeper, 'listening');
  t.after(() => keeper.close());
  const { port } = keeper.address() as { port: number };
  const { privateKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const data = newFolder();
  const anchors = join(newFolder(), 'on another disk');
  const settings = { data, timings: { anchors: 3_600_000 } };

  const first = await startServer({ ...settings, anchors });
  const ann = await first.connect('ann');
  await first.connect('bob');
  const conversation = await ann.startConversation('bob');
  await first.close();
  const [printed = ''] = (await parley(data)('keys', 'print')).lines;
  const [name = ''] = readdirSync(anchors);
  const [line = ''] = readFileSync(join(anchors, name), 'utf8').trimEnd().split('\n');
  assert.equal(readLine(line)?.key, printed);
  assert.equal(statSync(join(data, 'anchor-key.pem')).mode & 0o077, 0, 'for its owner only');
  assert.equal((await parley(data, { PARLEY_ANCHORS: anchors })('verify', '--key', printed)).code, 0);

  const second = await startServer({ ...settings, anchors: `http://127.0.0.1:${port}/heads`, anchorKey: pem });
  await (await second.connect('ann')).send(conversation, 'more');
  await second.close();
  const [body = ''] = posted;
  const kept = readLine(body.trimEnd());
  assert.equal(kept?.key, rawPublicKey(createPrivateKey(pem)));
  assert.equal(kept.previous, digestOf(line), 'one chain, wherever it goes');
  assert.deepEqual(
    kept.conversations.map(([id, seq]) => [id, seq]),
    [[conversation, 2]],
  );
  assert.ok(!body.includes('more'));
});
