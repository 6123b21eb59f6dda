import { expect } from 'chai';
import { sendKeys } from '@web/test-runner-commands';
import '#widgets';
import type { ChatPanel } from '../../widgets/chat-panel/chat-panel.js';
import { accessible, clear, deep, html, part, settled, show, until } from './support/page.js';
import { type StandIn, standIn } from './support/stand-in.js';

describe('<parley-chat-panel>', () => {
  let client: StandIn;
  let panel: ChatPanel;

  async function place(given: StandIn = standIn(), placement = 'docked'): Promise<void> {
    client = given;
    const stage = show(html`
      <parley-session .client=${client}></parley-session>
      <button class="host">Host</button>
      <parley-launcher></parley-launcher>
      <parley-chat-panel placement=${placement}><a slot="help" href="#help">Help</a></parley-chat-panel>
    `);
    panel = stage.querySelector('parley-chat-panel')!;
    await settled(panel, stage.querySelector('parley-launcher')!);
  }
  afterEach(clear);

  const host = () => document.querySelector<HTMLElement>('.host')!;
  const holdsFocus = (): boolean => document.activeElement === panel;

  it('is not there before it is opened, and loads its inside only then', async () => {
    await place();
    expect(panel.shadowRoot!.querySelector('.panel')).to.equal(null);
    expect(getComputedStyle(panel).display).to.equal('none');
    panel.open = true;
    await until(() => deep(panel.shadowRoot!, 'parley-panel-body') !== null, 'the inside is there');
    expect(part(panel, 'section').getAttribute('aria-label')).to.equal('Chat');
    await accessible(panel);
  });

  it('[pain 13] opened by the launcher the focus goes in; Escape closes it and the focus goes back', async () => {
    await place();
    const launcher = document.querySelector('parley-launcher')!;
    part(launcher, 'button').focus();
    await sendKeys({ press: 'Enter' });
    await until(holdsFocus, 'the focus is inside');
    await sendKeys({ press: 'Escape' });
    await until(() => !panel.open, 'it is closed');
    expect(document.activeElement === launcher).to.equal(true);
    expect(launcher.shadowRoot!.activeElement === part(launcher, 'button')).to.equal(true);
  });

  it('[pain 13] the close button gives the focus back, too; closing ends nothing (B23)', async () => {
    await place();
    host().focus();
    panel.show();
    await until(holdsFocus, 'the focus is inside');
    await settled(panel);
    part(panel, '[part="close-button"]').click();
    expect(document.activeElement === host()).to.equal(true);
    expect(client.session).not.to.equal(null);
  });

  it('[pain 13] opened by setting the property it takes no focus', async () => {
    await place();
    host().focus();
    panel.open = true;
    await until(() => deep(panel.shadowRoot!, 'parley-panel-body') !== null, 'the inside is there');
    expect(document.activeElement === host()).to.equal(true);
    panel.hide();
    expect(document.activeElement === host()).to.equal(true);
  });

  it('as a page it is always there, and Escape only gives the focus back', async () => {
    await place(standIn(), 'page');
    expect(getComputedStyle(panel).position).to.equal('relative');
    expect(panel.shadowRoot!.querySelector('[part="close-button"]')).to.equal(null);
    host().focus();
    panel.show();
    await until(holdsFocus, 'the focus is inside');
    await sendKeys({ press: 'Escape' });
    expect(document.activeElement === host()).to.equal(true);
    expect(part(panel, 'section').isConnected).to.equal(true);
    await accessible(panel);
  });

  it('tells when it opens and closes, and nothing at the start', async () => {
    const told: string[] = [];
    const tell = (event: Event): number => told.push(event.type);
    document.addEventListener('parley-panel-open', tell);
    document.addEventListener('parley-panel-close', tell);
    await place();
    expect(told).to.deep.equal([]);
    panel.open = true;
    await settled(panel);
    panel.open = false;
    await settled(panel);
    document.removeEventListener('parley-panel-open', tell);
    document.removeEventListener('parley-panel-close', tell);
    expect(told).to.deep.equal(['parley-panel-open', 'parley-panel-close']);
  });

  it('[S12] is docked at the right; at the left where one writes from right to left', async () => {
    await place();
    panel.open = true;
    await settled(panel);
    expect(panel.getBoundingClientRect().right).to.equal(document.documentElement.clientWidth);
    document.documentElement.dir = 'rtl';
    const { left } = panel.getBoundingClientRect();
    await accessible(panel);
    document.documentElement.removeAttribute('dir');
    expect(left).to.equal(0);
  });

  it('[pain 1] the wheel and the context menu over it do not reach a viewer behind', async () => {
    await place();
    panel.open = true;
    await settled(panel);
    let reached = 0;
    const count = (): number => reached++;
    for (const type of ['wheel', 'contextmenu', 'paste']) document.addEventListener(type, count);
    for (const type of ['wheel', 'contextmenu', 'paste']) {
      part(panel, 'header').dispatchEvent(new Event(type, { bubbles: true, composed: true }));
    }
    for (const type of ['wheel', 'contextmenu', 'paste']) document.removeEventListener(type, count);
    expect(reached).to.equal(0);
  });

  for (const [name, connection, words] of [
    ['connecting', { state: 'connecting', reason: 'start' }, ''],
    ['unreachable', { state: 'waiting', reason: 'server-unreachable', offlineSince: 1 }, 'The chat cannot be reached.'],
    ['refused', { state: 'ended', reason: 'token-refused' }, 'The sign-in was refused.'],
    ['signed out', { state: 'ended', reason: 'user-ended' }, 'Signed out'],
  ] as const) {
    it(`${name}: says so where the chats would be`, async () => {
      const nobody = standIn(null);
      nobody.connection$.next(connection);
      await place(nobody);
      panel.open = true;
      await settled(panel);
      // Why a session has ended is said in words that are loaded with it.
      await until(() => (panel.shadowRoot!.querySelector('.empty strong')?.textContent ?? '') === words, 'it is said');
      expect(panel.shadowRoot!.querySelector('.skeleton') !== null).to.equal(words === '');
      await accessible(panel);
    });
  }

  it('its theme wins over the page, and the surface is dark in the first paint', async () => {
    await place();
    panel.setAttribute('theme', 'dark');
    panel.open = true;
    await settled(panel);
    expect(getComputedStyle(panel).backgroundColor).to.equal('rgb(20, 24, 29)');
    await until(() => deep(panel.shadowRoot!, '.who') !== null, 'the header is there');
    await accessible(panel);
  });
});
