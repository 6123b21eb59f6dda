import { expect } from 'chai';
import { render } from 'lit';
import type { Notice } from '#sdk';
import '#widgets';
import type { Banner } from '../../widgets/banner/banner.js';
import { type MessageView, renderMessage } from '../../widgets/message/message.js';
import type { Row } from '../../widgets/timeline/rows.js';
import { clear, deep, html, must, settled, show, until } from './support/page.js';
import { mark, stage } from './support/panel-stage.js';
import { standIn } from './support/stand-in.js';
import { view } from './support/message-view.js';

/** A frame may take so long. ms */
const FRAME = 50;
/** What else the machine does may make one slow, and not the fastest of several. */
const TRIES = 7;

describe('text that is costly to show', () => {
  afterEach(clear);

  /** Shows it once more; how long it takes until the browser knows where everything stands. ms */
  function laidOut(text: string, style: MessageView['style']): { took: number; height: number } {
    const item = stage().timeline('c1').item(1, mark.id, text);
    const row = { type: 'message', key: 'a', item, mine: false, author: mark.id, head: true, tail: true } as Extract<
      Row,
      { type: 'message' }
    >;
    const place = show(html`<div style="inline-size: 320px"></div>`);
    const from = performance.now();
    render(renderMessage(row, { ...view, style }), must(place, 'div'));
    const { height } = place.getBoundingClientRect();
    return { took: performance.now() - from, height };
  }

  for (const [name, text] of [
    ['8,000 marks on one letter', `Z${'\u0301'.repeat(7_999)}`],
    ['500 runs from right to left', 'abc \u05D0\u05D1\u05D2 '.repeat(500)],
    ['500 nested overrides', `${'\u202E\u2067x'.repeat(500)}`],
    ['4,000 emoji', '\u{1F600}'.repeat(4_000)],
    ['1,000 emoji joined to one', `${'\u{1F468}\u200D'.repeat(1_000)}\u{1F468}`],
    ['8,000 letters without a place to break', 'W'.repeat(8_000)],
    ['8,000 lines', 'a\n'.repeat(4_000)],
    ['600 addresses', 'https://e.example/ '.repeat(420)],
  ] as const) {
    it(`[attack 61] ${name} take a frame of at most ${FRAME} ms and no more height than a page`, () => {
      for (const style of ['bubble', 'log'] as const) {
        const tried = Array.from({ length: TRIES }, () => laidOut(text, style));
        expect(Math.min(...tried.map(({ took }) => took)), style).to.be.at.most(FRAME);
        for (const { height } of tried) expect(height, style).to.be.within(10, 1_000);
      }
    });
  }

  it('[attack 51] markup in the name of who wrote, and in the text that a tenant lets through, is text in the banner', async () => {
    const evil = (what: string): string => `${what}<img src=x onerror=alert(1)><svg onload=alert(2)>{{7*7}}`;
    const client = standIn();
    client.session!.people.set('evil', { id: 'evil', name: evil('name') });
    const place = show(html`
      <parley-session .client=${client}></parley-session>
      <parley-banner></parley-banner>
    `);
    const banner = must<Banner>(place, 'parley-banner');
    await settled(banner);
    const title = document.title;
    const notice: Notice = { id: 'n', type: 'message', conversation: 'n', from: 'evil', at: Date.UTC(2026, 10, 12), text: evil('text') };
    client.session!.pending$.next([notice]);
    await until(() => deep(banner.shadowRoot!, '[part="banner"]')?.textContent?.includes(evil('text')) === true, 'the text is shown');
    expect(deep(banner.shadowRoot!, '[part="banner"]')?.textContent).to.include(evil('name'));
    for (const made of ['img', 'script', 'iframe', '[onload]', '[onerror]']) expect(deep(banner.shadowRoot!, made)).to.equal(null);
    expect(document.title).to.equal(title);
  });
});
