import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { canonicalJson } from '../../../server/domain/canonical-json.js';
import { answers, entryWords, mayAnswer, messageQuery } from '../../../server/domain/message-words.js';

const wordsOf = (text: string): string[] => entryWords({ kind: 'message', text, links: [] });

test('a message is found by each of its words and by the beginning of each, however it is written', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'grapheme', maxLength: 60 }), { maxLength: 8 }),
      fc.nat(7),
      fc.nat(30),
      (parts, which, length) => {
        const text = parts.join(' ');
        const part = parts[which % Math.max(1, parts.length)] ?? '';
        const words = wordsOf(text);
        for (const asked of [part, text, part.normalize('NFC'), part.normalize('NFD')]) {
          const query = messageQuery(asked);
          if (query) assert.ok(answers(words, query), JSON.stringify([text, asked]));
        }
        const beginning = messageQuery([...(words[0] ?? '')].slice(0, 1 + length).join(''));
        if (beginning) assert.ok(answers(words, beginning));
      },
    ),
    { numRuns: 500 },
  );
});

test('[B17] no entry with the words is passed over by the look at its body as it is stored', () => {
  const pieces = fc.constantFrom(
    'Lung',
    "O'Brien",
    'é',
    'Größe',
    'ŉa',
    'O’Brien',
    'ΟΔΟΣ',
    'İ',
    '\u0301x',
    'ﬁne',
    '"quoted"',
    'x'.repeat(60),
    '左肺',
    'line\nline',
    '\\',
    'kind',
    'B2',
    ' ',
    '-',
  );
  const label = fc.option(fc.string({ maxLength: 20 }), { nil: undefined });
  let passedOver = 0;
  fc.assert(
    fc.property(
      fc.array(fc.oneof(pieces, fc.string({ maxLength: 12 }), fc.string({ unit: 'grapheme', maxLength: 6 })), { maxLength: 6 }),
      label,
      pieces,
      (parts, said, other) => {
        const text = parts.join(' ');
        const body = { kind: 'message' as const, text, links: said === undefined ? [] : [{ kind: 'study', id: '1', label: said }] };
        const stored = canonicalJson(body);
        for (const asked of [...parts, said ?? '', other, text.slice(0, 9)]) {
          const query = messageQuery(asked);
          if (!query) continue;
          if (answers(entryWords(body), query)) assert.ok(mayAnswer(stored, query), JSON.stringify([text, asked]));
          else if (!mayAnswer(stored, query)) passedOver += 1;
        }
      },
    ),
    { numRuns: 1_000 },
  );
  assert.ok(passedOver > 100, `${passedOver} passed over`);
  assert.equal(
    mayAnswer(canonicalJson({ kind: 'message', text: 'die rechte Lunge, zurückrufen', links: [] }), { words: [], beginning: 'bein' }),
    false,
  );
});

test('[attack 76] words are letters and digits only, and no longer than the index keeps them', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      for (const word of wordsOf(text)) {
        assert.match(word, /^[\p{L}\p{N}]+$/u);
        assert.ok([...word].length <= 48);
      }
    }),
    { numRuns: 500 },
  );
  assert.deepEqual(wordsOf('x'.repeat(8_000)), ['x'.repeat(48)]);
  assert.equal(messageQuery(' -"*(): '), null);
  assert.deepEqual(entryWords({ kind: 'renamed', title: 'found by nothing' }), []);
});
