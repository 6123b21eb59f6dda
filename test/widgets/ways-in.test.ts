import { executeServerCommand } from '@web/test-runner-commands';
import { expect } from 'chai';
import '#widgets';
import '../../widgets/inside.js';
import { createParley, type Parley } from '#sdk';
import { clear, deep, html, must, part, settled, show, until } from './support/page.js';

/** How people get to a chat that there is, against a real server: the panel and the other person's messages are the real ones. */
describe('ways into a chat', () => {
  let id: string;
  let url: string;
  let mark: Parley;
  let stage: HTMLElement;
  const token = (sub: string) => async (): Promise<string> =>
    (await executeServerCommand<{ token: string }, object>('parley-server', { op: 'token', id, sub, claims: { name: `Name of ${sub}` } }))
      .token;

  beforeEach(async () => {
    ({ id, url } = await executeServerCommand<{ id: string; url: string }, object>('parley-server', { op: 'start' }));
    mark = createParley({ server: url, token: token('mark') });
    await mark.connect();
    stage = show(html`
      <parley-session server=${url} .token=${token('anna')}></parley-session>
      <parley-launcher shortcut="F9">Chat</parley-launcher>
      <parley-presence-badge user="mark"></parley-presence-badge>
      <parley-chat-panel><a slot="help" href="/help">How we chat</a></parley-chat-panel>
    `);
    await until(() => deep(must(stage, 'parley-launcher').shadowRoot!, 'button') !== null, 'anna is signed in');
  });
  afterEach(async () => {
    mark.dispose();
    clear();
    await executeServerCommand('parley-server', { op: 'stop', id });
  });

  const panel = () => must<HTMLElementTagNameMap['parley-chat-panel']>(stage, 'parley-chat-panel');
  const inside = (selector: string): HTMLElement | null => deep(panel().shadowRoot!, selector);
  const bubbles = (): string[] => {
    const timeline = inside('parley-timeline');
    return [...(timeline?.shadowRoot?.querySelectorAll<HTMLElement>('[part="text"]') ?? [])].map((one) => one.innerText.trim());
  };
  const session = () => must<HTMLElementTagNameMap['parley-session']>(stage, 'parley-session').client!.session!;

  /** Mark writes to anna while she looks elsewhere. */
  async function written(...texts: string[]): Promise<string> {
    const chat = await mark.session!.startChat({ to: ['anna'] });
    for (const text of texts) mark.session!.send(chat.id, { text });
    let unread = 0;
    const following = session().conversations.unread$.subscribe((count) => (unread = count));
    await until(() => unread === texts.length, 'all of it has come');
    following.unsubscribe();
    return chat.id;
  }
  const double = (): void => {
    const button = part(must(stage, 'parley-presence-badge'), 'button');
    for (const detail of [1, 2]) button.dispatchEvent(new MouseEvent('click', { detail, bubbles: true, composed: true }));
    button.dispatchEvent(new MouseEvent('dblclick', { bubbles: true, composed: true }));
  };

  it('[M8] a double-click on the presence of somebody with whom there is a chat opens that one, with what was said', async () => {
    const chat = await written('first', 'second');
    double();
    await until(() => bubbles().length === 2, 'the messages are shown');
    expect(bubbles()).to.deep.equal(['first', 'second']);
    let chats: readonly { id: string }[] = [];
    session()
      .conversations.list$.subscribe((list) => (chats = list))
      .unsubscribe();
    expect(
      chats.map((one) => one.id),
      'no other one began',
    ).to.deep.equal([chat]);
  });

  it('[M18] the Chat key and the entry with the dot, or a double-click on the presence, lead to what is unread, and the dot goes', async () => {
    await written('please call');
    expect(part(must(stage, 'parley-launcher'), 'button').getAttribute('aria-label')).to.equal('Chat, 1 unread message');
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'F9', bubbles: true }));
    await until(() => inside('[role="option"] .dot') !== null, 'the list shows who wrote');
    inside('[role="option"]')!.click();
    await until(() => bubbles()[0] === 'please call', 'it is shown');
    await until(() => inside('textarea') !== null, 'one can write');
    inside('textarea')!.focus();
    const label = (): string | null => part(must(stage, 'parley-launcher'), 'button').getAttribute('aria-label');
    await until(() => label() === 'Chat', 'nothing is unread any more');

    session().open(null);
    panel().hide();
    await written('and again');
    double();
    await until(() => bubbles().includes('and again'), 'it is shown');
    inside('textarea')?.focus();
    await until(() => label() === 'Chat', 'nothing is unread any more');
  });

  it('[E16] the way to help is the host’s own link, in the head of the panel', async () => {
    panel().show();
    await settled(panel());
    await until(() => inside('slot[name="help"]') !== null, 'the head is there');
    const [link] = (inside('slot[name="help"]') as HTMLSlotElement).assignedElements() as HTMLAnchorElement[];
    expect(link?.textContent).to.equal('How we chat');
    const head = inside('header')!.getBoundingClientRect();
    const box = link!.getBoundingClientRect();
    expect(box.width > 0 && box.top >= head.top && box.bottom <= head.bottom, 'it is seen in the head').to.equal(true);
    let followed = 0;
    link!.addEventListener('click', (event) => {
      followed += 1;
      event.preventDefault();
    });
    link!.click();
    expect(followed).to.equal(1);
  });

  it('[B41] the own status stands below the own name, Available by default, and leads to the menu', async () => {
    panel().show();
    await until(
      () => inside('parley-status-menu') !== null && deep(inside('parley-status-menu')!.shadowRoot!, '.own') !== null,
      'it is there',
    );
    const menu = inside('parley-status-menu')!;
    const [name, status] = ['.name', '.status'].map((selector) => part(menu, selector));
    expect(status!.innerText).to.contain('Available');
    expect(status!.getBoundingClientRect().top).to.be.at.least(name!.getBoundingClientRect().bottom - 1);
    const [words, arrow] = ['.status .truncate:not(.visually-hidden)', '.status svg'].map((selector) => must(menu.shadowRoot!, selector));
    expect(arrow!.getBoundingClientRect().left, 'with the arrow right of it').to.be.at.least(words!.getBoundingClientRect().right - 1);
    part(menu, '.own').click();
    await until(() => deep(menu.shadowRoot!, '.menu:popover-open') !== null, 'the menu is open');
    const items = [...menu.shadowRoot!.querySelectorAll('[role="menuitemradio"]')];
    expect(items.find((item) => item.ariaChecked === 'true')?.textContent?.trim()).to.equal('Available');
  });
});
