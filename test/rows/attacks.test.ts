import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { ATTACKS, attacksOf, attackTable, testsOfAttacks, withAttackTable } from './attacks.js';
import { ROOT, titlesOfTests } from './tree.js';

const tests = testsOfAttacks(titlesOfTests());
const security = readFileSync(path.join(ROOT, 'SECURITY.md'), 'utf8');

describe('the list of attacks', () => {
  it('has 77, each with a name of its own', () => {
    assert.equal(ATTACKS.length, 77);
    assert.equal(new Set(ATTACKS).size, 77);
  });

  it('has a test of each, and no test tries one that is not in it', () => {
    assert.deepEqual(
      [...tests].filter(([number, files]) => files.length === 0 || number > ATTACKS.length || number < 1),
      [],
    );
  });

  it('stands in SECURITY.md with the tests that there are: `npm run rows -- --write`', () => {
    assert.equal(withAttackTable(security, attackTable(tests)), security);
  });

  it('every file and command that SECURITY.md names is there', () => {
    const named = [...security.matchAll(/`((?:sdk|widgets|server|test)\/[^`*]+)`/g)].map(([, file = '']) => file);
    assert.ok(named.length > 10);
    for (const file of named) assert.ok(readFileSync(path.join(ROOT, file)).length > 0, file);
    const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
    for (const [, script = ''] of security.matchAll(/`npm run ([a-z:]+)/g)) assert.ok(script in scripts, script);
  });
});

describe('attacks of a title', () => {
  for (const [title, numbers] of [
    ['[attack 52] one', [52]],
    ['[S6, attack 49] [attack 47] [SPEC N1] several', [49, 47]],
    ['[matrix, attack 37] …', [37]],
    ['after [attack 3] the sentence has begun', []],
    ['[attack3] [attacks 3] [Attack 3] others', []],
  ] as const) {
    it(`are ${numbers.join(' and ') || 'none'}: ${title}`, () => assert.deepEqual(attacksOf(title), numbers));
  }

  it('a table that has rotted is another one', () => {
    const document = withAttackTable(security, 'rotten');
    assert.ok(document.includes('rotten'));
    assert.notEqual(document, security);
    assert.throws(() => withAttackTable('# Security', ''), /no place/);
  });
});
