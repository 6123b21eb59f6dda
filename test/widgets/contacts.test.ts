import { expect } from 'chai';
import { sendKeys } from '@web/test-runner-commands';
import { ParleyError } from '#sdk';
import {
  chosen,
  contacts,
  type ContactsStage,
  grid,
  GROUP,
  item,
  items,
  NIGHT,
  openMenu,
  row,
  rows,
  shown,
  text,
} from './support/contacts-stage.js';
import { accessible, chord, clear, deep, must, until } from './support/page.js';
import { chat } from './support/stand-in.js';

const accepted = (...users: string[]) => users.map((user) => ({ user, state: 'accepted' as const }));
const available = { availability: 'available' } as const;
const ONLINE = { mark: available, lena: { availability: 'busy', message: 'in CT 2' }, nora: { availability: 'away' } } as const;

/** Two groups and three favourites, of whom one is offline. */
const FULL = { contacts: { contacts: accepted('mark', 'omar', 'nora'), groups: [GROUP, NIGHT] }, presences: ONLINE };

const click = (element: HTMLElement, keys: MouseEventInit = {}): boolean =>
  element.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true, cancelable: true, detail: 1, ...keys }));

describe('<parley-contacts>', () => {
  afterEach(clear);

  const seen = async (stage: ContactsStage, ...lines: string[]): Promise<void> => {
    await until(
      () => shown(stage.element).join('\n') === lines.join('\n'),
      `${lines.join(', ')}; it is ${shown(stage.element).join(', ')}`,
    );
  };

  it('[S9] people live in banners: personal groups, favourites, and who is in no list', async () => {
    const stage = await contacts({ ...FULL, showOffline: true, chats: [chat('c1', { members: ['anna', 'jun'] })] });
    await seen(
      stage,
      ...['CHEST TEAM', 'Lena Fischer', 'Mark Lee', 'Prof Sofía Álvarez Núñez', 'NIGHT SHIFT', '王俊'],
      ...['FAVOURITES', 'Dr Omar Haddad', 'Mark Lee', 'Nora Dahl'],
    );
    expect(row(stage.element, 'Chest team').getAttribute('aria-label')).to.equal('Chest team, 2 of 3 online');
    expect(row(stage.element, 'Lena Fischer').getAttribute('aria-label')).to.equal(
      'Lena Fischer, Busy, in CT 2, Radiographer, St Anna Hospital',
    );
    await accessible(stage.element);
  });

  it('[S9] a banner is shut and opened, by pointer and by keys', async () => {
    const stage = await contacts(FULL);
    row(stage.element, 'Favourites').click();
    await seen(
      stage,
      'CHEST TEAM',
      'Lena Fischer',
      'Mark Lee',
      'NIGHT SHIFT',
      '(The only one here is offline. Show offline users)',
      'FAVOURITES',
    );
    row(stage.element, 'Favourites').focus();
    await sendKeys({ press: 'ArrowRight' });
    await until(() => row(stage.element, 'Favourites').ariaExpanded === 'true', 'it is open again');
    await sendKeys({ press: 'ArrowLeft' });
    await until(() => row(stage.element, 'Favourites').ariaExpanded === 'false', 'it is shut again');
  });

  it('[S16] who is offline is shown by a tick, kept in the settings; a banner that looks empty says why', async () => {
    const stage = await contacts(FULL);
    const note = '(The only one here is offline. Show offline users)';
    await seen(stage, 'CHEST TEAM', 'Lena Fischer', 'Mark Lee', 'NIGHT SHIFT', note, 'FAVOURITES', 'Mark Lee', 'Nora Dahl');
    must<HTMLElement>(grid(stage.element).renderRoot, '[data-act="offline"]').click();
    await until(() => shown(stage.element).includes('王俊'), 'who is offline is there');
    expect(stage.calls).to.deep.equal(['settings {"showOffline":true}']);
    const tick = must<HTMLInputElement>(stage.element.renderRoot, 'input[type="checkbox"]');
    expect(tick.checked).to.equal(true);
    tick.click();
    await until(() => !shown(stage.element).includes('王俊'), 'they are gone again');
    stage.refuse = new ParleyError('OFFLINE');
    tick.click();
    await until(() => text(stage.element.renderRoot, '.error') !== '', 'the failure is said');
    expect(tick.checked).to.equal(false);
  });

  it('[S16] somebody who signs in appears, and somebody who signs out goes; without a connection the list stays', async () => {
    const stage = await contacts({ contacts: { contacts: accepted('mark', 'nora') }, presences: { mark: available } });
    await seen(stage, 'FAVOURITES', 'Mark Lee');
    stage.session.presenceOf('nora').next({ ...available, since: 1 });
    await seen(stage, 'FAVOURITES', 'Mark Lee', 'Nora Dahl');
    stage.session.presenceOf('mark').next({ availability: 'offline', since: 1 });
    await seen(stage, 'FAVOURITES', 'Nora Dahl');
    stage.session.presenceOf('nora').next({ availability: 'unknown', since: 0 });
    await until(() => row(stage.element, 'Nora Dahl').ariaLabel?.includes('Status unknown') === true, 'it is not shown as it was');
    await seen(stage, 'FAVOURITES', 'Nora Dahl');
  });

  it('[S10] a click chooses one, Ctrl adds and takes away, Shift goes from there to here', async () => {
    const { element } = await contacts({ ...FULL, showOffline: true });
    const order = () => rows(element).filter((one) => one.classList.contains('person'));
    const pick = (at: number, keys: MouseEventInit = {}): boolean => click(order()[at]!, keys);
    pick(0);
    await until(() => chosen(element).join() === 'Lena Fischer', 'one is chosen');
    pick(2, { ctrlKey: true });
    await until(() => chosen(element).join() === 'Lena Fischer,Prof Sofía Álvarez Núñez', 'two are chosen');
    pick(0, { metaKey: true });
    await until(() => chosen(element).join() === 'Prof Sofía Álvarez Núñez', 'one was taken away');
    pick(2);
    pick(4, { shiftKey: true });
    await until(() => chosen(element).join() === 'Prof Sofía Álvarez Núñez,王俊,Dr Omar Haddad', 'a range, over banners');
    expect(grid(element).renderRoot.querySelector('[role="treegrid"]')?.ariaMultiSelectable).to.equal('true');
  });

  it('[S10] the same by keys: arrows, Shift and arrows, Ctrl and space, Ctrl and A', async () => {
    const { element } = await contacts({ ...FULL, showOffline: true });
    element.focus();
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Tab' });
    const focused = (): string => {
      const active = grid(element).shadowRoot?.activeElement;
      return active ? text(active, '.name') || text(active, '.title') : '';
    };
    await until(() => focused() === 'Chest team', 'the focus is on the first row');
    await sendKeys({ press: 'ArrowDown' });
    await until(() => focused() === 'Lena Fischer' && chosen(element).join() === 'Lena Fischer', 'an arrow goes on and chooses');
    await chord('Shift', 'ArrowDown');
    await until(() => chosen(element).join() === 'Lena Fischer,Mark Lee', 'a range');
    await chord('Control', 'ArrowDown');
    await until(() => focused() === 'Prof Sofía Álvarez Núñez', 'Ctrl only moves');
    expect(chosen(element)).to.deep.equal(['Lena Fischer', 'Mark Lee']);
    await chord('Control', 'ArrowDown');
    await chord('Control', 'ArrowDown');
    await until(() => focused() === '王俊', 'Ctrl only moves');
    await chord('Control', ' ');
    await until(() => chosen(element).join() === 'Lena Fischer,Mark Lee,王俊', 'the space bar adds');
    await chord('Control', 'a');
    await until(() => chosen(element).length === 7, 'all are chosen');
    await sendKeys({ press: 'End' });
    await until(() => focused() === 'Nora Dahl', 'the end');
    await sendKeys({ press: 'ArrowRight' });
    expect((grid(element).shadowRoot!.activeElement as HTMLElement).dataset['act']).to.equal('star');
    await sendKeys({ press: 'ArrowRight' });
    expect((grid(element).shadowRoot!.activeElement as HTMLElement).dataset['act']).to.equal('more');
    await accessible(element);
  });

  it('[S11] New message to those who are chosen: from the menu of the right button', async () => {
    const stage = await contacts(FULL);
    click(row(stage.element, 'Lena Fischer'));
    click(row(stage.element, 'Mark Lee'), { ctrlKey: true });
    await until(() => chosen(stage.element).length === 2, 'two are chosen');
    const event = new MouseEvent('contextmenu', { bubbles: true, composed: true, cancelable: true, button: 2, clientX: 60, clientY: 90 });
    row(stage.element, 'Mark Lee').dispatchEvent(event);
    expect(event.defaultPrevented).to.equal(true);
    await until(() => items(stage.element).length > 0, 'the menu is open');
    await accessible(stage.element);
    const opened: string[] = [];
    stage.element.addEventListener('parley-conversation-opened', ({ detail }) => opened.push(detail.conversation.id));
    item(stage.element, 'New message to 2 people').click();
    await until(() => opened.length === 1, 'the chat is open');
    expect(stage.calls).to.deep.equal(['openChat lena,mark']);
    expect(chosen(stage.element)).to.deep.equal([]);
  });

  it('[S11] and from the bar below, which says how many they are', async () => {
    const stage = await contacts(FULL);
    click(row(stage.element, 'Lena Fischer'));
    click(row(stage.element, 'Nora Dahl'), { ctrlKey: true });
    await until(() => stage.element.renderRoot.querySelector('.chosen') !== null, 'the bar is there');
    expect(text(stage.element.renderRoot, '.chosen span')).to.equal('2 people');
    must<HTMLElement>(stage.element.renderRoot, '.chosen .primary').click();
    await until(() => stage.calls.length === 1, 'it is asked for');
    expect(stage.calls).to.deep.equal(['openChat lena,nora']);
  });

  it('[S11] Shift and F10 opens the menu, Escape closes it and gives the focus back to the row', async () => {
    const stage = await contacts(FULL);
    row(stage.element, 'Lena Fischer').focus();
    await chord('Shift', 'F10');
    await until(() => items(stage.element).length > 0, 'the menu is open');
    await sendKeys({ press: 'Escape' });
    await until(() => items(stage.element).length === 0, 'it is shut');
    expect(grid(stage.element).shadowRoot!.activeElement === row(stage.element, 'Lena Fischer')).to.equal(true);
  });

  for (const [how, open] of [
    [
      '[M3] a double-click',
      (one: HTMLElement) => Promise.resolve(one.dispatchEvent(new MouseEvent('dblclick', { bubbles: true, composed: true }))),
    ],
    [
      '[B37] Enter',
      async (one: HTMLElement) => {
        one.focus();
        await sendKeys({ press: 'Enter' });
      },
    ],
  ] as const) {
    it(`${how} opens the chat with one person, favourite or not`, async () => {
      const stage = await contacts(FULL);
      await open(row(stage.element, 'Lena Fischer'));
      await until(() => stage.calls.length === 1, 'it is open');
      expect(stage.calls).to.deep.equal(['openChat lena']);
    });
  }

  it('[E3] who may not start a chat is offered none; one that there is goes on', async () => {
    const stage = await contacts({ ...FULL, initiate: false, chats: [chat('c1', { members: ['anna', 'mark'] })] });
    await openMenu(stage.element, 'Lena Fischer');
    expect(items(stage.element).map((one) => one.textContent?.trim())).to.deep.equal([
      'Add to favourites',
      'Add to group',
      'Remove from “Chest team”',
    ]);
    await openMenu(stage.element, 'Mark Lee');
    await until(() => items(stage.element)[0]?.textContent?.trim() === 'New message', 'the chat with Mark goes on');
    click(row(stage.element, 'Lena Fischer'));
    click(row(stage.element, 'Mark Lee'), { ctrlKey: true });
    await until(() => stage.element.renderRoot.querySelector('.chosen') !== null, 'the bar is there');
    expect(stage.element.renderRoot.querySelector('.chosen .primary')).to.equal(null);
  });

  it('[M13] [M15] predefined messages are a submenu and become a draft; without any there is none', async () => {
    const stage = await contacts(FULL);
    await openMenu(stage.element, 'Mark Lee');
    expect(items(stage.element).some((one) => one.textContent?.includes('Predefined'))).to.equal(false);
    await sendKeys({ press: 'Escape' });
    const info = stage.session.info$;
    info.next({ ...info.value, predefined: [{ id: '00000000-0000-4000-8000-0000000000b1', text: 'Please call me back.' }] });
    await openMenu(stage.element, 'Mark Lee');
    item(stage.element, 'Predefined messages').click();
    const first = (): HTMLElement | null =>
      deep(grid(stage.element).renderRoot as ShadowRoot, 'parley-predefined-menu')?.shadowRoot?.querySelector('.menu-item') ?? null;
    await until(() => first()?.matches(':focus') === true, 'the focus is on the first text');
    await sendKeys({ press: 'ArrowLeft' });
    await until(() => items(stage.element).some((one) => one.textContent?.trim() === 'New message'), 'the way back');
    item(stage.element, 'Predefined messages').click();
    await until(() => first()?.matches(':focus') === true, 'the focus is on the first text');
    await accessible(stage.element);
    first()?.click();
    await until(() => stage.calls.length === 1, 'the draft is made');
    expect(stage.calls).to.deep.equal(['openChat mark “Please call me back.”']);
  });

  it('looking for people finds one’s own first, then others of the directory, offline or not; the star adds them', async () => {
    const stage = await contacts(FULL);
    element(stage).value = 'ha';
    element(stage).dispatchEvent(new Event('input'));
    await until(() => shown(stage.element).includes('CONTACTS'), 'own contacts are found');
    expect(shown(stage.element)).to.deep.equal(['CONTACTS', 'Dr Omar Haddad']);
    element(stage).value = 'jun';
    element(stage).dispatchEvent(new Event('input'));
    await until(() => shown(stage.element).length === 0, 'nobody is called so');
    element(stage).value = 'sof';
    element(stage).dispatchEvent(new Event('input'));
    await until(() => shown(stage.element).includes('Prof Sofía Álvarez Núñez'), 'she is found');
    const root = stage.element.renderRoot as ShadowRoot;
    await until(() => text(root, '[aria-live]') === '1 person found', 'it is said');
    await accessible(stage.element);
    stage.state$.next({ contacts: [], requests: [], groups: [] });
    await seen(stage, 'MORE PEOPLE', 'Prof Sofía Álvarez Núñez');
    row(stage.element, 'Prof Sofía Álvarez Núñez').querySelector<HTMLElement>('.star')?.click();
    await seen(stage, 'CONTACTS', 'Prof Sofía Álvarez Núñez');
    expect(stage.calls).to.deep.equal(['add sofia']);
    element(stage).focus();
    await sendKeys({ press: 'Escape' });
    await until(() => shown(stage.element)[0] === 'FAVOURITES', 'the search is over');
  });

  it('nobody at all: says how to begin; a failure is said in words', async () => {
    const stage = await contacts({});
    expect(text(stage.element.renderRoot, '.empty')).to.equal('No contacts yet. Search a person and give them a star.');
    await accessible(stage.element);
    stage.state$.next({ contacts: accepted('mark'), requests: [], groups: [] });
    stage.session.presenceOf('mark').next({ ...available, since: 0 });
    await seen(stage, 'FAVOURITES', 'Mark Lee');
    stage.refuse = new ParleyError('OFFLINE');
    row(stage.element, 'Mark Lee').querySelector<HTMLElement>('.star')?.click();
    await until(() => text(stage.element.renderRoot, '.error') === 'There is no connection just now.', 'it is said');
  });

  it('somebody who goes offline while their row has the focus does not take it away', async () => {
    const stage = await contacts({ contacts: { contacts: accepted('mark', 'nora') }, presences: { mark: available, nora: available } });
    row(stage.element, 'Mark Lee').focus();
    stage.session.presenceOf('mark').next({ availability: 'offline', since: 1 });
    await seen(stage, 'FAVOURITES', 'Nora Dahl');
    await until(() => grid(stage.element).shadowRoot?.activeElement === row(stage.element, 'Nora Dahl'), 'the focus is on the next row');
  });
});

function element(stage: ContactsStage): HTMLInputElement {
  return must<HTMLInputElement>(stage.element.renderRoot, 'input[type="search"]');
}
