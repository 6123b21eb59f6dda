import { sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';
import '#widgets';
import '../../widgets/inside.js';
import type { ContextLink, Person } from '#sdk';
import type { ChatPanel } from '../../widgets/chat-panel/chat-panel.js';
import { define } from '../../widgets/internal/define.js';
import { StatusMenu } from '../../widgets/status-menu/status-menu.js';
import { clear, deep, html, must, part, settled, show, until } from './support/page.js';
import { has, options, panel, within } from './support/panel-page.js';
import { NOON, type Stage, stage } from './support/panel-stage.js';
import { anna, chat } from './support/stand-in.js';

define(StatusMenu);

/** What a reader sees, hears or hovers over, and the elements that carry it, through all shadow roots. */
function everything(root: ParentNode): { said: string; elements: Element[] } {
  const elements: Element[] = [];
  const said: string[] = [];
  const walk = (node: Node): void => {
    if (node instanceof Text) said.push(node.data);
    if (node instanceof Element) {
      elements.push(node);
      said.push(...['title', 'aria-label', 'placeholder'].map((name) => node.getAttribute(name) ?? ''));
      if (node.shadowRoot !== null) walk(node.shadowRoot);
    }
    node.childNodes.forEach(walk);
  };
  walk(root);
  return { said: said.join('\n'), elements };
}

const evil = (what: string): string => `${what}<img src=x onerror=alert(1)><svg onload=alert(2)>{{7*7}}`;

describe('text of others', () => {
  afterEach(clear);

  function expectOnlyText(root: ParentNode, ...what: string[]): void {
    const { said, elements } = everything(root);
    for (const one of what) expect(said).to.include(evil(one));
    const made = elements.filter((one) => one.matches('img, script, iframe, svg[onload], [onerror]'));
    expect(made.map((one) => one.outerHTML)).to.deep.equal([]);
  }

  it('[attack 51] markup in names, titles, status words and items is text wherever it is shown', async () => {
    const title = document.title;
    const made = stage();
    const hostile: Person = { id: 'evil', name: evil('name'), title: evil('job'), organisation: evil('clinic') };
    made.people.push(hostile);
    made.session.own$.next({ availability: 'busy', message: evil('own') });
    made.session.presenceOf('evil').next({ availability: 'busy', message: evil('status'), since: NOON });
    const link: ContextLink = { kind: 'study', id: '1', label: evil('label') };
    made.kinds.set('study', { noun: evil('noun') });
    made.resolve = async ({ id }) => (id === '1' ? { title: evil('item'), subtitle: evil('about') } : { failed: true });
    const log = made.timeline('g');
    log.add(
      log.item(1, 'evil', { kind: 'message', text: evil('message'), links: [link] }),
      log.item(2, 'evil', { kind: 'message', text: 'another', links: [{ ...link, id: '2' }] }),
    );
    made.typing.next(['evil']);
    const { body } = await panel(900, {
      made,
      chats: [
        chat('g', { kind: 'group', title: evil('group'), members: ['anna', 'evil'], memberCount: 2, head: 2 }),
        chat('d', { members: ['anna', 'evil'] }),
      ],
    });
    made.session.open$.next('g');
    await until(() => everything(body).said.includes(evil('about')), 'the item is shown');
    part(within(body, 'parley-participants'), '.invoker').click();
    await until(() => has(body, '.people li'), 'who is in is shown');
    expectOnlyText(body, 'name', 'job', 'clinic', 'group', 'message', 'item', 'about', 'label', 'noun');
    made.session.open$.next('d');
    await until(() => everything(body).said.includes(evil('status')), 'the status is shown');
    within(body, 'input').focus();
    await sendKeys({ type: '<img' });
    await until(() => options(body).some((one) => one.innerText.includes(evil('name'))), 'the person is found');
    expectOnlyText(body, 'name', 'status', 'job', 'clinic');
    const bar = show(html`
      <parley-launcher .client=${made.client}>${evil('launcher')}</parley-launcher>
      <parley-status-menu .client=${made.client}></parley-status-menu>
      <parley-presence-badge .client=${made.client} user="evil" words></parley-presence-badge>
    `);
    await settled(...bar.children);
    expectOnlyText(bar, 'launcher', 'own', 'status');
    expect(document.title, "the title of the tab is the host's").to.equal(title);
  });

  /** Whether the characters stand on the screen in the order in which they are written. */
  function inOrder(text: Node): boolean {
    const range = document.createRange();
    const at = Array.from({ length: text.textContent?.length ?? 0 }, (_, index) => {
      range.setStart(text, index);
      range.setEnd(text, index + 1);
      const { left, top } = range.getBoundingClientRect();
      return { left, top };
    });
    return at.every((one, index) => index === 0 || one.top > at[index - 1]!.top || one.left >= at[index - 1]!.left);
  }

  for (const style of ['bubble', 'log'] as const) {
    it(`[attack 57] ${style}: an override turns neither the address in it nor what stands beside it`, async () => {
      const made = stage();
      made.people.push({ id: 'evil', name: 'Mark \u202EeeL' });
      const log = made.timeline('g');
      log.add(
        log.item(1, 'mark', 'an honest one'),
        log.item(2, 'evil', 'see \u202Ehttps://example.org/a now'),
        log.item(3, 'evil', '\u2069\u2069\u202Eafter https://example.org/b now', NOON + 3_600_000),
        log.item(4, 'mark', 'another honest one', NOON + 7_200_000),
      );
      const { body } = await panel(900, {
        made,
        chats: [chat('g', { kind: 'group', title: 'Ward', members: ['anna', 'mark', 'evil'], memberCount: 3, head: 4 })],
      });
      body.messageStyle = style;
      made.session.open$.next('g');
      await until(
        () => body.shadowRoot !== null && deep(body.shadowRoot, 'parley-timeline')?.shadowRoot?.querySelectorAll('.message').length === 4,
        'all are shown',
      );
      const root = within(body, 'parley-timeline').shadowRoot!;
      await until(() => root.textContent?.includes('Mark  eeL') === true, 'the name is known');
      const beside = [...root.querySelectorAll('.text a, .name, time, .text')].flatMap((one) =>
        [...one.childNodes].filter((node) => node instanceof Text && (one.className !== 'text' || node.data.includes('honest'))),
      );
      expect(beside.filter((node) => /example/.test(node.textContent ?? ''))).to.have.length(2);
      expect(beside.filter((node) => !inOrder(node)).map((node) => node.textContent)).to.deep.equal([]);
      for (const message of root.querySelectorAll('.message.log')) {
        const name = must(message, '.name').getBoundingClientRect();
        const text = must(message, '.text').getClientRects()[0]!;
        expect(name.right, 'the name stands before what was said').to.be.at.most(text.left + 1);
      }
    });
  }

  it('[attack 58] two people of one name are told apart by title and organisation, in the search and in the picker', async () => {
    const made = stage();
    made.people.push(
      { id: 'k1', name: 'Kim Park', title: 'Surgeon', organisation: 'Harbour Clinic' },
      { id: 'k2', name: 'Kim Park', title: 'Porter', organisation: 'St Anna Hospital' },
    );
    const { body } = await panel(320, { made, chats: [] });
    const told = ['Kim Park\nSurgeon, Harbour Clinic', 'Kim Park\nPorter, St Anna Hospital'];
    const shown = (hits: Iterable<HTMLElement>): string[] =>
      [...hits].map((hit) => [...hit.querySelectorAll<HTMLElement>('.title, .words')].map((one) => one.innerText).join('\n'));
    within(body, 'input').focus();
    await sendKeys({ type: 'kim' });
    await until(() => options(body).length === 2, 'both are found');
    expect(shown(options(body))).to.deep.equal(told);
    within(body, '.new').click();
    await until(() => has(body, 'parley-people-picker'), 'the picker is there');
    const picker = within(body, 'parley-people-picker');
    await until(() => picker.shadowRoot?.activeElement?.localName === 'input', 'the cursor is in the field');
    await sendKeys({ type: 'kim' });
    const hits = (): NodeListOf<HTMLElement> => picker.shadowRoot!.querySelectorAll<HTMLElement>('[role="option"]');
    await until(() => hits().length === 2, 'both are found');
    expect(shown(hits())).to.deep.equal(told);
    for (const words of [...hits()].map((hit) => must(hit, '.words'))) {
      expect(words.checkVisibility() && words.scrollWidth <= words.clientWidth, 'it can be read whole').to.equal(true);
    }
  });

  it('[attack 64] elements of the host named like what scripts read change nothing', async () => {
    const names = 'config parley client session chat settings user token server state host io socket lit litHtmlVersions process require';
    const hostile = document.createElement('div');
    for (const name of names.split(' ')) {
      const [anchor, form, field] = [document.createElement('a'), document.createElement('form'), document.createElement('input')];
      anchor.id = name;
      anchor.setAttribute('href', 'https://evil.example/');
      form.setAttribute('name', name);
      field.name = 'client';
      form.append(field);
      hostile.append(anchor, form);
    }
    // These win over the document's own properties.
    for (const name of ['activeElement', 'visibilityState', 'title', 'currentScript', 'defaultView']) {
      const image = document.createElement('img');
      image.name = name;
      hostile.append(image);
    }
    document.body.append(hostile);
    try {
      expect((globalThis as unknown as Record<string, unknown>)['config'], 'the attack works').to.not.equal(undefined);
      expect(document.activeElement).to.be.instanceOf(HTMLImageElement);
      const made: Stage = stage();
      made.setChats(chat('c1', { kind: 'group', title: 'Ward', members: ['anna', 'mark'] }));
      const place = show(html`
        <parley-session id="chat-of-anna" .client=${made.client}></parley-session>
        <parley-launcher session="chat-of-anna"></parley-launcher>
        <parley-chat-panel></parley-chat-panel>
      `);
      const found = must<ChatPanel>(place, 'parley-chat-panel');
      await settled(...place.children);
      const button = part(must(place, 'parley-launcher'), 'button');
      button.focus();
      await sendKeys({ press: 'Enter' });
      await until(() => deep(found.shadowRoot!, '[role="option"]') !== null, 'the chats are shown');
      must(found.shadowRoot!, '[role="option"]').click();
      await until(() => deep(found.shadowRoot!, 'textarea') !== null, 'the chat is open');
      must(found.shadowRoot!, 'textarea').focus();
      await sendKeys({ type: 'hello' });
      await until(() => must<HTMLTextAreaElement>(found.shadowRoot!, 'textarea').value === 'hello', 'it is written');
      await sendKeys({ press: 'Enter' });
      expect(made.calls).to.include('send c1 hello');
      expect(deep(found.shadowRoot!, '.who')?.textContent).to.include(anna.name);
      found.hide();
      expect(button.matches(':focus'), 'the focus is back').to.equal(true);
    } finally {
      hostile.remove();
    }
  });
});
