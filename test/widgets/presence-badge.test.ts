import { expect } from 'chai';
import { sendKeys } from '@web/test-runner-commands';
import { type Availability, ParleyError } from '#sdk';
import '#widgets';
import type { PresenceBadge } from '../../widgets/presence-badge/presence-badge.js';
import { accessible, clear, html, part, settled, show, until } from './support/page.js';
import { anna, chat, type StandIn, standIn, standInSession } from './support/stand-in.js';

const WORDS: Record<Availability, string> = {
  available: 'Available',
  busy: 'Busy',
  away: 'Away',
  dnd: 'Do not disturb',
  offline: 'Offline',
  unknown: 'Status unknown',
};

describe('<parley-presence-badge>', () => {
  afterEach(clear);

  async function badge(client: StandIn, user = 'mark', name = ''): Promise<PresenceBadge> {
    const stage = show(html`<parley-presence-badge .client=${client} user=${user} name=${name}></parley-presence-badge>`);
    const element = stage.querySelector('parley-presence-badge')!;
    await settled(element);
    return element;
  }

  for (const [availability, words] of Object.entries(WORDS) as [Availability, string][]) {
    it(`${availability}: a shape of its own and the words "${words}"`, async () => {
      const client = standIn();
      client.session!.presenceOf('mark').next({ availability, since: 0 });
      const element = await badge(client);
      expect(part(element, '[part="mark"]').classList.contains(availability)).to.equal(true);
      expect(part(element, '.badge').title).to.equal(words);
      expect(part(element, '.badge').getAttribute('aria-label')).to.equal(`Mark Lee: ${words}. Start chat`);
      await accessible(element);
    });
  }

  it('the shapes differ without colour', async () => {
    const client = standIn();
    const element = await badge(client);
    const shapes = new Set<string>();
    for (const availability of Object.keys(WORDS) as Availability[]) {
      client.session!.presenceOf('mark').next({ availability, since: 0 });
      await settled(element);
      const mark = part(element, '[part="mark"]');
      const [style, ring] = [getComputedStyle(mark), getComputedStyle(mark, '::after')];
      shapes.add([style.borderRadius, style.backgroundImage.split('(')[0], ring.content === 'none' ? '' : ring.borderStyle].join(' '));
    }
    expect(shapes.size).to.equal(6);
  });

  it("[B42] says the person's own words, as text", async () => {
    const client = standIn();
    client.session!.presenceOf('mark').next({ availability: 'away', message: '<b>back</b> at 15:00', since: 0 });
    const element = await badge(client);
    expect(part(element, '.badge').title).to.equal('Away, <b>back</b> at 15:00');
    element.words = true;
    await settled(element);
    expect(part(element, '[part="words"]').textContent).to.equal('Away, <b>back</b> at 15:00');
  });

  it('[M3] click, Enter and double-click open the chat once, and its panel', async () => {
    const client = standIn();
    const stage = show(html`
      <parley-session .client=${client}></parley-session>
      <parley-presence-badge user="mark"></parley-presence-badge>
      <parley-chat-panel></parley-chat-panel>
    `);
    const element = stage.querySelector('parley-presence-badge')!;
    const panel = stage.querySelector('parley-chat-panel')!;
    let rows = 0;
    stage.addEventListener('dblclick', () => rows++);
    await settled(element);
    const button = part(element, 'button');
    button.dispatchEvent(new MouseEvent('click', { detail: 1, bubbles: true, composed: true }));
    button.dispatchEvent(new MouseEvent('click', { detail: 2, bubbles: true, composed: true }));
    button.dispatchEvent(new MouseEvent('dblclick', { bubbles: true, composed: true }));
    await until(() => panel.open, 'the panel opens');
    expect(client.calls).to.deep.equal(['openChat mark']);
    expect(rows, "the host's row was not double-clicked").to.equal(0);
    panel.hide();
    part(element, 'button').focus();
    await sendKeys({ press: 'Enter' });
    await until(() => panel.open, 'the panel opens by keyboard');
  });

  it('the host may do something else', async () => {
    const client = standIn();
    const element = await badge(client);
    element.addEventListener('parley-chat-open', (event) => {
      expect(event.detail).to.deep.equal({ users: ['mark'] });
      event.preventDefault();
    });
    part(element, 'button').click();
    await settled(element);
    expect(client.calls).to.deep.equal([]);
  });

  it('[M5] is a mark and no button for oneself, with view-only, and for who may not start chats', async () => {
    expect(part(await badge(standIn(), 'anna'), '.badge').getAttribute('role')).to.equal('img');
    const reader = standIn(standInSession(anna, false));
    const element = await badge(reader);
    expect(element.shadowRoot!.querySelector('button')).to.equal(null);
    await accessible(element);
    reader.session!.list$.next([chat('c1')]);
    await settled(element);
    part(element, 'button').click();
    await until(() => reader.session!.open$.value === 'c1', 'a chat that exists opens');
  });

  it('[M4] is empty and keeps its size while nobody is signed in', async () => {
    const client = standIn();
    const element = await badge(client);
    const { width } = element.getBoundingClientRect();
    client.session$.next(null);
    await settled(element);
    expect(element.shadowRoot!.querySelector('.badge')).to.equal(null);
    expect(element.getBoundingClientRect().width).to.equal(width);
  });

  it('[M4] is nothing for somebody without chat, and for somebody who is not in the directory', async () => {
    const client = standIn();
    client.session!.people.set('mark', { id: 'mark', name: 'Mark Lee', chat: 'none' });
    client.session!.presenceOf('mark').next({ availability: 'offline', since: 5 });
    expect((await badge(client)).shadowRoot!.querySelector('.badge')).to.equal(null);
    client.session!.presenceOf('nobody').next({ availability: 'unknown', since: 5 });
    expect((await badge(client, 'nobody')).shadowRoot!.querySelector('.badge')).to.equal(null);
  });

  it('[M5] is grey and no button for somebody whose chat is unavailable', async () => {
    const client = standIn();
    client.session!.people.set('mark', { id: 'mark', name: 'Mark Lee', chat: 'unavailable' });
    client.session!.presenceOf('mark').next({ availability: 'available', since: 5 });
    const element = await badge(client);
    expect(part(element, '.badge').getAttribute('aria-label')).to.equal('Mark Lee: Chat not available');
    expect(element.shadowRoot!.querySelector('button')).to.equal(null);
    expect(part(element, '[part="mark"]').classList.contains('available')).to.equal(false);
  });

  it('[B43] has two halves where telephony is connected, each with a shape and words of its own', async () => {
    const client = standIn();
    const words = {
      idle: 'Phone free',
      ringing: 'Phone ringing',
      'on-call': 'On a call',
      hold: 'Call on hold',
      unknown: 'Phone not known',
    };
    const element = await badge(client);
    expect(element.shadowRoot!.querySelector('[part="phone"]')).to.equal(null);
    const shapes = new Set<string>();
    for (const [phone, said] of Object.entries(words) as [keyof typeof words, string][]) {
      client.session!.presenceOf('mark').next({ availability: 'available', phone, since: 5 });
      await until(() => element.shadowRoot!.querySelector(`.phone-${phone}`) !== null, phone);
      expect(part(element, '.badge').title).to.equal(`Available. ${said}`);
      const shape = [...part(element, '[part="phone"]').querySelectorAll('path')];
      shapes.add(shape.map((path) => `${path.getAttribute('d')} ${path.getAttribute('fill')}`).join());
    }
    expect(shapes.size).to.equal(5);
    await accessible(element);
  });

  it('[M13, M16] its context menu puts a predefined message into the chat and sends nothing', async () => {
    const client = standIn();
    const session = client.session!;
    session.info$.next({ ...session.info$.value, predefined: [{ id: '0', text: 'Please call back.' }] });
    const element = await badge(client);
    part(element, 'button').dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, composed: true, cancelable: true }));
    await until(() => element.shadowRoot!.querySelector('.menu:popover-open') !== null, 'the menu opens');
    const list = part<HTMLElement & { updateComplete: Promise<unknown> }>(element, 'parley-predefined-menu');
    await list.updateComplete;
    await accessible(element);
    part(list, '[role="menuitem"]').click();
    await until(() => client.calls.length > 0, 'the chat opens');
    expect(client.calls).to.deep.equal(['openChat mark "Please call back."']);
  });

  it('[M15] without predefined messages there is no menu: the chat opens', async () => {
    const client = standIn();
    const element = await badge(client);
    part(element, 'button').dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, composed: true, cancelable: true }));
    await until(() => client.calls.length > 0, 'the chat opens');
    expect(client.calls).to.deep.equal(['openChat mark']);
    expect(element.shadowRoot!.querySelector('.menu')).to.equal(null);
  });

  it('[S6] [M3] says at the mark why the chat could not be opened, and gives the focus back', async () => {
    const client = standIn();
    client.session!.openChat = () => Promise.reject(new ParleyError('DO_NOT_DISTURB'));
    const element = await badge(client);
    part(element, 'button').focus();
    part(element, 'button').click();
    await until(() => element.shadowRoot!.querySelector('.menu:popover-open') !== null, 'it says why');
    expect(part(element, '.menu').innerText).to.include('You do not want to be disturbed');
    await accessible(element);
    await sendKeys({ press: 'Escape' });
    await until(() => element.shadowRoot!.querySelector('.menu:popover-open') === null, 'it is gone');
    expect(element.shadowRoot!.activeElement === part(element, 'button')).to.equal(true);
  });

  it('a thousand of them in a table share their style sheets', async () => {
    const client = standIn();
    const stage = show(
      html`${Array.from({ length: 1_000 }, (_, at) => html`<parley-presence-badge .client=${client} user=${`u${at}`} name=${`U ${at}`}></parley-presence-badge>`)}`,
    );
    const all = [...stage.querySelectorAll('parley-presence-badge')];
    await settled(...all);
    const sheets = new Set(all.flatMap((element) => element.shadowRoot!.adoptedStyleSheets));
    expect(sheets.size).to.be.below(6);
  });
});
