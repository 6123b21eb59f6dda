import { expect } from 'chai';
import { sendKeys } from '@web/test-runner-commands';
import '#widgets';
import '../../widgets/inside.js';
import { define } from '../../widgets/internal/define.js';
import { StatusMenu } from '../../widgets/status-menu/status-menu.js';
import { chord, clear, deep, html, part, settled, show, until } from './support/page.js';
import { standIn } from './support/stand-in.js';

define(StatusMenu);

type Seen = { type: string; key: string }[];

describe('keys typed inside', () => {
  let seen: Seen;
  const listener = (event: KeyboardEvent): void => {
    seen.push({ type: event.type, key: event.key });
  };
  const keysSeen = (): string[] => seen.filter(({ type }) => type === 'keydown').map(({ key }) => key);

  beforeEach(() => {
    seen = [];
    for (const type of ['keydown', 'keypress', 'keyup'] as const) document.addEventListener(type, listener);
  });
  afterEach(() => {
    for (const type of ['keydown', 'keypress', 'keyup'] as const) document.removeEventListener(type, listener);
    clear();
  });

  async function menu(hotkeys = 'isolate'): Promise<{ element: HTMLElement; field: HTMLInputElement; button: HTMLButtonElement }> {
    const stage = show(html`<parley-status-menu .client=${standIn()} hotkeys=${hotkeys}></parley-status-menu>`);
    const element = stage.querySelector('parley-status-menu')!;
    await settled(element);
    const button = part<HTMLButtonElement>(element, '.own');
    button.click();
    await until(() => deep(element.shadowRoot!, '.menu:popover-open') !== null, 'its menu is loaded and open');
    return { element, button, field: part<HTMLInputElement>(element, 'input') };
  }

  it('[pain 1] letters in a text field reach no listener of the host, and the field has them', async () => {
    const { field } = await menu();
    field.focus();
    await sendKeys({ type: 'rw1' });
    expect(field.value).to.equal('rw1');
    expect(seen).to.deep.equal([]);
  });

  it('[pain 1] a key on a focused button does not fire a shortcut of the host', async () => {
    const { button } = await menu();
    button.focus();
    await sendKeys({ press: 'r' });
    expect(seen).to.deep.equal([]);
  });

  it('[pain 1] shortcuts with Ctrl and Alt pass, and function keys; what edits text stays', async () => {
    const { field } = await menu();
    field.focus();
    await chord('Control', 'k');
    await chord('Alt', 'k');
    await sendKeys({ press: 'F9' });
    expect(keysSeen().filter((key) => key.length === 1 || key === 'F9')).to.deep.equal(['k', 'k', 'F9']);
    seen = [];
    await chord('Control', 'z');
    await chord('Control', 'a');
    expect(keysSeen().filter((key) => key.length === 1)).to.deep.equal([]);
  });

  it('[pain 1] AltGr types: it is Ctrl+Alt on some systems and stays inside', async () => {
    const { field } = await menu();
    const typed = new KeyboardEvent('keydown', {
      key: '@',
      code: 'KeyQ',
      ctrlKey: true,
      altKey: true,
      modifierAltGraph: true,
      bubbles: true,
      composed: true,
    });
    field.dispatchEvent(typed);
    expect(seen).to.deep.equal([]);
  });

  it('the host sees the release of a key that it saw pressed, although the focus came in meanwhile', async () => {
    const { field } = await menu();
    (document.activeElement as HTMLElement | null)?.blur();
    await sendKeys({ down: 'c' });
    field.focus();
    await sendKeys({ up: 'c' });
    expect(seen.filter(({ type }) => type !== 'keypress')).to.deep.equal([
      { type: 'keydown', key: 'c' },
      { type: 'keyup', key: 'c' },
    ]);
  });

  it('[pain 1] a key that opens or closes the panel is never heard of, however the focus moves before its release', async () => {
    const stage = show(html`
      <parley-session .client=${standIn()}></parley-session>
      <button>Host</button>
      <parley-launcher></parley-launcher>
      <parley-chat-panel></parley-chat-panel>
    `);
    const [host, launcher, panel] = [
      stage.querySelector('button')!,
      stage.querySelector('parley-launcher')!,
      stage.querySelector('parley-chat-panel')!,
    ];
    const captured: string[] = [];
    const capture = (event: KeyboardEvent): number => captured.push(`${event.type} ${event.key}`);
    for (const type of ['keydown', 'keyup'] as const) document.addEventListener(type, capture, true);
    try {
      await settled(launcher);
      for (const back of [part(launcher, 'button'), host]) {
        part(launcher, 'button').focus();
        await sendKeys({ down: 'Enter' });
        await until(() => document.activeElement === panel, 'the focus is inside');
        await sendKeys({ up: 'Enter' });
        if (back === host) {
          panel.hide();
          host.focus();
          panel.show();
          await until(() => document.activeElement === panel, 'the focus is inside again');
        }
        await sendKeys({ down: 'Escape' });
        await until(() => !panel.open, 'it is closed');
        await sendKeys({ up: 'Escape' });
      }
      expect(document.activeElement === host).to.equal(true);
      expect(seen).to.deep.equal([]);
      expect(captured.slice(0, 4), 'who captures sees both').to.deep.equal([
        'keydown Enter',
        'keyup Enter',
        'keydown Escape',
        'keyup Escape',
      ]);
      await sendKeys({ press: 'Escape' });
      expect(
        seen.map(({ type }) => type),
        'its own keys are its own again',
      ).to.deep.equal(['keydown', 'keyup']);
    } finally {
      for (const type of ['keydown', 'keyup'] as const) document.removeEventListener(type, capture, true);
    }
  });

  it('hotkeys="pass" lets everything through, hotkeys="all" nothing', async () => {
    const passing = await menu('pass');
    passing.field.focus();
    await sendKeys({ press: 'r' });
    expect(keysSeen()).to.deep.equal(['r']);
    clear();
    seen = [];
    const closed = await menu('all');
    closed.field.focus();
    await chord('Control', 'k');
    expect(seen).to.deep.equal([]);
  });

  it('tells hosts that listen while capturing when the focus comes and goes, once each', async () => {
    const told: string[] = [];
    const tell = (event: Event): number => told.push(event.type);
    document.addEventListener('parley-focus-enter', tell);
    document.addEventListener('parley-focus-leave', tell);
    const { button, field } = await menu();
    (document.activeElement as HTMLElement | null)?.blur();
    told.length = 0;
    button.focus();
    field.focus();
    field.blur();
    document.removeEventListener('parley-focus-enter', tell);
    document.removeEventListener('parley-focus-leave', tell);
    expect(told).to.deep.equal(['parley-focus-enter', 'parley-focus-leave']);
  });

  it('[pain 2] opening the page takes no key from it', async () => {
    await menu();
    (document.activeElement as HTMLElement | null)?.blur();
    await sendKeys({ press: 'c' });
    expect(keysSeen()).to.deep.equal(['c']);
  });
});
