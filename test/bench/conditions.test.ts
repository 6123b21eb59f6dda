import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FULL, SHORT } from './bench.js';
import { shortcomings, tierOf } from './conditions.js';
import { readOptions } from './options.js';

const said = (args: readonly string[], connections?: number): string => {
  const options = readOptions(args);
  assert.ok(options);
  const sizes = options.short ? SHORT : FULL;
  return shortcomings(options, { sizes, connections: connections ?? sizes.connections }).join('\n');
};

describe('the conditions of a run', () => {
  it('[G26] are nothing to say of a whole one', () => {
    assert.equal(said([]), '');
    assert.equal(tierOf({ short: false, only: undefined }), 'the full tier');
  });

  it('[G26] say what a short one has less of, and that growth is left out or shortened', () => {
    assert.match(
      said(['--short']),
      /120,000 stored entries instead of 1,000,000.*\nGrowth is not measured in the short tier.*\n1,000 idle connections/,
    );
    assert.match(said(['--short', '--only', 'growth']), /^A part of a run: --only growth\.\n.*\nGrowth is shortened/);
    assert.equal(tierOf({ short: true, only: 'storm' }), '--only storm of the short tier');
  });

  it('[G26] say that the machine allows fewer connections', () => {
    assert.equal(said([], 524), '524 idle connections instead of 5,000: this process may open no more files.');
  });
});
