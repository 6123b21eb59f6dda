import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import type { Entry } from '#protocol';
import type { MessageHits, MessageSearch } from '../../../server/storage/history-storage.js';
import { appended, invite, leave, message, readAll, say, shared, signUp, startDirect, startGroup, TENANT } from './builders.js';
import type { StorageFactory } from './contract.js';

const PEOPLE = ['ann', 'bob', 'cyd', 'dan'] as const;

export function searchSuite(engine: string, open: StorageFactory): void {
  describe(`${engine}: search in messages`, () => {
    const store = shared(open);
    before(async () => {
      await store.start();
      await signUp(store.storage, PEOPLE);
    });
    after(() => store.stop());

    async function search(user: string, ask: Omit<MessageSearch, 'limit'> & { limit?: number }): Promise<MessageHits> {
      return (await store.storage.searchMessages(TENANT, user, { limit: 50, ...ask })) ?? assert.fail('a stranger');
    }
    const texts = ({ hits }: MessageHits): string[] => hits.map(({ body }) => (body.kind === 'message' ? body.text : body.kind));

    test('every word must be there, the last one as a beginning; accents, case and signs do not matter', async () => {
      const group = await startGroup(store.storage, 'ann', ['bob']);
      for (const text of ['Das Röntgenbild von Zimmer 12', 'Röntgen morgen', 'kein Bild', "O'Brien ruft an", '緊急の患者です']) {
        await say(store.storage, group, 'ann', text);
      }
      const found = async (text: string): Promise<string[]> => texts(await search('bob', { text, conversation: group }));
      assert.deepEqual(await found('rontgen'), ['Röntgen morgen', 'Das Röntgenbild von Zimmer 12']);
      assert.deepEqual(await found('RÖNTGENBILD zim'), ['Das Röntgenbild von Zimmer 12']);
      assert.deepEqual(await found('zim röntgenbild'), [], 'a word before the last one is whole');
      assert.deepEqual(await found('obrien'), ["O'Brien ruft an"]);
      assert.deepEqual(await found("an o'br"), ["O'Brien ruft an"]);
      assert.deepEqual(await found('brien'), ["O'Brien ruft an"]);
      assert.deepEqual(await found('患者'), ['緊急の患者です'], 'no spaces between words');
      assert.deepEqual(await found('12'), ['Das Röntgenbild von Zimmer 12']);
      assert.deepEqual(await found('-- !? '), []);
      assert.deepEqual(await found('trauma'), [], 'titles are no messages');
    });

    test('[attack 76] what means something to a database or its full text search is text', async () => {
      const group = await startGroup(store.storage, 'ann', ['bob']);
      await say(store.storage, group, 'ann', 'alpha OR beta NEAR gamma');
      await say(store.storage, group, 'ann', '100%_sure "quoted" col:value a*b (x) ^start -not');
      const found = async (text: string): Promise<number> => (await search('bob', { text, conversation: group })).hits.length;
      for (const text of [
        'alpha OR beta',
        'beta near',
        '"quoted"',
        '100%',
        'col:value',
        'alph*',
        '(x)',
        '^start',
        '-not',
        "sure' OR 1=1 --sure",
      ]) {
        assert.ok((await found(text)) <= 1, text);
      }
      assert.equal(await found('alpha or'), 1);
      assert.equal(await found('alpha OR zeta'), 0, 'OR is a word');
      assert.equal(await found('alpha NOT zeta'), 0);
      assert.equal(await found('alph* gamma'), 0);
      for (const text of ['"', '*', '^', 'NEAR(', ') OR (', '{a b}:c', '-', ':', '%', '_', "'; DROP TABLE entries; --", '\u0001"'])
        await found(text);
      assert.equal(await found(Array.from({ length: 32 }, (_, number) => String.fromCharCode(97 + (number % 26))).join(' ')), 0);
      const prefixes = await startDirect(store.storage, 'ann', 'bob');
      await say(store.storage, prefixes, 'ann', '1x0x2x9');
      assert.equal((await search('bob', { text: '0x', conversation: prefixes })).hits.length, 0, 'a place is no word');
    });

    test('pages go on where they ended, newest first, over all conversations', async () => {
      const groups = [await startGroup(store.storage, 'cyd', ['dan']), await startGroup(store.storage, 'cyd', ['dan'])];
      const said: Entry[] = [];
      for (let number = 0; number < 25; number += 1)
        said.unshift(await say(store.storage, groups[number % 2] ?? '', 'cyd', `lesion ${number}`));
      const pages: Entry[] = [];
      let before: MessageSearch['before'];
      for (let more = true; more;) {
        const page = await search('dan', { text: 'les', before, limit: 7 });
        assert.ok(page.hits.length <= 7);
        pages.push(...page.hits);
        ({ more } = page);
        before = page.hits.at(-1);
      }
      assert.deepEqual(pages, said);
      assert.deepEqual(await store.storage.searchMessages(TENANT, 'ann', { text: 'les', limit: 5 }), { hits: [], more: false });
    });

    test('[attack 37] [attack 38] a stranger to a conversation, or to an entry that a page begins at, gets what nobody is told more of', async () => {
      const group = await startGroup(store.storage, 'ann', ['bob']);
      const entry = await say(store.storage, group, 'ann', 'secret');
      const ask = { text: 'secret', limit: 5 };
      assert.equal(await store.storage.searchMessages(TENANT, 'dan', { ...ask, conversation: group }), null);
      assert.equal(await store.storage.searchMessages('south', 'ann', { ...ask, conversation: group }), null);
      assert.equal(await store.storage.searchMessages(TENANT, 'dan', { ...ask, before: entry }), null);
      assert.equal(await store.storage.searchMessages(TENANT, 'ann', { ...ask, before: { conversation: group, seq: 99 } }), null);
      assert.equal(await store.storage.searchMessages(TENANT, 'dan', { ...ask, conversation: 'no-such-id' }), null);
    });

    test('links are found by the label that was stored with them', async () => {
      const group = await startGroup(store.storage, 'ann', ['bob']);
      const sent = message(group, 'ann', 'see');
      const link = { kind: 'study', id: '1.2.840', label: 'Thorax CT' };
      const entry = appended(await store.storage.append({ ...sent, body: { ...sent.body, links: [link] } }));
      assert.deepEqual((await search('bob', { text: 'thorax', conversation: group })).hits, [entry]);
    });

    test('[B17, S3, G12] a search finds of what happened while the member was in everything, and nothing else', async () => {
      const acts = fc.array(
        fc.record({
          act: fc.constantFrom('say', 'say', 'say', 'leave', 'invite'),
          who: fc.constantFrom(...PEOPLE),
          text: fc.constantFrom('lung left', 'lung', 'lungs', 'heart', 'left heart'),
        }),
        { minLength: 1, maxLength: 20 },
      );
      const queries = fc.constantFrom('lung', 'lung l', 'heart', 'left lu', 'le');
      await fc.assert(
        fc.asyncProperty(acts, queries, fc.integer({ min: 1, max: 5 }), async (script, text, limit) => {
          const group = await startGroup(store.storage, 'ann', ['bob']);
          const inside = new Set<string>(['ann', 'bob']);
          for (const { act, who, text: said } of script) {
            const guest = [...inside][0];
            if (act === 'say' && inside.has(who)) await say(store.storage, group, who, said);
            if (act === 'leave' && inside.delete(who)) await leave(store.storage, group, who);
            if (act === 'invite' && !inside.has(who) && guest !== undefined) {
              await invite(store.storage, group, guest, [who]);
              inside.add(who);
            }
          }
          for (const user of PEOPLE) await check(group, user, text, limit);
        }),
        { numRuns: 60 },
      );
    });

    async function check(group: string, user: string, text: string, limit: number): Promise<void> {
      const words = text.split(' ');
      const last = words.pop() ?? '';
      const visible = await readAll(store.storage, group, user);
      const expected = visible.reverse().filter(({ body }) => {
        const said = body.kind === 'message' ? body.text.split(' ') : [];
        return words.every((word) => said.includes(word)) && said.some((word) => word.startsWith(last));
      });
      const found: Entry[] = [];
      let before: MessageSearch['before'];
      for (let more = visible.length > 0; more;) {
        const page = await search(user, { text, conversation: group, before, limit });
        found.push(...page.hits);
        ({ more } = page);
        before = page.hits.at(-1);
      }
      assert.deepEqual(found, expected, user);
      const everywhere = await search(user, { text });
      assert.deepEqual(
        everywhere.hits.filter(({ conversation }) => conversation === group),
        expected.slice(0, everywhere.hits.filter(({ conversation }) => conversation === group).length),
      );
    }
  });
}
