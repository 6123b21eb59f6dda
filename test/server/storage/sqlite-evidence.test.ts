import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { describe, test } from 'node:test';
import { say, signUp, startGroup, TENANT } from './builders.js';
import { newFile, openStore, tamper } from './stores.js';

/** A closed store with a conversation of ten entries and an untouched one beside it. */
async function storeOfTen(): Promise<{ file: string; conversation: string }> {
  const file = newFile();
  const storage = await openStore(file);
  await signUp(storage, ['ann', 'bob']);
  const conversation = await startGroup(storage, 'ann', ['bob']);
  const untouched = await startGroup(storage, 'ann', ['bob']);
  for (let number = 2; number <= 10; number += 1) {
    await say(storage, conversation, 'ann', `message ${number}`);
    await say(storage, untouched, 'bob', `message ${number}`);
  }
  await storage.close();
  return { file, conversation };
}

const UNLOCK = ['DROP TRIGGER entries_never_change', 'DROP TRIGGER entries_never_go'];

describe('the archive as evidence', () => {
  test('[G18] the database refuses to change or remove an entry, or to number one twice', async () => {
    const { file } = await storeOfTen();
    const db = new DatabaseSync(file);
    const entries = () => db.prepare('SELECT * FROM entries ORDER BY id').all();
    const before = entries();
    assert.throws(() => db.exec("UPDATE entries SET body = '{}' WHERE seq = 3"), /never changed/);
    assert.throws(() => db.exec('UPDATE entries SET at = at + 1'), /never changed/);
    assert.throws(() => db.exec('DELETE FROM entries WHERE seq = 3'), /never removed/);
    assert.throws(() => db.exec('DELETE FROM entries'), /never removed/);
    const copy = (columns: string) =>
      `INSERT INTO entries (tenant, conversation, seq, author, cid, kind, at, body, salt, commitment, hash)
       SELECT tenant, conversation, ${columns}, kind, at, body, salt, commitment, hash FROM entries WHERE id = 5`;
    assert.throws(() => db.exec(copy("seq, author, 'another'")), /UNIQUE/);
    assert.throws(() => db.exec(copy('99, author, cid')), /UNIQUE/);
    assert.deepEqual(entries(), before);
    db.close();
  });

  const attacks: { name: string; by: string[]; finds: { seq: number; what: string } }[] = [
    {
      name: 'a changed text',
      by: [`UPDATE entries SET body = replace(body, 'message 4', 'message 5') WHERE seq = 4`],
      finds: { seq: 4, what: 'changed' },
    },
    { name: 'a changed kind', by: [`UPDATE entries SET kind = 'left' WHERE seq = 4`], finds: { seq: 4, what: 'changed' } },
    {
      name: 'a text with a salt of its own',
      by: [`UPDATE entries SET salt = zeroblob(16) WHERE seq = 6`],
      finds: { seq: 6, what: 'changed' },
    },
    { name: 'another author', by: [`UPDATE entries SET author = 'bob' WHERE seq = 5`], finds: { seq: 5, what: 'chain' } },
    { name: 'another time', by: ['UPDATE entries SET at = at - 60000 WHERE seq = 7'], finds: { seq: 7, what: 'chain' } },
    { name: 'a removed entry', by: ['DELETE FROM entries WHERE seq = 8'], finds: { seq: 8, what: 'missing' } },
    { name: 'a removed first entry', by: ['DELETE FROM entries WHERE seq = 1'], finds: { seq: 1, what: 'missing' } },
    {
      name: 'a removed entry with the gap closed',
      by: ['DELETE FROM entries WHERE seq = 8', 'UPDATE entries SET seq = 8 WHERE seq = 9', 'UPDATE entries SET seq = 9 WHERE seq = 10'],
      finds: { seq: 8, what: 'chain' },
    },
    {
      name: 'two entries in the other order',
      by: [
        'UPDATE entries SET seq = 99 WHERE seq = 3',
        'UPDATE entries SET seq = 3 WHERE seq = 4',
        'UPDATE entries SET seq = 4 WHERE seq = 99',
      ],
      finds: { seq: 3, what: 'chain' },
    },
    { name: 'an end cut off', by: ['DELETE FROM entries WHERE seq > 7'], finds: { seq: 8, what: 'head' } },
    {
      name: 'an end cut off with the head put back',
      by: ['DELETE FROM entries WHERE seq > 7', 'UPDATE conversations SET head = 7'],
      finds: { seq: 7, what: 'head' },
    },
  ];

  for (const { name, by, finds } of attacks) {
    test(`[attack 74] [G17] ${name} is found, and nothing else is accused`, async () => {
      const { file, conversation } = await storeOfTen();
      const one = '(SELECT min(id) FROM conversations)';
      const aimed = by.map((sql) => sql + (sql.includes('UPDATE conversations') ? ` WHERE id = ${one}` : ` AND conversation = ${one}`));
      tamper(file, ...UNLOCK, ...aimed);
      const storage = await openStore(file);
      assert.deepEqual(await storage.verify(), [{ tenant: TENANT, conversation, ...finds }]);
    });
  }

  test('[G17] entries moved to another conversation or another tenant do not fit there', async () => {
    const { file } = await storeOfTen();
    tamper(file, ...UNLOCK, "UPDATE entries SET tenant = 'south'", "UPDATE conversations SET tenant = 'south'");
    const storage = await openStore(file);
    assert.deepEqual(
      (await storage.verify()).map(({ seq, what }) => ({ seq, what })),
      [
        { seq: 1, what: 'chain' },
        { seq: 1, what: 'chain' },
      ],
    );
  });
});
