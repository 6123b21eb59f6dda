import { sendKeys } from '@web/test-runner-commands';
import { render, type TemplateResult } from 'lit';
import { expect } from 'chai';
import '#widgets';
import type { ChatPanel } from '../../widgets/chat-panel/chat-panel.js';
import { LazyPlaces } from '../../widgets/panel/lazy-places.js';
import { openDialog, PLACES } from '../../widgets/panel/places.js';
import type { Definable } from '../../widgets/internal/define.js';
import { ParleyElement } from '../../widgets/internal/parley-element.js';
import { accessible, clear, deep, html, must, part, settled, show, until } from './support/page.js';
import { has, panel as panelPage, within } from './support/panel-page.js';
import { fill, type Stage, stage } from './support/panel-stage.js';
import { chat } from './support/stand-in.js';

const group = chat('c1', {
  kind: 'group',
  title: 'Chest group',
  description: 'Rounds at 14:30',
  members: ['anna', 'mark', 'lena'],
  memberCount: 3,
});

async function docked(made: Stage = stage()): Promise<{ made: Stage; panel: ChatPanel }> {
  const place = show(html`
    <parley-session .client=${made.client}></parley-session>
    <button class="host">Host</button>
    <parley-chat-panel></parley-chat-panel>
  `);
  const panel = must<ChatPanel>(place, 'parley-chat-panel');
  await settled(panel);
  return { made, panel };
}

describe('places of the panel', () => {
  afterEach(clear);

  it('[S9] [M21] chats and contacts are tabs above the list; arrows lead from one to the other', async () => {
    const { made, body } = await panelPage(380, { chats: [group] });
    made.session.unread$.next(3);
    const side = within(body, 'parley-panel-side');
    const tab = (): HTMLElement[] => [...side.shadowRoot!.querySelectorAll<HTMLElement>('[role="tab"]')];
    await until(() => tab()[0]?.innerText.includes('3') === true, 'the unread number is there');
    expect(tab().map((one) => one.innerText.split(/\s/)[0])).to.deep.equal(['Chats', 'Contacts']);
    await accessible(body);
    tab()[0]?.focus();
    await sendKeys({ press: 'ArrowRight' });
    await until(() => tab()[1]?.ariaSelected === 'true' && side.shadowRoot!.activeElement === tab()[1], 'the contacts are chosen');
    await until(() => has(body, 'parley-contacts'), 'they are loaded');
    await sendKeys({ press: 'Home' });
    await until(() => has(body, 'parley-chat-list'), 'the chats are back');
  });

  it('[S13] [S2] with much room a third pane says who is in the chat, what it is about, and what was linked', async () => {
    const { made, body } = await panelPage(1_200, { chats: [group] });
    const log = made.timeline('c1');
    log.items$.next(fill(log, 1, 4));
    const link = (id: string) => ({ kind: 'study', id });
    log.add(
      log.item(5, 'mark', { kind: 'message', text: 'this', links: [link('1')] }),
      log.item(6, 'mark', { kind: 'message', text: 'those', links: [link('2'), link('1')] }),
    );
    made.members.next(['anna', 'mark', 'lena'].map((user) => ({ user, active: user !== 'lena', marks: { delivered: 1, read: 1 } })));
    made.session.open('c1');
    await until(() => has(body, 'parley-chat-details'), 'the pane is there');
    const pane = within(body, 'parley-chat-details');
    await until(() => pane.shadowRoot!.querySelectorAll('parley-link-card').length === 2, 'each item stands there once');
    const cards = [...pane.shadowRoot!.querySelectorAll('parley-link-card')];
    expect(cards.map((card) => card.link?.id)).to.deep.equal(['2', '1']);
    expect([...pane.shadowRoot!.querySelectorAll<HTMLElement>('.people .title')].map((one) => one.innerText)).to.deep.equal([
      'Dr Anna Berg',
      'Mark Lee',
    ]);
    expect(pane.shadowRoot!.textContent).to.include('Rounds at 14:30');
    await accessible(body);
    made.session.open(null);
    await until(() => !has(body, 'parley-chat-details'), 'without a chat it is not there');
    (body.parentElement as HTMLElement).style.inlineSize = '900px';
    made.session.open('c1');
    await until(() => !body.widest, 'there is less room');
    await settled(body);
    expect(has(body, 'parley-chat-details')).to.equal(false);
  });

  it('[B1] the panel is open again on the next page for who had it open, and takes no focus', async () => {
    const made = stage();
    made.session.setPanelOpen(true);
    const { panel } = await docked(made);
    await until(() => panel.open, 'it is open');
    expect(document.activeElement === panel).to.equal(false);
    panel.hide();
    await settled(panel);
    expect(made.session.panelOpen$.value).to.equal(false);
    panel.open = true;
    await settled(panel);
    expect(made.session.panelOpen$.value).to.equal(true);
  });

  it('[B1] two panels of one session do not open and close each other', async () => {
    const made = stage();
    const place = show(html`
      <parley-chat-panel id="one" .client=${made.client}></parley-chat-panel>
      <parley-chat-panel id="two" placement="floating" .client=${made.client}></parley-chat-panel>
    `);
    const [one, two] = [must<ChatPanel>(place, '#one'), must<ChatPanel>(place, '#two')];
    one.open = true;
    await settled(one, two);
    expect([one.open, two.open, made.session.panelOpen$.value]).to.deep.equal([true, false, true]);
  });

  it('[B1] it stays closed for who had it closed, and a page of its own is not concerned', async () => {
    const { made, panel } = await docked();
    expect(panel.open).to.equal(false);
    clear();
    made.session.setPanelOpen(true);
    const place = show(html`<parley-chat-panel placement="page" .client=${made.client}></parley-chat-panel>`);
    await settled(must<ChatPanel>(place, 'parley-chat-panel'));
    expect(must<ChatPanel>(place, 'parley-chat-panel').open).to.equal(false);
    expect(made.session.panelOpen$.value).to.equal(true);
  });

  it('[S7] the settings open from the line at the top, and give the focus back', async () => {
    const { panel } = await docked();
    panel.show();
    await until(() => deep(panel.shadowRoot!, '[part="settings-button"]') !== null, 'the button is there');
    const button = part(panel, '[part="settings-button"]');
    button.focus();
    button.click();
    const dialog = (): HTMLElement | null => deep(panel.shadowRoot!, 'parley-settings-dialog dialog[open]');
    await until(
      () => panel.shadowRoot!.querySelector('parley-settings-dialog')?.shadowRoot?.querySelector('dialog[open]') != null,
      'they are open',
    );
    await accessible(panel);
    await sendKeys({ press: 'Escape' });
    await until(() => panel.shadowRoot!.querySelector('parley-settings-dialog') === null, 'they are closed');
    expect(dialog()).to.equal(null);
    expect(panel.open, 'the panel behind is not').to.equal(true);
    await until(() => panel.shadowRoot!.activeElement === button, 'the focus is back');
  });

  it('[G14] a dialog ends with the session of its user', async () => {
    const { made, panel } = await docked();
    panel.show();
    await until(() => deep(panel.shadowRoot!, '[part="settings-button"]') !== null, 'the button is there');
    void openDialog(panel, 'settings-dialog');
    await until(
      () => panel.shadowRoot!.querySelector('parley-settings-dialog')?.shadowRoot?.querySelector('dialog[open]') != null,
      'it is open',
    );
    made.client.session$.next(null);
    await until(() => panel.shadowRoot!.querySelector('parley-settings-dialog') === null, 'it is gone');
  });

  it('[G14] a dialog that is still loading when its user goes is not shown to the next one', async () => {
    const { made, panel } = await docked();
    const places = PLACES as Record<string, () => Promise<readonly Definable[]>>;
    let come = (): void => undefined;
    places['late-dialog'] = () => new Promise((resolve) => (come = () => resolve([])));
    try {
      const asked = openDialog(panel, 'late-dialog' as keyof typeof PLACES);
      made.client.session$.next(null);
      made.client.session$.next(stage().session);
      come();
      await asked;
      expect(panel.renderRoot.querySelector('parley-late-dialog')).to.equal(null);
    } finally {
      delete places['late-dialog'];
    }
  });

  it('[G6] a part that cannot be loaded says so, and comes when it is asked for again', async () => {
    class Hall extends ParleyElement {
      readonly lazy: LazyPlaces = new LazyPlaces(this);
      override render(): TemplateResult {
        return this.lazy.render('emoji-picker', () => html`<p class="content">here</p>`);
      }
    }
    customElements.define('test-hall', Hall);
    const places = PLACES as Record<'emoji-picker', () => Promise<readonly Definable[]>>;
    const real = places['emoji-picker'];
    places['emoji-picker'] = () => Promise.reject(new Error('no network'));
    try {
      const hall = document.createElement('test-hall') as Hall;
      render(hall, show(html`<div></div>`));
      await until(() => hall.renderRoot?.querySelector('[role="alert"]') != null, 'it says so');
      places['emoji-picker'] = real;
      hall.renderRoot.querySelector('button')?.click();
      await until(() => hall.renderRoot.querySelector('.content') !== null, 'it is there');
    } finally {
      places['emoji-picker'] = real;
    }
  });
});
