import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { shared, TENANT } from './builders.js';
import type { StorageFactory } from './contract.js';

export function peopleSuite(engine: string, open: StorageFactory): void {
  describe(`${engine}: people`, () => {
    const store = shared(open);
    before(() => store.start());
    after(() => store.stop());
    const search = async (text: string, limit = 20, tenant = TENANT) =>
      (await store.storage.searchPeople(tenant, text, limit)).map((person) => person.id);

    test('putting people resolves to those that changed, and looking up leaves out the unknown', async () => {
      const ada = { id: 'ada', name: 'Ada Byron', title: 'Radiologist', organisation: 'North Hospital' };
      const bo = { id: 'bo', name: 'Bo' };
      assert.deepEqual(await store.storage.putPeople(TENANT, [ada, bo]), [ada, bo]);
      assert.deepEqual(await store.storage.putPeople(TENANT, [ada, { ...bo, title: 'Nurse' }]), [{ ...bo, title: 'Nurse' }]);
      assert.deepEqual(await store.storage.people(TENANT, ['ada', 'nobody']), [ada]);
      assert.deepEqual(await store.storage.people(TENANT, []), []);
    });

    test('[B31] a search finds the beginning of any word of name, title and organisation; accents and case do not matter', async () => {
      await store.storage.putPeople(TENANT, [
        { id: 'zoe', name: 'Zoë Müller', title: 'Chirurgie', organisation: 'Łódź Clinic' },
        { id: 'ol', name: "Siobhán O'Brien", title: 'ﬁreman' },
        { id: 'str', name: 'STRAßER Øyvind' },
      ]);
      assert.deepEqual(await search('mull'), ['zoe']);
      assert.deepEqual(await search('ZOE lodz'), ['zoe']);
      assert.deepEqual(await search('zoe byron'), []);
      assert.deepEqual(await search('obri'), ['ol']);
      assert.deepEqual(await search("o'bri"), ['ol']);
      assert.deepEqual(await search('brien fire'), ['ol']);
      assert.deepEqual(await search('strasse oyv'), ['str']);
      assert.deepEqual(await search('straße'), ['str']);
      assert.deepEqual(await search('uller'), [], 'the middle of a word is not its beginning');
    });

    test('a field that is absent is removed, or kept with the words that find it when that is asked for', async () => {
      const tenant = 'absent';
      const full = { id: '1', name: 'Noor Day', title: 'Consultant', organisation: 'Radiology' };
      await store.storage.putPeople(tenant, [full]);
      assert.deepEqual(await store.storage.putPeople(tenant, [{ id: '1', name: 'Noor Day' }], 'kept'), []);
      await store.storage.putPeople(tenant, [{ id: '1', name: 'Noor Dey', organisation: 'Cardiology' }], 'kept');
      const kept = { ...full, name: 'Noor Dey', organisation: 'Cardiology' };
      assert.deepEqual(await store.storage.people(tenant, ['1']), [kept]);
      assert.deepEqual(await search('dey consultant cardiology', 20, tenant), ['1']);
      await store.storage.putPeople(tenant, [{ id: '1', name: 'Noor Dey' }]);
      assert.deepEqual(await store.storage.people(tenant, ['1']), [{ id: '1', name: 'Noor Dey' }]);
      assert.deepEqual(await search('consultant', 20, tenant), []);
    });

    test('a search gives people by name, as many as asked for, and a changed person under the new words only', async () => {
      const tenant = 'order';
      await store.storage.putPeople(tenant, [
        { id: '1', name: 'Émile Test' },
        { id: '2', name: 'anna test' },
        { id: '3', name: 'Fritz Test' },
      ]);
      assert.deepEqual(await search('test', 20, tenant), ['2', '1', '3']);
      assert.deepEqual(await search('test', 2, tenant), ['2', '1']);
      assert.deepEqual(await search('', 2, tenant), ['2', '1']);
      await store.storage.putPeople(tenant, [{ id: '1', name: 'Emil Neu' }]);
      assert.deepEqual(await search('test', 20, tenant), ['2', '3']);
      assert.deepEqual(await search('neu', 20, tenant), ['1']);
    });

    test('[attack 76] signs that mean something to a database are ordinary signs', async () => {
      for (const text of ['%', '_', '*', '"', "'", "x' OR '1'='1", 'NEAR(a b)', ';--', '\\'])
        assert.deepEqual(await search(text), [], text);
    });

    test('[attack 77] [G15] ids that JavaScript knows are ordinary ids, and equal ids of two tenants are two people', async () => {
      await store.storage.putPeople('south', [
        { id: '__proto__', name: 'Proto South' },
        { id: 'ada', name: 'Ada South' },
      ]);
      assert.deepEqual(await store.storage.people('south', ['__proto__', 'constructor']), [{ id: '__proto__', name: 'Proto South' }]);
      assert.equal((await store.storage.people(TENANT, ['ada']))[0]?.name, 'Ada Byron');
      assert.deepEqual(await search('south'), []);
    });
  });
}
