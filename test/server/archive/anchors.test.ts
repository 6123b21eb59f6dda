import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { before, describe, test } from 'node:test';
import { readAnchors } from '../../../server/archive/anchored-heads.js';
import { verifyArchive } from '../../../server/archive/verify-archive.js';
import { AUDIT_ACTS } from '../../../server/storage/audit-storage.js';
import { openSqliteArchive, openSqliteStorage } from '../../../server/storage/sqlite/index.js';
import { seededRandom } from '../../support/random.js';
import { TENANT, say, signUp, startGroup } from '../storage/builders.js';
import { MUTATIONS, rebuild, unlock } from './mutations.js';
import { anchor, anchorerOf, newFolder, parley } from './operator.js';

const RUNS = Number(process.env['PARLEY_TEST_RUNS'] ?? 300);
const SEED = Number(process.env['PARLEY_TEST_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const HOST = { kind: 'host', id: 'key 00c0ffee' } as const;

describe('signed heads in a second place', () => {
  const data = newFolder();
  const anchors = newFolder();
  const conversations: string[] = [];
  let key = '';

  before(async () => {
    const storage = await openSqliteStorage({ directory: data });
    await signUp(storage, ['ann', 'bob', 'cem']);
    for (let round = 0; round < 3; round += 1) {
      conversations.push(await startGroup(storage, 'ann', ['bob']));
      for (const conversation of conversations)
        for (let number = 0; number < 3; number += 1) await say(storage, conversation, 'ann', `text ${number}`);
      await storage.setPolicies(TENANT, { visibleDays: 90 + round }, { act: AUDIT_ACTS.policiesChanged, by: HOST });
      await storage.audit(TENANT, { act: AUDIT_ACTS.userRevoked, by: HOST, subject: { user: 'cem' } });
      key = await anchor(storage, data, anchors);
    }
    await storage.close();
  });

  const verify = parley(data, { PARLEY_ANCHORS: anchors });

  test('[G17] an untouched store is as it was signed; the key says who signed', async () => {
    const { code, lines } = await verify('verify', '--key', key);
    assert.deepEqual(
      { code, lines },
      { code: 0, lines: ['Every entry fits its chain.', 'Every log is as it was signed (signed lines: 3; epochs: 1).'] },
    );
    const other = await verify('verify', '--key', Buffer.alloc(32, 7).toString('base64'));
    assert.equal(other.code, 1);
    assert.match(other.lines.join('\n'), /line 1: foreign key/);
  });

  test(`[attack 74] [G17] ${RUNS} random changes, removals, insertions, swaps, cuts and rebuilt chains are all found (seed ${SEED})`, async () => {
    const random = seededRandom(SEED);
    const history = await readAnchors(anchors);
    const folder = newFolder();
    const names = Object.keys(MUTATIONS);
    const original = openSqliteArchive({ directory: data });
    assert.deepEqual((await verifyArchive(original, history)).damages, []);
    await original.close();
    for (let run = 0; run < RUNS; run += 1) {
      const name = names[run % names.length] ?? '';
      const file = join(folder, 'parley.db');
      copyFileSync(join(data, 'parley.db'), file);
      const db = new DatabaseSync(file);
      unlock(db);
      const what = MUTATIONS[name]?.(db, random) ?? '';
      db.close();
      const archive = openSqliteArchive({ file });
      const { damages } = await verifyArchive(archive, history);
      await archive.close();
      assert.equal(damages.length > 0, true, `seed ${SEED}, run ${run}: ${name} (${what}) was not found`);
      assert.ok(damages.length <= 2, `seed ${SEED}, run ${run}: ${name} (${what}) accuses ${JSON.stringify(damages)}`);
    }
  });

  test('[attack 74] a chain rebuilt from the middle is named with the signed heads between which it parts', async () => {
    const folder = newFolder();
    copyFileSync(join(data, 'parley.db'), join(folder, 'parley.db'));
    const db = new DatabaseSync(join(folder, 'parley.db'));
    unlock(db);
    // The first conversation was signed at 4, 7 and 10.
    const [conversation = ''] = conversations;
    const row = db
      .prepare('SELECT e.id, e.conversation FROM entries e JOIN conversations c ON c.id = e.conversation WHERE c.uuid = ? AND e.seq = 6')
      .get(conversation);
    db.prepare("UPDATE entries SET body = replace(body, 'text', 'lies') WHERE id = ?").run(Number(row?.['id']));
    rebuild(db, Number(row?.['conversation']));
    db.close();
    const alone = await parley(folder)('verify');
    assert.equal(alone.code, 0, 'the chain alone holds');
    const { code, lines } = await parley(folder, { PARLEY_ANCHORS: anchors })('verify');
    assert.deepEqual({ code, lines }, { code: 1, lines: [`${TENANT} ${conversation} entry 7: anchor (as signed up to 4)`] });
  });

  test('[attack 74] lines that were changed, removed or put in another order are found, as is a key of somebody else', async () => {
    const [name = ''] = readdirSync(anchors);
    const lines = readFileSync(join(anchors, name), 'utf8').trimEnd().split('\n');
    const faultsOf = async (changed: string[]) => {
      const folder = newFolder();
      writeFileSync(join(folder, name), `${changed.join('\n')}\n`);
      const { code, lines: told } = await parley(data, { PARLEY_ANCHORS: folder })('verify');
      return { code, told: told.join('\n') };
    };
    const [first = '', second = '', third = ''] = lines;
    assert.match((await faultsOf([first, third])).told, /line 2: out of order/);
    assert.match((await faultsOf([second, first, third])).told, /line 1: out of order/);
    assert.match((await faultsOf([first, second.replace('"seq"', '"sex"').replace(TENANT, 'south'), third])).told, /line 2: unreadable/);
    assert.match((await faultsOf([first, second])).told, /ends early/);
    assert.equal((await faultsOf([first, second.slice(0, 40), second, third])).code, 0, 'half a line of a power cut hides nothing');
  });

  test('[G17] a line that could not be delivered comes with the next run, and what does not move makes no line', async () => {
    const folder = newFolder();
    const blocked = join(newFolder(), 'no folder');
    writeFileSync(blocked, '');
    const storage = await openSqliteStorage({ directory: folder });
    await signUp(storage, ['ann', 'bob']);
    const conversation = await startGroup(storage, 'ann', ['bob']);
    const delivered: boolean[] = [];
    const failing = anchorerOf(storage, folder, blocked, (done) => delivered.push(done));
    await failing.run();
    assert.deepEqual(delivered, [false]);
    assert.equal((await storage.anchorState())?.pending.length, 1);
    await storage.close();

    // Half a minute later: another node may have been at it until then.
    const again = await openSqliteStorage({ directory: folder });
    const place = newFolder();
    const later = anchorerOf(again, folder, place, undefined, () => Date.now() + 31_000);
    await later.run();
    await later.run();
    const { epochs, faults } = await readAnchors(place);
    assert.deepEqual(faults, []);
    assert.equal(epochs[0]?.lines, 1);
    await say(again, conversation, 'ann');
    await later.run();
    assert.equal((await readAnchors(place)).epochs[0]?.lines, 2);
    await again.close();
  });
});
