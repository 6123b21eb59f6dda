import { expect } from 'chai';
import fc from 'fast-check';
import { adoptStyles, css, type CSSResult, supportsAdoptingStyleSheets, unsafeCSS } from 'lit';
import * as compact from '../../widgets/bundle/compact-styles.js';

const lit = { adoptStyles, css, supportsAdoptingStyleSheets, unsafeCSS };
type Library = typeof lit;
const libraries = [lit, compact as unknown as Library];

/** A template as the compiler gives it to a tag: the texts, and between them numbers or (null) another style. */
interface Template {
  texts: string[];
  values: (number | null)[];
}

const template = fc
  .array(fc.tuple(fc.constantFrom('a { color: red; }', ':host { inline-size: ', 'px; }', '\\2014', '', '\n'), fc.option(fc.integer())))
  .map((parts): Template => ({ texts: ['', ...parts.map(([text]) => text)], values: parts.map(([, value]) => value) }));

function styleOf({ css }: Library, { texts, values }: Template): ReturnType<typeof css> {
  const strings = Object.assign([...texts], { raw: texts });
  return css(
    strings,
    ...values.map(
      (value) =>
        value ??
        css`
          b {
            margin: 0;
          }
        `,
    ),
  );
}

describe('compact styles', () => {
  it('[pain 16] have the text that lit gives them', () => {
    fc.assert(
      fc.property(template, (made) => {
        const [theirs, ours] = libraries.map((library) => styleOf(library, made).cssText);
        expect(ours).to.equal(theirs);
      }),
    );
  });

  it('[pain 16] are adopted as lit does it, one sheet for all elements, beside sheets that the page made itself', () => {
    const own = new CSSStyleSheet();
    own.replaceSync('i { color: green; }');
    const adopted = libraries.map(({ adoptStyles: adopt, css: tag, unsafeCSS: plain, supportsAdoptingStyleSheets: supported }) => {
      expect(supported).to.equal(true);
      const styles = [tag`a { color: red; }`, own, plain('b { margin: 0; }')];
      const roots = [1, 2].map(() => document.createElement('div').attachShadow({ mode: 'open' }));
      for (const root of roots) adopt(root, styles);
      const [first, second] = roots.map((root) => [...root.adoptedStyleSheets]);
      expect(second).to.deep.equal(first);
      expect(first?.[0]).to.equal((styles[0] as CSSResult).styleSheet);
      return first?.map(({ cssRules }) => [...cssRules].map((rule) => rule.cssText));
    });
    expect(adopted[1]).to.deep.equal(adopted[0]);
  });
});
