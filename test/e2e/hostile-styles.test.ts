import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { prepareGround } from './ground.js';
import { leaksOf, lookOfPage } from './probe-styles.js';
import { meet, tour } from './tour.js';
import { untilReady } from './visitor.js';

/** What is meant to be the page's: its font, its scheme and its language. */
const PAGES = ['font-family', 'color-scheme', '-webkit-locale'];
/** What is inherited, as a page may say it of its text. */
const TEXT = [
  'color: red, -webkit-text-fill-color: red, -webkit-text-stroke: 1px red, text-shadow: 1px 1px red, caret-color: red, accent-color: red',
  'fill: red, stroke: red, stroke-width: 3px, paint-order: stroke',
  'font-size: 40px, font-weight: 900, font-style: italic, font-variant: small-caps, font-stretch: condensed, font-feature-settings: "smcp"',
  'letter-spacing: 5px, word-spacing: 9px, line-height: 3, text-transform: uppercase, text-align: center, text-indent: 30px, tab-size: 2',
  'white-space: pre, text-wrap: nowrap, word-break: break-all, overflow-wrap: anywhere, hyphens: auto, line-break: anywhere, quotes: "a" "b"',
  'list-style: square inside, border-collapse: collapse, border-spacing: 9px, caption-side: bottom, empty-cells: hide',
  'cursor: crosshair, user-select: none, text-rendering: geometricPrecision, text-underline-offset: 9px',
]
  .join(', ')
  .split(', ');
const BOX = [
  'position: static',
  'margin: 20px',
  'padding: 20px',
  'background: red',
  'border: 9px solid red',
  'float: left',
  'opacity: 0.5',
];

const rule = (selector: string, declarations: string[], end = ''): string =>
  `${selector} { ${declarations.map((one) => `${one}${end};`).join(' ')} }`;

/** Sheets as pages have them, and worse. */
const SHEETS: Record<string, string> = {
  'a page whose text is loud': `html { font-size: 40px } ${rule('body', TEXT)}`,
  'a reset of every tag': `[hidden] { display: block !important } :host, :root :is(div, span, bdi, svg, path, button, input, textarea, select, option,
    label, fieldset, legend, ul, ol, li, table, td, th, a, p, strong, time, h1, h2, h3, header, section, dialog, form, i, img)
    ${rule('', [...TEXT, ...BOX, 'display: block', 'transition: all 9s', 'animation: none'], ' !important')}`,
  'what is said of everything': rule('*, *::before, *::after, *::placeholder, *::backdrop', TEXT, ' !important'),
  'everything unset': '*, *::before, *::after { all: unset !important; display: block !important }',
};

describe('the styles of a page and ours', { timeout: 120_000 }, () => {
  const ground = prepareGround();

  it('[pain 16] nothing that a hostile sheet says gets into panel, dialogs, menus and banner; and the page looks as it does without us', async () => {
    const pair = await meet(ground.tenant('styles'), { context: { reducedMotion: 'reduce' } });
    const { page } = pair.ada;
    await page.route('**/parley/**', (route) => route.abort());
    await page.reload();
    const without = await page.evaluate(lookOfPage);
    await page.unroute('**/parley/**');
    await page.reload();
    await untilReady(page);

    const found: string[] = [];
    let looked = 0;
    await tour(pair, async (place) => {
      const { leaks, count } = await page.evaluate(leaksOf, SHEETS);
      looked += count;
      for (const { sheet, element, property, from, to } of leaks)
        if (!PAGES.includes(property)) found.push(`${sheet}, at ${place}: ${element} has ${property} ${to} and not ${from}`);
    });
    assert.deepEqual(found.slice(0, 50), []);
    assert.ok(looked > 500, `${String(looked)} elements were looked at`);
    assert.deepEqual(await page.evaluate(lookOfPage), without);
  });
});
