import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { v7 } from 'uuid';
import { commands } from '#protocol';
import { routes } from '../../../server/http/openapi.js';
import { openSqliteArchive } from '../../../server/storage/sqlite/index.js';
import { BackEnd } from '../../support/back-end.js';
import { TENANT, startServer } from '../../support/server.js';
import { newFolder, parley } from './operator.js';

/** Begins with a letter that nothing else begins with, so that an index that shortens words cannot hide its middle. */
const CANARY = 'qzjxkwvanarytext';
const ALLOWED = { PARLEY_ERASURE: 'on' };

/** The bytes of every file of a folder, each one that contains the text. */
function filesWith(folder: string, text: string): string[] {
  return readdirSync(folder).filter((name) => {
    const bytes = readFileSync(join(folder, name));
    return bytes.includes(text) || bytes.includes(text.slice(3)) || bytes.includes(Buffer.from(text, 'utf16le'));
  });
}

/** A server's folder with a conversation of which entry 3 has the canary, and which has been indexed and rewritten since. */
async function spoken(anchors?: string) {
  const data = newFolder();
  const settings = { data, ...(anchors === undefined ? {} : { anchors, timings: { anchors: 3_600_000 } }) };
  const server = await startServer(settings);
  const [ann, bob] = await Promise.all([server.connect('ann'), server.connect('bob')]);
  const conversation = await ann.startConversation('bob');
  await ann.send(conversation, 'before');
  const cid = v7();
  await ann.command('message:send', {
    ...{ conversation, cid, text: `${CANARY} said aloud` },
    links: [{ kind: 'study', id: `${CANARY}-7`, context: { series: '1' } }],
  });
  await ann.send(conversation, 'after');
  // Many entries more: pages are split and moved, and copies of what stood in them stay behind.
  for (let batch = 0; batch < 10; batch += 1)
    await Promise.all(
      Array.from({ length: 40 }, (_, number) => bob.send(conversation, `filler ${batch} ${number} ${'x'.repeat(number * 20)}`)),
    );
  const found = async () => (await ann.command('message:search', { text: CANARY.slice(0, 9), limit: 10 })).hits.length;
  assert.equal(await found(), 1);
  return { server, data, settings, conversation, cid };
}

const erasing = (conversation: string, seq: number | string = 3, second = 'Data protection') => [
  ...['erase', '--tenant', TENANT, '--conversation', conversation, '--seq', String(seq)],
  ...['--by', 'Records office', '--second', second, '--reason', 'order 17/26 of the court'],
];

test('[G18] [L15] an erased message: its text is nowhere in the files, its place and the chain stay, and every way of reading says so', async (t) => {
  const anchors = newFolder();
  const { server, data, settings, conversation, cid } = await spoken(anchors);
  const old = join(newFolder(), 'old.db');
  assert.equal((await parley(data)('backup', old)).code, 0);
  await server.close();
  assert.ok(filesWith(data, CANARY).length > 0);

  const operator = parley(data, { ...ALLOWED, PARLEY_ANCHORS: anchors });
  assert.equal((await operator(...erasing(conversation))).code, 0);
  assert.deepEqual(filesWith(data, CANARY), [], 'database, write-ahead log, free pages, index');
  const fresh = join(newFolder(), 'fresh.db');
  assert.equal((await operator('backup', fresh)).code, 0);
  assert.ok(!readFileSync(fresh).includes(CANARY));
  assert.deepEqual((await operator('verify')).code, 0);
  assert.match((await operator(...erasing(conversation))).lines.join(), /erased before/);

  const again = await startServer(settings);
  t.after(() => again.close());
  const [ann, cem] = await Promise.all([again.connect('ann'), again.connect('cem')]);
  const { entries } = await ann.command('entry:range', { conversation, after: 1, limit: 3 });
  assert.deepEqual(
    entries.map(({ seq, author, body }) => [seq, author, body.kind]),
    [
      [2, 'ann', 'message'],
      [3, 'ann', 'erased'],
      [4, 'ann', 'message'],
    ],
  );
  assert.deepEqual(entries[1]?.body, { kind: 'erased' });
  assert.equal((await ann.command('message:search', { text: CANARY.slice(0, 9), limit: 10 })).hits.length, 0);
  const { text } = await ann.command('history:text', { conversation, language: 'de', timeZone: 'UTC' });
  assert.match(text, /\* Eine Nachricht von Name of ann wurde aus rechtlichen Gründen gelöscht/);
  assert.ok(!text.includes(CANARY));
  const repeated = await ann.command('message:send', { conversation, cid, text: 'whatever it was', links: [] });
  assert.deepEqual([repeated.seq, repeated.duplicate], [3, true], 'who repeats it has said it already');
  // A message that is the last one of its chat.
  const own = await ann.startConversation('cem');
  await cem.send(own, 'the last one');
  await again.close();
  assert.equal((await operator(...erasing(own, 2))).code, 0);
  const third = await startServer(settings);
  t.after(() => third.close());
  const listed = (await (await third.connect('ann')).command('conversation:list', { limit: 10 })).conversations.find(
    ({ id }) => id === own,
  );
  assert.deepEqual(listed?.last?.body, { kind: 'erased' });
  assert.equal(listed.unread, 1);

  // The second place learns of it, so the text does not come back with an old backup.
  await third.close();
  const returned = await operator('restore', old, '--by', 'Eve', '--reason', 'fire', '--force');
  assert.match(returned.lines.join('\n'), /1 messages that were erased since are erased again/);
  assert.ok(!readFileSync(join(data, 'parley.db')).includes(CANARY));
});

test('[G18] erasure is off unless it is configured, needs two persons and a reason, and takes nothing but messages', async () => {
  const { server, data, conversation } = await spoken();
  await assert.rejects(parley(data, ALLOWED)(...erasing(conversation)), /Another process uses/, 'a server has the store');
  await server.close();
  await assert.rejects(parley(data)(...erasing(conversation)), /PARLEY_ERASURE/);
  const allowed = parley(data, ALLOWED);
  await assert.rejects(allowed(...erasing(conversation, 3, ' records  OFFICE ')), /--second: somebody else/);
  await assert.rejects(allowed(...erasing(conversation).slice(0, -2)), /--reason: needed/);
  await assert.rejects(allowed(...erasing(conversation, '3; DROP')), /--seq/);
  assert.match((await allowed(...erasing(conversation, 1))).complaint ?? '', /no message/);
  assert.match((await allowed(...erasing(conversation, 9_999))).complaint ?? '', /no such entry/);
  assert.match((await allowed(...erasing(v7()))).complaint ?? '', /no such entry/);
  const archive = openSqliteArchive({ directory: data });
  assert.deepEqual(await archive.audits(TENANT), [], 'what was refused erased nothing and needs no record');
  await archive.close();
  assert.ok(filesWith(data, CANARY).length > 0);
});

test('[G18] no command and no address of the API removes or changes an entry, whoever asks', async (t) => {
  const server = await startServer();
  t.after(() => server.close());
  const admin = await server.connect('root', { claims: { roles: ['admin', 'auditor'], scope: 'parley:directory parley:policies' } });
  for (const name of ['entry:erase', 'message:delete', 'entry:delete', 'retention:erase'])
    assert.deepEqual((await admin.answer(name, { as: 'root' })).ok, false);
  assert.deepEqual(
    Object.keys(commands).filter((name) => /erase|delete|purge|retention/.test(name)),
    [],
  );
  assert.deepEqual(
    routes.filter(
      ({ method, path }) => method !== 'get' && /entr|message|conversation|erase/.test(path) && !path.startsWith('/predefined'),
    ),
    [],
  );
  assert.equal((await new BackEnd(server).ask('DELETE', 'conversations/1')).status, 404);
});
