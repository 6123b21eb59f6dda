import { sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';
import type { Conversation } from '#sdk';
import { deepActiveElement } from '../../widgets/internal/focus.js';
import { accessible, clear, deep, must, part, settled, until } from './support/page.js';
import { has, options, panel, within } from './support/panel-page.js';
import { NOON, type Stage } from './support/panel-stage.js';
import { chat } from './support/stand-in.js';

const group = (id: string, minute: number): Conversation =>
  chat(id, { kind: 'group', title: `Group ${id}`, members: ['anna', 'mark'], updatedAt: NOON + minute });

const focused = (): Element | null => deepActiveElement(document);

describe('the chat list by keyboard', () => {
  afterEach(clear);

  const [a, b, c] = [group('a', 3), group('b', 2), group('c', 1)];

  it('[M21] arrows stand on a chat, not on a place: a message that reorders the list does not change which one Enter opens', async () => {
    const { made, body } = await panel(380, { chats: [a, b, c] });
    await until(() => options(body).length === 3, 'all are shown');
    within(body, 'input').focus();
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'ArrowDown' });
    made.setChats(group('c', 9), a, b);
    await until(() => options(body)[0]?.innerText.includes('Group c') === true, 'the third is the first now');
    expect(within(body, '.option.active').innerText).to.include('Group b');
    const scroller = within(body, '.scroller');
    expect(scroller.getAttribute('aria-activedescendant')).to.equal(within(body, '.option.active').id);
    await sendKeys({ press: 'Enter' });
    expect(made.session.open$.value).to.equal('b');
  });

  it('[M21] the first chat is no other either, once the focus is in the list or a search shows it', async () => {
    for (const search of [false, true]) {
      const { made, body } = await panel(380, { chats: [a, b] });
      await until(() => options(body).length === 2, 'both are shown');
      if (search) {
        within(body, 'input').focus();
        await sendKeys({ type: 'group' });
        await until(() => has(body, '.option.shown.active'), 'the first hit is chosen');
      } else within(body, '.scroller').focus();
      made.setChats(group('c', 9), a, b);
      await until(() => options(body)[0]?.innerText.includes('Group c') === true, 'another came before it');
      await sendKeys({ press: 'Enter' });
      expect(made.session.open$.value).to.equal('a');
      clear();
    }
  });

  it('[M21] Enter in the empty field opens nothing: no chat is seen to be chosen', async () => {
    const { made, body } = await panel(380, { chats: [a, b] });
    await until(() => options(body).length === 2, 'both are shown');
    within(body, 'input').focus();
    await sendKeys({ press: 'Enter' });
    expect(made.calls.filter((call) => call.startsWith('open'))).to.deep.equal([]);
  });

  it('[M7] hits stand in groups named Chats and People, and only hits are counted', async () => {
    const { body } = await panel(380, { chats: [chat('d', { members: ['anna', 'omar'] })] });
    within(body, 'input').focus();
    await sendKeys({ type: 'omar' });
    await until(() => options(body).length === 2, 'the chat and the person are found');
    const list = within(body, 'parley-chat-list');
    const groups = [...(list.shadowRoot?.querySelectorAll('[role="listbox"] [role="group"]') ?? [])];
    const owned = groups.map((one) => [
      one.getAttribute('aria-label'),
      (one.getAttribute('aria-owns') ?? '').split(' ').map((id) => list.shadowRoot?.getElementById(id)?.role),
    ]);
    expect(owned).to.deep.equal([
      ['Chats', ['option']],
      ['People', ['option']],
    ]);
    expect(groups.map((one) => one.getAttribute('aria-owns'))).to.deep.equal(options(body).map(({ id }) => id));
    expect(options(body).map((one) => [one.ariaPosInSet, one.ariaSetSize])).to.deep.equal([
      ['1', '2'],
      ['2', '2'],
    ]);
    await accessible(body);
  });
});

describe('who is in a chat, by keyboard', () => {
  afterEach(clear);

  async function opened(kind: 'direct' | 'group'): Promise<{ made: Stage; who: HTMLElement; menu: HTMLElement }> {
    const { made, body } = await panel(380, { chats: [kind === 'group' ? group('c1', 1) : chat('c1')] });
    made.session.open$.next('c1');
    await until(() => has(body, 'parley-participants'), 'the chat is open');
    const who = within(body, 'parley-participants');
    await until(() => who.shadowRoot?.querySelector('.invoker') !== null, 'the button is there');
    part(who, '.invoker').focus();
    await sendKeys({ press: 'Enter' });
    await until(() => deep(who.shadowRoot!, 'parley-chat-people')?.shadowRoot?.activeElement != null, 'the focus is inside');
    return { made, who, menu: part(who, '.menu') };
  }

  for (const kind of ['direct', 'group'] as const) {
    it(`[S13] ${kind}: the focus goes in, and Escape closes only this`, async () => {
      const { made, who, menu } = await opened(kind);
      await sendKeys({ press: 'Escape' });
      await until(() => !menu.matches(':popover-open'), 'it is closed');
      await settled(who);
      expect(made.session.open$.value).to.equal('c1');
      expect(focused() === part(who, '.invoker')).to.equal(true);
    });
  }

  it('[S13] Escape on the button closes it, too, and leaves the chat open', async () => {
    const { made, who, menu } = await opened('group');
    part(who, '.invoker').focus();
    await sendKeys({ press: 'Escape' });
    await until(() => !menu.matches(':popover-open'), 'it is closed');
    await settled(who);
    expect(made.session.open$.value).to.equal('c1');
  });

  it('[B12] Escape in the search for people clears the search and keeps who was chosen', async () => {
    const { made, who, menu } = await opened('group');
    await sendKeys({ press: 'Enter' });
    await until(() => focused()?.localName === 'input', 'the cursor is in the field');
    const field = focused() as HTMLInputElement;
    const picker = (): ShadowRoot => must(who.shadowRoot!, 'parley-people-picker').shadowRoot!;
    await sendKeys({ type: 'lena' });
    await until(() => picker().querySelector('[role="option"]') !== null, 'she is found');
    await sendKeys({ press: 'Enter' });
    await until(() => picker().querySelector('.chip') !== null, 'she is chosen');
    await sendKeys({ type: 'oma' });
    await sendKeys({ press: 'Escape' });
    await settled(who);
    expect(field.value).to.equal('');
    expect(menu.matches(':popover-open')).to.equal(true);
    expect(picker().querySelectorAll('.chip')).to.have.length(1);
    expect(made.session.open$.value).to.equal('c1');
  });
});
