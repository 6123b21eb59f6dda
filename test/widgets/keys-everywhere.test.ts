import { sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';
import type { ParleyElement as Base } from '../../widgets/internal/parley-element.js';
import type { Place } from '../../widgets/panel/places.js';
import { deepActive } from './support/focus-path.js';
import { clear, deep, html, must, settled, show, until } from './support/page.js';
import { NOON, stage } from './support/panel-stage.js';
import { chat, standIn } from './support/stand-in.js';

// Every element that is ever defined, whoever defines it: what is added to Parley is in this test by itself.
const defined: CustomElementConstructor[] = [];
const { define } = customElements;
customElements.define = function (name, made, options): void {
  defined.push(made);
  define.call(customElements, name, made, options);
};
await import('#widgets');
await import('../../widgets/inside.js');
const { load, openDialog, PLACES } = await import('../../widgets/panel/places.js');
const { contacts } = await import('./support/contacts-stage.js');
const { ParleyElement } = await import('../../widgets/internal/parley-element.js');

const TYPES = ['keydown', 'keypress', 'keyup'] as const;
const KEYS = [
  'r',
  '1',
  'Space',
  'ArrowLeft',
  'ArrowRight',
  'ArrowDown',
  'ArrowUp',
  'Home',
  'End',
  'Delete',
  'Backspace',
  'Enter',
  'Escape',
];
const group = chat('g', { kind: 'group', title: 'Chest team', members: ['anna', 'mark', 'lena'], memberCount: 3, initiator: 'anna' });

interface Surface {
  /** Puts it on the page; resolves with what inside of it can have the focus. */
  reach: () => Promise<HTMLElement>;
  /** A key that does something there, and whether it did. */
  ours?: [key: string, done: (target: HTMLElement) => boolean];
}

/** All that a host can place, beside a session that has something to show in each. */
async function page(): Promise<HTMLElement> {
  const made = stage();
  made.setChats(group);
  made.client.host.register('study', { noun: 'examination' });
  made.session.open('g');
  const { info$ } = made.session;
  info$.next({ ...info$.value, predefined: [{ id: '018f4e9c-5a1b-7c3d-8e4f-0123456789ab', text: 'Please call back.' }] });
  const place = show(html`
    <parley-session .client=${made.client}></parley-session>
    <parley-launcher>Chat</parley-launcher>
    <parley-presence-badge user="mark"></parley-presence-badge>
    <parley-link-current-item></parley-link-current-item>
    <parley-people .users=${['mark', 'lena']} heading="CT 2"></parley-people>
    <parley-banner></parley-banner>
    <parley-chat-panel></parley-chat-panel>
  `);
  made.session.pending$.next([{ id: 'n', type: 'message', conversation: 'g', from: 'mark', at: NOON }]);
  await settled(must(place, 'parley-launcher'), must(place, 'parley-presence-badge'), must(place, 'parley-link-current-item'));
  return place;
}

async function shown(place: ParentNode, selector: string): Promise<HTMLElement> {
  const found = (): HTMLElement | null => deep(place, selector);
  await until(() => found()?.checkVisibility({ visibilityProperty: true }) === true, `${selector} is there`);
  return must(place, selector);
}

async function panel(): Promise<HTMLElement> {
  const element = must<HTMLElementTagNameMap['parley-chat-panel']>(await page(), 'parley-chat-panel');
  element.show();
  await shown(element.shadowRoot!, 'textarea');
  return element;
}

/** In the open panel, after these were pressed. */
const inPanel =
  (target: string, ...pressed: string[]) =>
  async (): Promise<HTMLElement> => {
    const { shadowRoot: root } = await panel();
    for (const selector of pressed) (await shown(root!, selector)).click();
    return shown(root!, target);
  };

const dialog =
  (name: Place, given: object = {}) =>
  async (): Promise<HTMLElement> => {
    const from = (await panel()) as HTMLElementTagNameMap['parley-chat-panel'];
    void openDialog(from, name, given as never);
    await until(() => deep(from.shadowRoot!, `parley-${name}`)?.shadowRoot?.querySelector('dialog')?.open === true, 'it is open');
    return shown(must(from.shadowRoot!, `parley-${name}`).shadowRoot!, 'dialog :is(button, input, select)');
  };

const typed: Surface['ours'] = ['x', (target) => (target as HTMLInputElement).value.includes('x')];
const gone: Surface['ours'] = ['Escape', (target) => !target.isConnected || !target.checkVisibility({ visibilityProperty: true })];

const SURFACES: Record<string, Surface> = {
  launcher: {
    reach: async () => shown(await page(), 'parley-launcher [part="button"], [part="button"].launcher'),
    ours: ['Enter', () => must<HTMLElementTagNameMap['parley-chat-panel']>(document, 'parley-chat-panel').open],
  },
  'presence badge': {
    reach: async () => shown(must(await page(), 'parley-presence-badge').shadowRoot!, 'button'),
    ours: ['Enter', () => must<HTMLElementTagNameMap['parley-chat-panel']>(document, 'parley-chat-panel').open],
  },
  'the menu of a presence badge': {
    reach: async () => {
      const { shadowRoot: root } = must(await page(), 'parley-presence-badge');
      must(root!, 'button').dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, composed: true, cancelable: true }));
      return shown(root!, '.menu:popover-open [role="menuitem"]');
    },
    ours: gone,
  },
  'link to the current item': { reach: async () => shown(must(await page(), 'parley-link-current-item').shadowRoot!, 'button') },
  people: {
    reach: async () => shown(must(await page(), 'parley-people').shadowRoot!, '.sort'),
    ours: ['Enter', (target) => target.closest('th')?.getAttribute('aria-sort') !== 'none'],
  },
  banner: { reach: async () => shown(must(await page(), 'parley-banner').shadowRoot!, '[part="banner"] button') },
  'chat panel, a button of its header': { reach: inPanel('[part~="settings-button"]') },
  'the field of a message': { reach: inPanel('textarea'), ours: typed },
  'the log': { reach: inPanel('[role="log"], .scroller[tabindex="0"]') },
  'the own status': { reach: inPanel('.menu:popover-open input', '.own'), ours: typed },
  emoji: { reach: inPanel('parley-emoji-picker', 'button.emoji'), ours: gone },
  'predefined messages': { reach: inPanel('.menu-item.manage', 'button.predefined'), ours: gone },
  'the people of a chat': {
    reach: async () => {
      const people = must((await panel()).shadowRoot!, 'parley-participants');
      must(people.shadowRoot!, '.invoker').click();
      return shown((await shown(people.shadowRoot!, 'parley-chat-people')).shadowRoot!, 'button');
    },
    ours: gone,
  },
  settings: { reach: dialog('settings-dialog'), ours: gone },
  'the history of a chat': { reach: dialog('history-dialog', { conversation: group }), ours: gone },
  'an editor of predefined messages': { reach: dialog('predefined-editor'), ours: gone },
  'a group of contacts': { reach: dialog('contact-group-dialog', { users: ['mark'], save: () => Promise.resolve('') }), ours: gone },
  'a conference': { reach: dialog('conference-wizard', { users: ['mark'], room: 'CT 2' }), ours: gone },
  'a new chat': {
    reach: async () => {
      await load('new-chat');
      const place = show(html`<parley-new-chat .client=${stage().client}></parley-new-chat>`);
      return shown(must(place, 'parley-new-chat').shadowRoot!, 'input');
    },
    ours: typed,
  },
  contacts: {
    reach: async () => {
      const { element } = await contacts({ contacts: { contacts: [{ user: 'mark', state: 'accepted' }] }, showOffline: true });
      return shown(element.shadowRoot!, 'input');
    },
    ours: typed,
  },
};

describe('keys, wherever the focus is', () => {
  let seen: string[] = [];
  const listen = (event: Event): number => seen.push(`${event.type} ${event instanceof KeyboardEvent ? event.key : ''}`);
  beforeEach(() => {
    seen = [];
    for (const place of [document, window]) for (const type of TYPES) place.addEventListener(type, listen);
  });
  afterEach(() => {
    for (const place of [document, window]) for (const type of TYPES) place.removeEventListener(type, listen);
    clear();
  });

  /** What is reached may be an element that gives the focus on. */
  const focused = (target: HTMLElement): boolean => {
    target.focus();
    const { shadowRoot: root } = target;
    return root === null ? deepActive() === target : root.activeElement !== null;
  };

  for (const [name, { reach, ours }] of Object.entries(SURFACES)) {
    it(`[pain 1] ${name}: no key is heard of by the page, and its own do what they should`, async () => {
      const anew = async (): Promise<HTMLElement> => {
        clear();
        const target = await reach();
        await until(() => focused(target), 'it has the focus');
        return target;
      };
      let target = await anew();
      for (const key of KEYS) {
        // Some keys close what they are pressed in, or lead elsewhere.
        if (!target.isConnected || !focused(target)) target = await anew();
        await sendKeys({ press: key });
        expect(seen, key).to.deep.equal([]);
      }
      if (ours === undefined) return;
      target = await anew();
      await sendKeys({ press: ours[0] });
      await until(() => ours[1](target), `${ours[0]} did what it should`);
      expect(seen).to.deep.equal([]);
    });
  }

  it('[pain 1] of every element that Parley defines: what bubbles out of its shadow root is no key', async () => {
    for (const place of Object.keys(PLACES)) await load(place as Place);
    const { StatusMenu } = await import('../../widgets/status-menu/status-menu.js');
    const kinds = [...new Set([...defined, StatusMenu])].filter((made) => made.prototype instanceof ParleyElement);
    expect(kinds.length).to.be.greaterThan(30);
    const leaking: string[] = [];
    for (const Kind of kinds) {
      const element = new Kind() as Base;
      element.client = standIn();
      show(html``).append(element);
      await element.updateComplete;
      // What stands there differs, and what is typed into it goes the same way.
      const inside = element.shadowRoot!.appendChild(document.createElement('button'));
      inside.dispatchEvent(new FocusEvent('focusin', { bubbles: true, composed: true }));
      for (const type of TYPES)
        inside.dispatchEvent(new KeyboardEvent(type, { key: 'r', code: 'KeyR', bubbles: true, composed: true, cancelable: true }));
      if (seen.length > 0) leaking.push(`${element.localName}: ${seen.splice(0).join()}`);
      element.remove();
    }
    expect(leaking).to.deep.equal([]);
  });
});
