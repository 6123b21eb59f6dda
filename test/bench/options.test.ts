import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HELP, readOptions } from './options.js';
import { SCENARIOS } from './scenarios/index.js';

describe('the command line of the benchmark', () => {
  it('[G26] measures everything unless it is asked for a part', () => {
    const all = readOptions([]);
    assert.ok(all?.browser && all.growth);
    assert.equal(all.server.length, Object.keys(SCENARIOS).length);
    assert.equal(readOptions(['--short'])?.growth, false);
    assert.deepEqual(readOptions(['--only', 'storm'])?.server, ['storm']);
    const growth = readOptions(['--only', 'growth', '--short']);
    assert.ok(growth?.growth && !growth.browser && growth.server.length === 0);
  });

  it('[G26] refuses what it does not know, and a record of a part', () => {
    for (const args of [
      ['--only', 'nothing'],
      ['--quick'],
      ['--rounds', '0'],
      ['--profile', 'nothing'],
      ['--profile', 'durable,nothing'],
      ['--profile', 'durable', '--write', '--short'],
      ['--write', '--short'],
      ['--write', '--only', 'storm'],
    ])
      assert.equal(readOptions(args), null, args.join(' '));
  });

  it('[G26] profiles several scenarios, one after the other', () => {
    assert.deepEqual(readOptions(['--profile', 'durable,sign-in', '--write'])?.profile, ['durable', 'sign-in']);
  });

  it('[G26] names every scenario in its help', () => {
    for (const name of Object.keys(SCENARIOS)) assert.ok(HELP.includes(name), name);
  });
});
