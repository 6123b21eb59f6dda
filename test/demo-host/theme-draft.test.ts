import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { contrast, tooFaint } from '../../demo-host/theme/contrast.js';
import { COLOURS, SIZES } from '../../demo-host/theme/palette.js';
import { ThemeDraft } from '../../demo-host/theme/theme-draft.js';

const read = (file: string): string => readFileSync(fileURLToPath(new URL(`../../../${file}`, import.meta.url)), 'utf8');
const THEMES = ['reading-room', 'webmail', 'control-room'];

describe('the theme page', () => {
  it("knows Parley's own colours and sizes", () => {
    const own = read('widgets/internal/core-tokens.ts') + read('widgets/internal/tokens.ts');
    const [, ...more] = own.split('@media (prefers-contrast: more)');
    const inMore = more.map((part) => part.split('@media')[0]).join('');
    for (const { token, light, dark, more: wanted } of COLOURS) {
      assert.ok(own.includes(`var(--parley-${token}, light-dark(${light}, ${dark}))`), token);
      assert.equal(inMore.includes(`--parley-${token},`), wanted !== undefined, token);
      if (wanted) assert.ok(inMore.includes(`var(--parley-${token}, light-dark(${wanted.light}, ${wanted.dark}))`), token);
    }
    for (const { token, usual, unit } of SIZES) assert.ok(own.includes(`var(--parley-${token}, ${String(usual)}${unit})`), token);
  });

  it('writes nothing where nothing is set, and what is set for both schemes', () => {
    const draft = new ThemeDraft();
    assert.doesNotMatch(draft.css(), /--parley/);
    draft.setColour('accent', 'dark', 'usual', '#ff8800');
    draft.setOther('radius', '0px');
    assert.equal(draft.css(), ':root {\n  --parley-accent: light-dark(#0b62c4, #ff8800);\n  --parley-radius: 0px;\n}\n');
    draft.setOther('radius', '6px');
    draft.setColour('accent', 'dark', 'usual', '#6aa9f2');
    assert.equal(draft.declarations('usual').size, 0, "Parley's own need no words");
  });

  it('[pain 14] keeps what is for more contrast apart', () => {
    const draft = new ThemeDraft();
    draft.setColour('ink', 'light', 'more', '#000000');
    assert.equal(draft.colour('ink', 'light', 'usual'), '#1b2430');
    assert.match(
      draft.css(),
      /@media \(prefers-contrast: more\) \{\n {2}:root \{\n {4}--parley-ink: light-dark\(#000000, #d9dfe6\);\n {2}\}\n\}\n$/,
    );
  });

  for (const name of THEMES) {
    it(`writes ${name} as it stands in its file, and finds no fault with it`, () => {
      const css = read(`widgets/themes/${name}.css`);
      const draft = new ThemeDraft(css);
      const again = new ThemeDraft(draft.css());
      for (const layer of ['usual', 'more'] as const) {
        assert.deepEqual(again.declarations(layer), draft.declarations(layer), layer);
        for (const scheme of ['light', 'dark'] as const)
          assert.deepEqual(
            tooFaint((token) => draft.colour(token, scheme, layer)),
            [],
          );
      }
      const [usual = ''] = css.split('@media');
      for (const [, token = '', value = ''] of usual.matchAll(/--parley-([\w-]+): ([^;#(]+);/g))
        assert.equal(
          draft.other(token),
          SIZES.some((size) => size.token === token && `${String(size.usual)}${size.unit}` === value) ? '' : value,
        );
    });
  }

  it('[pain 14] says which pairs are too near to each other', () => {
    assert.equal(contrast('#000000', '#ffffff'), 21);
    const draft = new ThemeDraft();
    draft.setColour('ink', 'light', 'usual', '#999999');
    const faint = tooFaint((token) => draft.colour(token, 'light', 'usual'));
    assert.ok(faint.length >= 5 && faint.every(({ mark, found }) => mark === 'ink' && found < 4.5));
  });
});
