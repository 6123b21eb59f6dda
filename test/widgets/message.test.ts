import { expect } from 'chai';
import { render } from 'lit';
import { type ContextLink, createParley } from '#sdk';
import { LinkCard } from '../../widgets/link-card/link-card.js';
import { type MessageView, renderMessage } from '../../widgets/message/message.js';
import { firstWords, preview } from '../../widgets/message/plain-text.js';
import { safeHref, withLinks } from '../../widgets/message/web-links.js';
import type { Row } from '../../widgets/timeline/rows.js';
import { accessible, clear, html, must, settled, show, until, part } from './support/page.js';
import { mark, type Stage, stage } from './support/panel-stage.js';
import { view } from './support/message-view.js';
import { define } from '../../widgets/internal/define.js';

define(LinkCard);

function message(text: string, change: Partial<MessageView> = {}): HTMLElement {
  const item = stage().timeline('c1').item(1, mark.id, text);
  const row = { type: 'message', key: 'a', item, mine: false, author: mark.id, head: true, tail: true } as Extract<
    Row,
    { type: 'message' }
  >;
  const place = show(html`<div></div>`);
  render(renderMessage(row, { ...view, ...change }), place);
  return place;
}

describe('a message', () => {
  afterEach(clear);

  it('[attack 51] shows markup as the text that it is', () => {
    for (const text of ['<img src=x onerror=alert(1)>', '<svg onload=alert(1)>', '![x](javascript:alert(1))', '{{7*7}}', '<b>bold</b>']) {
      const place = message(text);
      expect(must(place, '.text').textContent).to.equal(text);
      expect(place.querySelector('img, svg[onload], b, script') === null).to.equal(true);
    }
  });

  it('[attack 52] makes no link of any scheme but http, https and mailto', () => {
    const bad = [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      '\u0001javascript:alert(1)',
      'java\tscript:alert(1)',
      'data:text/html,x',
      'vbscript:x',
      'blob:x',
      'file:///etc/passwd',
      'pacs:study',
    ];
    for (const address of bad) {
      expect(safeHref(address), address).to.equal(null);
      expect(message(`see ${address} now`).querySelector('a') === null, address).to.equal(true);
    }
    const link = must<HTMLAnchorElement>(message('see https://example.org/a?b=1.'), 'a');
    expect(link.href).to.equal('https://example.org/a?b=1');
    expect(link.textContent).to.equal('https://example.org/a?b=1');
    expect(must<HTMLAnchorElement>(message('mailto:ward@example.org'), 'a').href).to.equal('mailto:ward@example.org');
  });

  it('[attack 54] makes no link of an address whose host is not what it looks like', () => {
    for (const address of [
      '//evil.example',
      'https:evil.example',
      'https://good.example@evil.example',
      'https://good.example\\@evil.example',
      '\\\\evil.example',
      'https:///evil',
    ]) {
      expect(safeHref(address), address).to.equal(null);
    }
  });

  it('[attack 56] shows the host of a look-alike address as the browser resolves it', () => {
    const [piece] = withLinks('https://\u0430pple.com/');
    expect(piece?.text).to.include('xn--');
  });

  it('[attack 60] opens addresses without a way back to this page', () => {
    const link = must<HTMLAnchorElement>(message('https://example.org'), 'a');
    expect(link.target).to.equal('_blank');
    expect([...link.relList]).to.include.members(['noopener', 'noreferrer']);
  });

  it('[attack 57] isolates direction controls, and shows control characters harmlessly', () => {
    const place = message('before \u202Eevil\u0000\u001b[31m');
    const text = must(place, '.text');
    expect(text.dir).to.equal('auto');
    expect(text.textContent).to.include('\u2400').and.to.include('\u241b').and.not.include('\u0000');
    expect(must(place, 'bdi').textContent).to.equal('Mark Lee');
  });

  it('[attack 61] caps thousands of stacked marks, lines and characters, and opens them on demand', () => {
    const marks = `Z${'\u0301'.repeat(8_000)}`;
    expect(preview(marks).shown.length).to.be.lessThan(20);
    expect(preview(marks).cut).to.equal(true);
    expect(preview('line\n'.repeat(500)).shown.split('\n').length).to.be.at.most(24);
    expect(preview('\u{1F600}'.repeat(4_000)).shown.isWellFormed()).to.equal(true);
    expect(preview('e\u0301a\u0300 ordinary').cut).to.equal(false);
    expect(firstWords(marks).length).to.be.lessThan(20);
    const toggled: string[] = [];
    const place = message(marks, { toggle: (key) => toggled.push(key) });
    expect(must(place, '.text').textContent?.length ?? 0, 'what is laid out at first').to.be.lessThan(100);
    must(place, '.more').click();
    expect(toggled).to.deep.equal(['a']);
    expect(must(message(marks, { expanded: true }), '.text').textContent).to.have.length(8_001);
  });
});

describe('<parley-link-card>', () => {
  afterEach(clear);

  const study: ContextLink = { kind: 'study', id: '1.2.3' };

  async function card(link: ContextLink, prepare: (made: Stage) => void = () => undefined): Promise<{ made: Stage; card: LinkCard }> {
    const made = stage();
    prepare(made);
    const place = show(html`<parley-link-card .client=${made.client} .link=${link} .conversation=${'c1'}></parley-link-card>`);
    const found = must<LinkCard>(place, 'parley-link-card');
    await settled(found);
    return { made, card: found };
  }

  const words = (of: LinkCard): string => must(of.shadowRoot ?? of, '.title').textContent ?? '';

  it('[S21] shows the item as this viewer sees it, underlined, and one click opens it in the host', async () => {
    const { made, card: one } = await card(study);
    await until(() => words(one).includes('CT Thorax'), 'it is resolved');
    expect(getComputedStyle(must(one.shadowRoot ?? one, '.title')).textDecorationLine).to.equal('underline');
    must(one.shadowRoot ?? one, 'button.card').click();
    await until(() => made.opened.length === 1, 'it is opened');
    expect(made.opened).to.deep.equal([study]);
    await accessible(one);
  });

  it('[S21] asks the host page first: it may open the item itself', async () => {
    const { made, card: one } = await card(study);
    await until(() => words(one).includes('CT Thorax'), 'it is resolved');
    const asked: unknown[] = [];
    one.addEventListener('parley-item-open', (event) => {
      asked.push(event.detail);
      event.preventDefault();
    });
    must(one.shadowRoot ?? one, 'button.card').click();
    await settled(one);
    expect(asked).to.deep.equal([{ link: study, conversation: 'c1' }]);
    expect(made.opened).to.deep.equal([]);
  });

  it('[attack 59] tells nothing about an item that the viewer may not see, and does not open it', async () => {
    const { card: one } = await card({ ...study, label: 'Meier, Hans' }, (made) => (made.resolve = async () => ({ denied: true })));
    await until(() => words(one).includes('may not see'), 'it says so');
    expect(one.shadowRoot?.textContent).to.not.include('Meier');
    expect(one.shadowRoot?.querySelector('button') === null).to.equal(true);
  });

  for (const [title, lines] of [
    ['CT Thorax', 0],
    ['A very long title '.repeat(20), 2],
  ] as const) {
    it(`keeps its height while it is looked up, but for the lines of a title that needs more than one: ${lines}`, async () => {
      let answer: (value: { title: string }) => void = () => undefined;
      const { card: one } = await card(study, (made) => (made.resolve = () => new Promise((resolve) => (answer = resolve))));
      expect(words(one)).to.include('Looking it up');
      const was = one.offsetHeight;
      answer({ title });
      await until(() => words(one).includes(title.trim()), 'it is resolved');
      const line = Number.parseFloat(getComputedStyle(part(one, '.title')).lineHeight);
      expect(one.offsetHeight - was).to.be.closeTo(lines * line, 2);
    });
  }

  it('[attack 52] [attack 55] never leads to a script, and asks before it leaves for another site', async () => {
    const unsafe = await card({ kind: 'ticket', id: '1', label: 'Ticket', href: 'javascript:alert(1)' });
    expect(unsafe.card.shadowRoot?.querySelector('button, a') === null).to.equal(true);
    const { card: one } = await card({ kind: 'ticket', id: '1', label: 'Ticket', href: 'https://tickets.example/1' });
    const opened: unknown[] = [];
    const open = window.open;
    window.open = (...parameters) => {
      opened.push(parameters);
      return null;
    };
    try {
      must(one.shadowRoot ?? one, 'button.card').click();
      await until(() => one.shadowRoot?.querySelector('.notice') !== null, 'it asks');
      expect(opened).to.deep.equal([]);
      expect(must(one.shadowRoot ?? one, '.notice').textContent).to.include('tickets.example');
      must(one.shadowRoot ?? one, '.notice button').click();
      expect(opened).to.deep.equal([['https://tickets.example/1', '_blank', 'noopener,noreferrer']]);
    } finally {
      window.open = open;
    }
  });

  it('asks again after refresh(), for a kind that came later, and of another client; what is shown stays meanwhile', async () => {
    const { host } = createParley({ server: 'https://chat.example', token: () => '' });
    const { card: one } = await card(study, (made) => Object.defineProperty(made.client, 'host', { value: host }));
    expect(words(one)).to.equal('study');
    let title = 'CT Thorax';
    host.register('study', { resolve: () => (title === '' ? new Promise(() => undefined) : { title }) });
    await until(() => words(one) === 'CT Thorax', 'the kind that came later is resolved');
    title = 'MR Knee';
    host.refresh();
    await until(() => words(one) === 'MR Knee', 'it asks again');
    title = '';
    host.refresh();
    await settled(one);
    expect(words(one)).to.equal('MR Knee');
    one.client = stage().client;
    one.requestUpdate();
    await until(() => words(one).includes('CT Thorax 1.2.3'), 'another client is asked');
  });

  it('is resolved when it was moved meanwhile', async () => {
    let answer: (value: { title: string }) => void = () => undefined;
    const { card: one } = await card(study, (made) => (made.resolve = () => new Promise((resolve) => (answer = resolve))));
    one.parentElement!.prepend(document.createElement('p'), one);
    await settled(one);
    answer({ title: 'CT Thorax' });
    await until(() => words(one) === 'CT Thorax', 'it is resolved');
  });

  it('says where an item of an unknown kind belongs', async () => {
    const { card: one } = await card({ kind: 'lab-result', id: '1' });
    expect(words(one)).to.equal('lab result');
    expect(one.shadowRoot?.textContent).to.include('its own application');
  });
});
