import { sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';
import { BehaviorSubject } from 'rxjs';
import { type Conversation, type Entry, type OutboxItem, ParleyError } from '#sdk';
import type { PanelBody } from '../../widgets/panel/panel-body.js';
import { accessible, clear, until } from './support/page.js';
import { has, options, panel, within } from './support/panel-page.js';
import { NOON, type Stage, stage } from './support/panel-stage.js';
import { chat } from './support/stand-in.js';

const group = (id: string, title: string, change: Partial<Conversation> = {}): Conversation =>
  chat(id, { kind: 'group', title, members: ['anna', 'mark'], ...change });

const said = (conversation: string, author: string, text: string): Entry => ({
  conversation,
  seq: 4,
  cid: `${conversation} 4`,
  author,
  at: NOON,
  body: { kind: 'message', text, links: [] },
});

describe('<parley-chat-list>', () => {
  let made: Stage;
  let body: PanelBody;

  async function place(chats: Conversation[], given: { width?: number; made?: Stage } = {}): Promise<void> {
    ({ made, body } = await panel(given.width ?? 380, { chats, ...(given.made === undefined ? {} : { made: given.made }) }));
    await until(() => options(body).length > 0 || chats.length === 0, 'the list is there');
  }
  const list = (): ShadowRoot => within(body, 'parley-chat-list').shadowRoot!;
  const lines = (): string[] =>
    [...list().querySelectorAll<HTMLElement>('.heading, [role="option"] .title')].map((line) => line.innerText.trim());
  const menu = (): HTMLElement | null =>
    list().querySelector('parley-chat-menu')?.shadowRoot?.querySelector<HTMLElement>(':popover-open') ?? null;
  const items = (): string[] =>
    [...(menu()?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])].map((item) => item.innerText.trim());
  const item = (text: string): HTMLElement | undefined =>
    [...(menu()?.querySelectorAll<HTMLElement>('button') ?? [])].find((one) => one.innerText.trim() === text);

  afterEach(clear);

  it('[E6] [M9] what was ended stands below the rest under "Session ended", and what one has left below that', async () => {
    await place([
      group('c1', 'Old shift', { ended: true, unread: 1 }),
      group('c2', 'Chest group'),
      group('c3', 'Left alone', { active: false }),
      group('c4', 'Ward round'),
    ]);
    expect(lines()).to.deep.equal(['Chest group', 'Ward round', 'Session ended', 'Old shift', 'Left', 'Left alone']);
    expect(options(body)[2]?.querySelector('.dot') === null, 'what came before it ended is unread').to.equal(false);
    await accessible(body);
  });

  it('[G11] a chat with something that waits for the connection says so in place of its last words, and what was not sent first of all', async () => {
    await place([group('c1', 'Chest group', { unread: 1, last: said('c1', 'mark', 'hello') }), group('c2', 'Ward round')]);
    const words = (): string[] => options(body).map((one) => one.querySelector<HTMLElement>('.words')?.innerText.trim() ?? '');
    const item: OutboxItem = { cid: 'x', conversation: 'c1', text: 'On my way.', links: [], at: NOON, state: 'waiting' };
    expect(words()).to.deep.equal(['Mark Lee: hello', '']);
    made.session.unsent$.next([item]);
    await until(() => words()[0] === 'Waiting to be sent', 'it waits');
    made.session.unsent$.next([item, { ...item, cid: 'y', state: 'not-sent' }]);
    await until(() => words()[0] === 'Not sent', 'it was not sent');
    expect(words()[1]).to.equal('');
    await accessible(body);
    made.session.unsent$.next([{ ...item, state: 'sending' }]);
    await until(() => words()[0] === 'Mark Lee: hello', 'its last words are there again');
  });

  it('[B9] a group without a title is told from the chat of two with the same person by its words', async () => {
    await place([
      chat('c1', { members: ['anna', 'mark'] }),
      chat('c2', { kind: 'group', members: ['anna', 'mark'] }),
      chat('c3', { kind: 'group', members: ['anna'] }),
      chat('c4', { kind: 'group', members: ['anna', 'mark', 'lena'] }),
    ]);
    expect(lines()).to.deep.equal(['Mark Lee', 'Group with Mark Lee', 'Untitled group', 'Mark Lee and Lena Fischer']);
    options(body)[1]?.click();
    await until(() => has(body, 'h2') && within(body, 'h2').innerText === 'Group with Mark Lee', 'its header says so, too');
  });

  it('[E6] arrows pass the headings', async () => {
    await place([group('c1', 'Old shift', { ended: true }), group('c2', 'Chest group')]);
    within(body, '.scroller').focus();
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'Enter' });
    await until(() => made.session.open$.value === 'c1', 'the one below the heading is opened');
  });

  it('[M11] in a call the first chat that is opened and has no draft begins with the caller, once, and nothing is sent', async () => {
    const given = stage();
    await place([chat('c1'), group('c2', 'Chest group'), group('c3', 'Ward round'), group('c4', 'Old shift', { ended: true })], {
      made: given,
      width: 900,
    });
    const { drafts } = made.session;
    const open = async (title: string, id: string): Promise<string> => {
      options(body)
        .find((one) => one.innerText.includes(title))
        ?.click();
      await until(() => made.session.open$.value === id, `${id} is open`);
      return drafts.get(id).text;
    };
    expect(await open('Chest group', 'c2'), 'in no call').to.equal('');
    made.client.host.setCall({ name: 'Lena Fischer', number: '1234' });
    drafts.update('c2', { text: 'half' });
    expect(await open('Old shift', 'c4'), 'it was ended').to.equal('');
    expect(await open('Chest group', 'c2'), 'what is typed stays').to.equal('half');
    expect(await open('Ward round', 'c3')).to.equal('Lena Fischer, 1234');
    expect(await open('Mark Lee', 'c1'), 'once').to.equal('');
    made.client.host.setCall({ name: 'Omar Haddad', number: '99' });
    expect(await open('Mark Lee', 'c1'), 'another call').to.equal('Omar Haddad, 99');
    expect(made.calls.filter((call) => call.startsWith('send '))).to.deep.equal([]);
  });

  it('[M7] messages are found too, below people and chats; one that is picked opens its chat', async () => {
    const given = stage();
    const asked: string[] = [];
    given.session.conversations.searchMessages = async (text) => {
      asked.push(text);
      return { hits: [said('c2', 'mark', 'I am sure that the left base of the lung is new since the last one')], next: null };
    };
    await place([group('c1', 'Base camp'), group('c2', 'Chest group')], { made: given });
    within(body, 'input').focus();
    await sendKeys({ type: 'base' });
    await until(() => lines().includes('Messages'), 'the message is found');
    expect(lines()).to.deep.equal(['Chats', 'Base camp', 'Messages', 'Chest group']);
    expect(options(body)[1]?.innerText).to.include('Mark Lee: …').and.to.include('left base of the lung');
    expect(asked, 'not asked with every letter').to.deep.equal(['base']);
    await accessible(body);
    options(body)[1]?.click();
    await until(() => made.session.open$.value === 'c2', 'its chat is open');
  });

  it('[M7] a search for messages that fails leaves people and chats as they are', async () => {
    const given = stage();
    given.session.conversations.searchMessages = () => Promise.reject(new Error('not now'));
    await place([group('c1', 'Base camp')], { made: given });
    within(body, 'input').focus();
    await sendKeys({ type: 'base' });
    await until(() => options(body).length === 1 && lines().includes('Chats'), 'the chat is found');
    await sendKeys({ type: ' nothing' });
    await until(() => has(body, '.empty'), 'it says so');
    expect(within(body, '.empty').innerText).to.equal('The search did not work. Please try again.');
  });

  it('[S6] [M7] why a chat with somebody who was found cannot begin stands between the search and what it found, and covers neither', async () => {
    const given = stage();
    given.session.startChat = () => Promise.reject(new ParleyError('DO_NOT_DISTURB'));
    await place([], { made: given });
    within(body, 'input').focus();
    await sendKeys({ type: 'lena' });
    await until(() => options(body).length === 1, 'she is found');
    await sendKeys({ press: 'Enter' });
    await until(() => has(body, '[role="alert"]'), 'it says why');
    const said = within(body, '[role="alert"]');
    expect(said.innerText).to.include('You do not want to be disturbed');
    expect(said.getBoundingClientRect().bottom).to.be.at.most(options(body)[0]!.getBoundingClientRect().top);
    await accessible(body);
  });

  it('[M7] a past chat is found without scrolling to it: older pages are looked through while one searches', async () => {
    const given = stage();
    const more$ = new BehaviorSubject(true);
    let pages = 0;
    Object.assign(given.session.conversations, {
      more$,
      loadMore: async () => {
        pages++;
        if (pages === 3) more$.next(false);
        given.setChats(...given.session.list$.value, group(`page ${pages}`, pages === 3 ? 'Last winter' : `Page ${pages}`));
      },
    });
    const many = Array.from({ length: 60 }, (_, n) => group(`m${n}`, `Group ${n}`));
    await place(many, { made: given });
    expect(pages, 'none before one comes near the end').to.equal(0);
    within(body, 'input').focus();
    await sendKeys({ type: 'winter' });
    await until(() => lines().includes('Last winter'), 'it is found');
  });

  it('[B22] [M21] the right button, its key and the dots lead to what can be done with a chat', async () => {
    await place([group('c1', 'Chest group'), chat('c2', { members: ['anna', 'lena'] })]);
    options(body)[0]?.dispatchEvent(
      new MouseEvent('contextmenu', { bubbles: true, composed: true, cancelable: true, clientX: 60, clientY: 80 }),
    );
    await until(() => items().length > 0, 'the menu is there');
    expect(items()).to.deep.equal(['Open', 'Leave …']);
    expect(menu()?.getBoundingClientRect().left).to.equal(60);
    await accessible(within(body, 'parley-chat-list'));
    await sendKeys({ press: 'Escape' });
    await until(() => menu() === null, 'it is closed');

    within(body, '.scroller').focus();
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ down: 'Shift' });
    await sendKeys({ press: 'F10' });
    await sendKeys({ up: 'Shift' });
    await until(() => items().length > 0, 'the key opens it, too');
    expect(items(), 'a chat of two is not left').to.deep.equal(['Open']);
    await sendKeys({ press: 'Escape' });
    await until(() => list().activeElement?.classList.contains('scroller') === true, 'the focus is back in the list');

    options(body)[0]?.querySelector<HTMLElement>('.more')?.click();
    await until(() => items().length > 0, 'and so do the dots');
    expect(made.session.open$.value, 'which open no chat').to.equal(null);
    item('Leave …')?.click();
    await until(() => item('Leave') !== undefined, 'it asks');
    expect(made.calls).to.not.include('leave c1');
    item('Leave')?.click();
    await until(() => made.calls.includes('leave c1') && menu() === null, 'it is left');
  });

  it('[B36] where there are tabs a chat can be opened behind the one that is shown', async () => {
    await place([group('c1', 'Chest group'), group('c2', 'Ward round')], { width: 900 });
    made.session.open('c1');
    options(body)[1]?.querySelector<HTMLElement>('.more')?.click();
    await until(() => items().length > 0, 'the menu is there');
    item('Open in new tab')?.click();
    await until(() => made.session.tabs$.value.length === 2, 'it has a tab');
    expect(made.session.open$.value).to.equal('c1');
  });
});
