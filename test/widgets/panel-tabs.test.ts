import { sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';
import type { Conversation } from '#sdk';
import type { PanelBody } from '../../widgets/panel/panel-body.js';
import { accessible, clear, part, settled, until } from './support/page.js';
import { has, panel, within } from './support/panel-page.js';
import type { Stage } from './support/panel-stage.js';
import { chat } from './support/stand-in.js';

const chats: Conversation[] = [
  chat('c1', { kind: 'group', title: 'Chest group', members: ['anna', 'mark', 'lena'], memberCount: 3, unread: 2 }),
  chat('c2', { members: ['anna', 'lena'] }),
  chat('c3', { members: ['anna', 'mark'], unread: 100 }),
];

describe('the tabs of open chats', () => {
  let made: Stage;
  let body: PanelBody;

  async function place(width = 900, ...open: string[]): Promise<void> {
    ({ made, body } = await panel(width, { chats }));
    for (const id of open) made.session.open(id);
    made.calls.length = 0;
    if (width >= 640 && open.length > 0) await until(() => tabs().length === open.length, 'the tabs are there');
  }
  const strip = (): HTMLElement => within(body, 'parley-tab-strip');
  const tabs = (): HTMLElement[] =>
    has(body, 'parley-tab-strip') ? [...strip().shadowRoot!.querySelectorAll<HTMLElement>('[role="tab"]')] : [];
  const selected = (): string[] => tabs().flatMap((tab) => (tab.ariaSelected === 'true' ? [tab.dataset['id'] ?? ''] : []));
  const focused = (): string | undefined => (strip().shadowRoot?.activeElement as HTMLElement | null)?.dataset['id'];

  afterEach(() => {
    clear();
    document.documentElement.removeAttribute('dir');
  });

  it('[B35] [B36] each open chat has one, with its name, its presence and its unread number at the far end (B28)', async () => {
    await place(900, 'c1', 'c2', 'c3');
    expect(tabs().map((tab) => tab.innerText.replace(/\s+/g, ' ').trim())).to.deep.equal([
      'Chest group 2 unread messages 2',
      'Lena Fischer',
      'Mark Lee More than 99 unread messages 99+',
    ]);
    expect(tabs().map((tab) => tab.querySelector('parley-presence-badge')?.getAttribute('user') ?? null)).to.deep.equal([
      null,
      'lena',
      'mark',
    ]);
    const [first] = tabs();
    const [title, number] = ['.truncate', '.number'].map((name) => first!.querySelector(name)!.getBoundingClientRect());
    expect(number!.left).to.be.at.least(title!.right);
    expect(first!.lastElementChild?.className).to.equal('number');
    expect(selected()).to.deep.equal(['c3']);
    await accessible(body);
  });

  it('[B36] a click shows the chat, and the cursor is in its writing field', async () => {
    await place(900, 'c1', 'c2');
    tabs()[0]?.click();
    await until(() => selected()[0] === 'c1', 'it is shown');
    await until(
      () => document.activeElement?.shadowRoot !== null && within(body, 'parley-composer').shadowRoot?.activeElement !== null,
      'one can write',
    );
    expect(made.calls.filter((call) => call.startsWith('open'))).to.deep.equal(['open c1']);
  });

  it('[B23] [E15] the cross closes the tab and not the chat: nobody leaves, nothing ends', async () => {
    await place(900, 'c1', 'c2');
    strip().shadowRoot!.querySelectorAll<HTMLElement>('.close')[1]?.click();
    await until(() => tabs().length === 1, 'one is left');
    expect(selected()).to.deep.equal(['c1']);
    expect(made.calls).to.deep.equal(['close c2']);
  });

  it('[B22] the cross comes with the pointer or the focus', async () => {
    await place(900, 'c1', 'c2');
    const cross = strip().shadowRoot!.querySelectorAll<HTMLElement>('.close')[0]!;
    if (matchMedia('(hover: hover)').matches) expect(getComputedStyle(cross).opacity).to.equal('0');
    tabs()[0]?.focus();
    expect(getComputedStyle(cross).opacity).to.equal('1');
    const { width, height } = cross.getBoundingClientRect();
    expect(Math.min(width, height)).to.be.at.least(24);
  });

  it('[B36] by keyboard: one stop for the Tab key, arrows, Home and End move, Enter shows, Delete closes', async () => {
    await place(900, 'c1', 'c2', 'c3');
    expect(tabs().map((tab) => tab.tabIndex)).to.deep.equal([-1, -1, 0]);
    tabs()[2]?.focus();
    for (const [key, now] of [
      ['ArrowRight', 'c1'],
      ['ArrowRight', 'c2'],
      ['ArrowLeft', 'c1'],
      ['End', 'c3'],
      ['Home', 'c1'],
    ] as const) {
      await sendKeys({ press: key });
      await until(() => focused() === now, `${key} leads to ${now}`);
    }
    expect(made.calls, 'moving shows nothing yet').to.deep.equal([]);
    await sendKeys({ press: 'Delete' });
    await until(() => focused() === 'c2' && tabs().length === 2, 'the neighbour has the focus');
    await sendKeys({ press: 'Enter' });
    await until(() => selected()[0] === 'c2', 'it is shown');
    expect(made.calls.slice(0, 2)).to.deep.equal(['close c1', 'open c2']);
  });

  it('[B36] when the last one is closed by a key the focus goes to the list', async () => {
    await place(900, 'c1');
    tabs()[0]?.focus();
    await sendKeys({ press: 'Delete' });
    await until(() => within(body, 'parley-chat-list').shadowRoot?.activeElement?.localName === 'input', 'the search has the focus');
    expect(has(body, '[role="tablist"][aria-label="Open chats"]')).to.equal(false);
  });

  it('[B36] from right to left the arrows go the way they point', async () => {
    document.documentElement.dir = 'rtl';
    await place(900, 'c1', 'c2');
    tabs()[1]?.focus();
    await sendKeys({ press: 'ArrowRight' });
    await until(() => focused() === 'c1', 'the one at the right is the first');
  });

  it('[B35] more than fit are scrolled, and the shown one is in view', async () => {
    const many = Array.from({ length: 20 }, (_, n) => chat(`m${n}`, { kind: 'group', title: `Group ${n}` }));
    ({ made, body } = await panel(700, { chats: many }));
    for (const { id } of many) made.session.open(id);
    await until(() => tabs().length === 20, 'all are there');
    const inView = (tab: HTMLElement): boolean => {
      const [box, around] = [tab.getBoundingClientRect(), strip().getBoundingClientRect()];
      return box.left >= around.left - 1 && box.right <= around.right + 1;
    };
    await until(() => inView(tabs()[19]!), 'the last is in view');
    expect(inView(tabs()[0]!)).to.equal(false);
    made.session.open('m0');
    await until(() => inView(tabs()[0]!), 'the first is in view');
  });

  it('[B35] the narrow panel has the list instead', async () => {
    await place(380, 'c1', 'c2');
    await until(() => has(body, 'parley-conversation'), 'the chat is shown');
    expect(has(body, 'parley-tab-strip')).to.equal(false);
    part(within(body, 'parley-conversation'), '.back').click();
    await until(() => has(body, 'parley-chat-list'), 'the list is back');
    await settled(body);
    expect(made.session.tabs$.value, 'going back closes none').to.deep.equal(['c1', 'c2']);
  });
});
