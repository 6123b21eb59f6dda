import { sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';
import type { Conversation, Entry } from '#sdk';
import type { Timeline } from '../../widgets/timeline/timeline.js';
import { accessible, clear, part, settled, until } from './support/page.js';
import { has, options, panel as panelPage, within } from './support/panel-page.js';
import { fill, mark, NOON } from './support/panel-stage.js';
import { chat } from './support/stand-in.js';

function last(id: string, author: string, text: string): Entry {
  return { conversation: id, seq: 9, cid: 'x', author, at: NOON, body: { kind: 'message', text, links: [] } };
}

const chats: Conversation[] = [
  chat('c1', {
    kind: 'group',
    title: 'Chest group',
    members: ['anna', 'mark', 'lena'],
    memberCount: 3,
    unread: 2,
    head: 12,
    marks: { delivered: 12, read: 10 },
    last: last('c1', 'mark', 'the left base'),
  }),
  chat('c2', { members: ['anna', 'lena'], last: last('c2', 'anna', 'calling the ward') }),
];

const panel = (width: number, options: { initiate?: boolean; chats?: Conversation[] } = {}): ReturnType<typeof panelPage> =>
  panelPage(width, { chats, ...options });

/** The runner's page may lie behind another one; whether it is in front is what these tests are about. */
function inFront(front: boolean): void {
  Object.defineProperty(document, 'hasFocus', { value: () => front, configurable: true });
  Object.defineProperty(document, 'visibilityState', { value: front ? 'visible' : 'hidden', configurable: true });
}

describe("the panel's inside", () => {
  afterEach(() => {
    clear();
    Reflect.deleteProperty(document, 'hasFocus');
    Reflect.deleteProperty(document, 'visibilityState');
  });

  it('[M21] shows one pane where it is narrow, two where there is room', async () => {
    const { made, body } = await panel(380);
    made.session.open$.next('c1');
    await until(() => has(body, 'parley-conversation') && !has(body, 'parley-chat-list'), 'the chat replaces the list');
    clear();
    const wide = await panel(900);
    wide.made.session.open$.next('c1');
    await until(() => has(wide.body, 'parley-conversation'), 'the chat is beside the list');
    expect(has(wide.body, 'parley-chat-list')).to.equal(true);
  });

  it('[M17] [B28] has title, first words, time, unread number and dot for each chat, with words for screen readers', async () => {
    const { body } = await panel(380);
    await until(() => options(body).length === 2, 'both are shown');
    const [group, direct] = options(body);
    expect(group?.innerText).to.include('Chest group').and.to.include('Mark Lee: the left base').and.to.include('2 unread messages');
    expect(group?.querySelector('.dot') === null).to.equal(false);
    expect(group?.querySelector('.number')?.textContent).to.equal('2');
    expect(direct?.innerText).to.include('Lena Fischer').and.to.include('You: calling the ward');
    expect(direct?.querySelector('.dot') === null).to.equal(true);
    await accessible(body);
  });

  it('[M19] opening a chat clears its dot', async () => {
    inFront(true);
    const { made, body } = await panel(900);
    await until(() => options(body).length === 2, 'both are shown');
    options(body)[0]?.click();
    await until(() => made.calls.includes('read c1'), 'it is read');
    await until(() => options(body)[0]?.querySelector('.dot') === null, 'the dot is gone');
  });

  it('[B25] [B27] what is new is tinted until the writing field is activated, and is not read before', async () => {
    inFront(true);
    const { made, body } = await panel(380);
    made.timeline('c1').items$.next(fill(made.timeline('c1'), 1, 12));
    made.session.open$.next('c1');
    await until(() => has(body, '.unread .bubble'), 'it is tinted');
    expect(made.calls).to.not.include('read c1');
    const composer = within(body, 'parley-composer');
    await until(() => composer.shadowRoot?.querySelector('textarea') !== null, 'the field is there');
    // As a click does: a page of the runner that lies behind another gets no focus events.
    part(composer, 'textarea').dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));
    await until(() => !has(body, '.unread .bubble'), 'the tint is gone');
    expect(made.calls).to.include('read c1');
  });

  it('[B27] [pain 12] nothing is read in a page that nobody looks at', async () => {
    inFront(false);
    const { made, body } = await panel(900);
    made.timeline('c1').items$.next(fill(made.timeline('c1'), 1, 12));
    await until(() => options(body).length === 2, 'both are shown');
    options(body)[0]?.click();
    await until(
      () => has(body, 'parley-composer') && within(body, 'parley-composer').shadowRoot?.activeElement?.localName === 'textarea',
      'the cursor is in the field',
    );
    made.timeline('c1').add(made.timeline('c1').item(20_001, mark.id, 'hello'));
    await settled(within(body, 'parley-timeline'));
    expect(made.calls).to.not.include('read c1');
    await until(() => within<Timeline>(body, 'parley-timeline').atEnd, 'the newest is in view');
    inFront(true);
    window.dispatchEvent(new Event('focus'));
    expect(made.calls).to.include('read c1');
  });

  it('[pain 13] a message that comes does not move the focus', async () => {
    const { made, body } = await panel(900);
    const field = within(body, 'input');
    field.focus();
    made.session.open$.next('c1');
    await until(() => has(body, 'parley-timeline'), 'the chat is shown');
    made.timeline('c1').add(made.timeline('c1').item(13, mark.id, 'hello'));
    await until(() => has(body, '.message'), 'the message is shown');
    expect(within(body, 'parley-chat-list').shadowRoot?.activeElement === field).to.equal(true);
  });

  it('[M7] finds past chats and people; Enter opens the first', async () => {
    const { made, body } = await panel(380);
    within(body, 'input').focus();
    await sendKeys({ type: 'omar' });
    await until(() => options(body).some((one) => one.innerText.includes('Omar Haddad')), 'he is found');
    await sendKeys({ press: 'Enter' });
    await until(() => made.calls.includes('startChat omar -'), 'the chat is started');
  });

  it('[M7] a name typed means the person first, and not a group that they are in', async () => {
    const { made, body } = await panel(380);
    within(body, 'input').focus();
    await sendKeys({ type: 'mark' });
    await until(() => options(body).length === 2, 'he and the group are found');
    await sendKeys({ press: 'Enter' });
    await until(() => made.calls.includes('startChat mark -'), 'the chat with him is started');
  });

  it('[M7] a title is found without its accents and case', async () => {
    const { body } = await panel(380, { chats: [chat('c1', { kind: 'group', title: 'Röntgen Süd' }), ...chats.slice(1)] });
    within(body, 'input').focus();
    await sendKeys({ type: 'RONTGEN sud' });
    await until(() => options(body).length === 1, 'one is left');
    expect(options(body)[0]?.innerText).to.include('Röntgen Süd');
  });

  it('the whole way works by keyboard: arrows, Enter, write, send, Escape back', async () => {
    const { made, body } = await panel(380);
    await until(() => options(body).length === 2, 'both are shown');
    within(body, 'input').focus();
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'Enter' });
    await until(() => made.session.open$.value === 'c2', 'the second is open');
    await until(
      () => has(body, 'textarea') && within(body, 'parley-composer').shadowRoot?.activeElement?.localName === 'textarea',
      'the cursor is in the field',
    );
    await sendKeys({ type: 'hello' });
    await sendKeys({ press: 'Enter' });
    expect(made.calls).to.include('send c2 hello');
    await sendKeys({ press: 'Escape' });
    await until(() => made.session.open$.value === null && has(body, 'parley-chat-list'), 'the list is back');
  });

  it('[B4] [B5] [B9] [B10] [B11] [E23] people are collected first, may be taken out, and Start begins the chat', async () => {
    const { made, body } = await panel(380);
    within(body, '.new').click();
    await until(() => has(body, 'parley-people-picker'), 'the picker is there');
    const picker = within(body, 'parley-people-picker');
    await until(() => picker.shadowRoot?.activeElement?.localName === 'input', 'the cursor is in the field');
    for (const name of ['mark', 'lena', 'omar']) {
      await sendKeys({ type: name });
      await until(() => picker.shadowRoot?.querySelector('[role="option"]') !== null, 'somebody is found');
      await sendKeys({ press: 'Enter' });
      await until(() => (picker.shadowRoot?.querySelector('.chips')?.textContent ?? '').toLowerCase().includes(name), 'the chip is there');
    }
    await accessible(body);
    expect(made.calls.filter((call) => call.startsWith('startChat'))).to.deep.equal([]);
    picker.shadowRoot?.querySelectorAll<HTMLButtonElement>('.remove')[1]?.click();
    await settled(picker);
    const title = within<HTMLInputElement>(body, '.group-title');
    title.value = 'Ward round';
    within<HTMLTextAreaElement>(body, '.group-description').value = 'Beds 1 to 12, every day at 8:00';
    within(body, '.start').click();
    await until(() => made.calls.includes('startChat mark,omar Ward round (Beds 1 to 12, every day at 8:00)'), 'it is started');
    await until(() => made.session.open$.value === 'c-new', 'and open');
  });

  it('[E3] who may not start a chat finds no way to', async () => {
    const { body } = await panel(380, { initiate: false, chats: [] });
    await settled(within(body, 'parley-chat-list'));
    expect(has(body, '.new')).to.equal(false);
    await until(() => (within(body, '.empty').textContent ?? '').includes('Others can write to you'), 'it says so');
    within(body, 'input').focus();
    await sendKeys({ type: 'mark' });
    await until(
      () => has(body, '.empty') && (within(body, '.empty').textContent ?? '').includes('but not start one'),
      'it does not say that there is no such person',
    );
  });

  it('from right to left, names and counts in Latin letters stand where the lines begin', async () => {
    document.documentElement.dir = 'rtl';
    try {
      const { made, body } = await panel(380);
      made.timeline('c1').items$.next(fill(made.timeline('c1'), 1, 12));
      made.session.open$.next('c1');
      await until(() => has(body, '.under') && has(body, '.message .name'), 'the chat is shown');
      for (const selector of ['.under', 'h2', '.message:not(.own) .name']) {
        const place = within(body, selector);
        const text = document.createRange();
        text.selectNodeContents(place);
        const gap = place.getBoundingClientRect().right - text.getBoundingClientRect().right;
        expect(Math.abs(gap), selector).to.be.lessThan(2);
      }
    } finally {
      document.documentElement.dir = '';
    }
  });

  it('[S13] [B12] [B22] shows who is in, adds people and leaves', async () => {
    const { made, body } = await panel(380);
    made.session.open$.next('c1');
    await until(() => has(body, 'parley-participants'), 'the chat is open');
    const who = within(body, 'parley-participants');
    await until(() => who.shadowRoot?.querySelector('.invoker') !== null, 'the button is there');
    expect(part(who, '.invoker').title).to.include('Mark Lee').and.to.include('Lena Fischer');
    part(who, '.invoker').click();
    const inside = (): ShadowRoot | null | undefined => who.shadowRoot?.querySelector('parley-chat-people')?.shadowRoot;
    await until(() => inside()?.querySelectorAll('li').length === 3, 'all are listed');
    await accessible(who);
    const item = (text: string): HTMLElement | undefined =>
      [...(inside()?.querySelectorAll<HTMLElement>('button') ?? [])].find((one) => one.innerText.trim() === text);
    item('Leave chat')?.click();
    await until(() => item('Leave') !== undefined, 'it asks');
    expect(made.calls).to.not.include('leave c1');
    item('Leave')?.click();
    await until(() => made.calls.includes('leave c1'), 'it is left');
  });

  it('[pain 9] a list of 1,000 chats keeps few rows in the document', async () => {
    const many = Array.from({ length: 1_000 }, (_, index) => chat(`m${index}`, { kind: 'group', title: `Group ${index}` }));
    const { body } = await panel(380, { chats: many });
    await until(() => options(body).length > 3, 'some are shown');
    expect(options(body).length).to.be.at.most(40);
    const scroller = within(body, '.scroller');
    scroller.focus();
    await sendKeys({ press: 'End' });
    await until(() => options(body).some((one) => one.innerText.includes('Group 999')), 'the last is shown');
  });

  it('[attack 57] a title cannot turn the line around it', async () => {
    const { body } = await panel(380, { chats: [chat('c1', { kind: 'group', title: 'safe \u202Etxt.exe\nsecond' })] });
    await until(() => options(body).length === 1, 'it is shown');
    expect(options(body)[0]?.querySelector('.title')?.textContent).to.equal('safe  txt.exe second');
  });
});
