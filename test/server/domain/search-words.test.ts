import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { fold, indexWords, queryWords } from '../../../server/domain/search-words.js';

describe('words of a search', () => {
  test('[B31] folding takes away accents, case, width, strokes and ligatures', () => {
    const pairs = {
      ÉCLAIR: 'eclair',
      Straße: 'strasse',
      Øyvind: 'oyvind',
      Łódź: 'lodz',
      ﬁn: 'fin',
      Ｗｉｄｅ: 'wide',
      İzmir: 'izmir',
      ΟΔΟΣ: 'οδοσ',
      Ærø: 'aero',
    };
    for (const [text, folded] of Object.entries(pairs)) assert.equal(fold(text), folded);
  });

  test('folding what was folded changes nothing', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => assert.equal(fold(fold(text)), fold(text))));
  });

  test('whoever types a name as it is written finds it, and so does whoever types the beginning of each word', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        const index = indexWords([name]);
        for (const word of queryWords(name)) assert.ok(index.some((indexed) => indexed.startsWith(word)));
      }),
    );
    assert.deepEqual(indexWords(["O'Brien-Smith"]).sort(), ['brien', 'o', 'obrien', 'smith']);
  });

  test('a word that begins another is said by it already', () => {
    assert.deepEqual(queryWords('an anna AN ánná b'), ['anna', 'b']);
    assert.deepEqual(queryWords(' %_* '), []);
  });
});
