import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'node:test';

const widgets = fileURLToPath(new URL('../../../widgets/', import.meta.url));
const read = (file: string): string => readFileSync(widgets + file, 'utf8');
const named = (text: string, pattern: RegExp): Set<string> => new Set([...text.matchAll(pattern)].map(([, name = '']) => name));

const sources = globSync('**/*.ts', { cwd: widgets }).map(read).join('\n');
const used = named(sources, /var\((--parley-[a-z0-9-]+)/g);
const documented = named(sources, /@cssproperty \[?(--parley-[a-z0-9-]+)/g);
const themes = ['control-room', 'reading-room', 'webmail'];

describe('tokens', () => {
  it('each that an element reads is documented, and none besides', () => {
    assert.deepEqual([...used].sort(), [...documented].sort());
  });
});

describe('themes', () => {
  it('are those three', () => {
    assert.deepEqual(
      globSync('themes/*.css', { cwd: widgets }).sort(),
      themes.map((name) => `themes/${name}.css`),
    );
  });

  for (const name of themes) {
    const css = read(`themes/${name}.css`).replace(/\/\*.*?\*\//gs, '');
    it(`${name} is found by its public name and sets tokens that there are, all colours among them, in a class of its own`, () => {
      assert.equal(fileURLToPath(import.meta.resolve(`parley-chat/themes/${name}.css`)), `${widgets}themes/${name}.css`);
      const set = named(css, /(--parley-[a-z0-9-]+):/g);
      assert.deepEqual(
        [...set].filter((token) => !documented.has(token)),
        [],
      );
      const tokens = named(read('internal/tokens.ts') + read('internal/core-tokens.ts'), /(--parley-[a-z0-9-]+), light-dark/g);
      assert.deepEqual(
        [...tokens].filter((token) => !set.has(token)),
        [],
      );
      assert.deepEqual(
        [...css.matchAll(/^\s*(?:\.[\w-]+|:root|html|\*)(?=[ {])/gm)]
          .map(([selector]) => selector.trim())
          .filter((selector) => selector !== `.parley-${name}`),
        [],
      );
      assert.doesNotMatch(css, /!important|url\(|@import/);
    });
  }
});
