import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { filesOf, filesWith, languagesOf, measure, type Manifest } from './measure.js';

const manifest: Manifest = {
  'parley.js': { imports: ['shared.js'], dynamicImports: ['panel.js', 'parley-locale-de-hash1234.js'] },
  'shared.js': { imports: ['parley.js'], dynamicImports: [] },
  'panel.js': { imports: ['shared.js'], dynamicImports: ['emoji.js'] },
  'emoji.js': { imports: [], dynamicImports: [] },
  'parley-locale-de-hash1234.js': { imports: [], dynamicImports: [] },
};

describe('size', () => {
  it('what a page loads is the entry and what it imports, each file once', () => {
    assert.deepEqual(filesOf(manifest, 'parley.js', false), ['parley.js', 'shared.js']);
  });

  it('everything includes what is loaded later, however far down', () => {
    assert.deepEqual(filesOf(manifest, 'parley.js', true).sort(), ['emoji.js', 'panel.js', 'parley.js', 'shared.js']);
  });

  it('languages are weighed by themselves: a page loads one of them or none', () => {
    assert.deepEqual([...languagesOf(manifest)], [['de', 'parley-locale-de-hash1234.js']]);
  });

  it('what a chat needs is the entry with its chunks and what these import; a chunk that was renamed stops the measurement', () => {
    const lazy: Manifest = {
      ...manifest,
      'parley-inside-AbC_-123.js': { imports: ['shared.js', 'emoji.js'], dynamicImports: ['panel.js'] },
    };
    assert.deepEqual(filesWith(lazy, 'parley.js', ['inside']), ['parley.js', 'shared.js', 'parley-inside-AbC_-123.js', 'emoji.js']);
    assert.throws(() => filesWith(lazy, 'parley.js', ['outside']), /outside/);
  });

  it('a file that the build does not know stops the measurement', () => {
    assert.throws(() => filesOf(manifest, 'gone.js', false), /gone\.js/);
  });

  it('files are compressed one by one', (t) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'parley-size-'));
    t.after(() => rmSync(folder, { recursive: true }));
    writeFileSync(path.join(folder, 'a.js'), 'x'.repeat(1_000));
    const one = measure(folder, ['a.js']);
    assert.equal(one.raw, 1_000);
    assert.ok(one.gzip < 100 && one.brotli < 100);
    assert.deepEqual(measure(folder, ['a.js', 'a.js']), { files: 2, raw: 2_000, gzip: 2 * one.gzip, brotli: 2 * one.brotli });
  });
});
