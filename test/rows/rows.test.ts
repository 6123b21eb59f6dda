import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { claimOf, coverageOf } from './coverage.js';
import { ROWS } from './rows.js';
import { titlesOf } from './titles.js';

const texts = (source: string): string[] => titlesOf('some.test.ts', source).map(({ text }) => text);

describe('the list of rows', () => {
  it('has 109 rows, each with an id and a name of its own', () => {
    assert.equal(ROWS.length, 109);
    assert.equal(new Set(ROWS.map(({ id }) => id)).size, 109);
    assert.equal(new Set(ROWS.map(({ name }) => name)).size, 109);
    const last = (group: string): string | undefined => ROWS.findLast(({ id }) => id.startsWith(group))?.id;
    assert.deepEqual(['S', 'B', 'E', 'M'].map(last), ['S21', 'B43', 'E24', 'M21']);
  });
});

describe('what a title claims', () => {
  const cases: [title: string, ids: string[]][] = [
    ['[S19] the link waits in the composer', ['S19']],
    ['[B12, B13] anybody adds people', ['B12', 'B13']],
    ['[E12] [G6] [E13] the time in front', ['E12', 'E13']],
    ['[B2-B4] three rows in one', ['B2', 'B3', 'B4']],
    ['[B2-4, M1] a short span', ['B2', 'B3', 'B4', 'M1']],
    ['  [S6, pain 12] blanks before it', ['S6']],
    ['[SPEC S2] a behaviour of the protocol', []],
    ['[S3 of SPEC] the other way round', []],
    ['[C3] [W2] [attack 52] [wall 1] other lists', []],
    ['an id [S19] in the middle is part of the sentence', []],
    ['S19 without brackets', []],
    ['[s19] in small letters', []],
  ];
  for (const [title, ids] of cases) {
    it(`is ${ids.length === 0 ? 'nothing' : ids.join(' ')}: ${title}`, () => {
      assert.deepEqual(claimOf(title), { ids, faults: [] });
    });
  }

  it('is at fault where a span leads nowhere', () => {
    assert.deepEqual(claimOf('[B4-B2] [S1-B2] backwards, and across').faults, ['B4-B2', 'S1-B2']);
  });
});

describe('titles of a source file', () => {
  it('are those of it, test, describe and subtests, with their lines', () => {
    const source =
      "describe('[S1] a', () => {\n  it('[S2] b', () => {});\n});\ntest(`[S3] c`, async (t) => {\n  await t.test('[S4] d', () => {});\n});";
    assert.deepEqual(
      titlesOf('x.test.ts', source).map(({ text, line }) => `${line} ${text}`),
      ['1 [S1] a', '2 [S2] b', '4 [S3] c', '5 [S4] d'],
    );
  });

  it('are known as far as they are written where values are put in', () => {
    assert.deepEqual(texts('it(`[B31] "${text}" is ${state}`, run); it("[M3] " + name, run);'), ['[B31] "…" is …', '[M3] …']);
  });

  it('do not come from what is not run', () => {
    const source = `
      it.skip('[S1] a', run); test.todo('[S2] b'); it('[S3] c', { skip: true }, run); test('[S4] d', { todo: 'later' }, run);
      describe.skip('[S5] e', () => { it('[S6] f', run); });
      describe('[S7] a group without a test', () => {});
      it.only('[S8] g', run); it('[S9] h', { timeout: 5, skip: false }, run);`;
    assert.deepEqual(texts(source), ['[S8] g', '[S9] h']);
  });

  it('do not come from comments, strings and calls of other names', () => {
    assert.deepEqual(
      texts(`// it('[S1] a')\nconst b = "it('[S2] b', run)"; edit('[S3] c', run); pattern.test('[S4] d'); it(name, run);`),
      [],
    );
  });
});

describe('coverage', () => {
  const rows = [
    { id: 'S1', name: 'one' },
    { id: 'S2', name: 'two' },
  ];
  const title = (text: string): { text: string; file: string; line: number } => ({ text, file: 'a.test.ts', line: 1 });

  it('names each row without a test, and each test of a row that does not exist', () => {
    const { rows: covered, missing, unknown } = coverageOf(rows, [title('[S1] a'), title('[S1] [S1, S9] b'), title('[S2-S1] c')]);
    assert.deepEqual(
      covered.map(({ id, tests }) => `${id} ${tests.map(({ text }) => text).join('; ')}`),
      ['S1 [S1] a; [S1] [S1, S9] b', 'S2 '],
    );
    assert.deepEqual(missing, ['S2']);
    assert.deepEqual(
      unknown.map(({ id }) => id),
      ['S9', 'S2-S1'],
    );
  });
});
