import { emulateMedia, executeServerCommand, sendKeys, setViewport } from '@web/test-runner-commands';
import { expect } from 'chai';
import '#widgets';
import '../../widgets/inside.js';
import type { ChatPanel } from '../../widgets/chat-panel/chat-panel.js';
import { DialogElement } from '../../widgets/internal/dialog-element.js';
import { load, openDialog, type Place, PLACES } from '../../widgets/panel/places.js';
import { deepActive, isWithin } from './support/focus-path.js';
import { clear, deep, html, must, settled, show, until } from './support/page.js';
import { NOON, type Stage, stage } from './support/panel-stage.js';
import { clean, cutOff, showsFocus, tooWide } from './support/sweep.js';
import { chat } from './support/stand-in.js';

const LONG = 'Radiology-emergency-department-on-call-coordination-2026';

/** Each dialog with what it is opened with. */
const DIALOGS: { [P in Place]?: Partial<HTMLElementTagNameMap[`parley-${P}`]> } = {
  'settings-dialog': {},
  'history-dialog': { conversation: chat('g', { kind: 'group', title: LONG }) },
  'predefined-editor': {},
  'contact-group-dialog': { users: ['mark', 'lena'], save: () => Promise.resolve('') },
  'conference-wizard': { users: ['mark', 'lena'], room: LONG },
};

interface Shown {
  made: Stage;
  panel: ChatPanel;
  place: HTMLElement;
}

async function open(locale = 'en', theme = 'light'): Promise<Shown> {
  const made = stage();
  made.setChats(chat('g', { kind: 'group', title: LONG, members: ['anna', 'mark', 'lena'], memberCount: 3 }));
  made.session.presenceOf('mark').next({ availability: 'busy', message: LONG, since: NOON });
  made.session.settings$.next({
    ...made.session.settings$.value,
    predefined: [{ id: '018f4e9c-5a1b-7c3d-8e4f-0123456789ab', text: LONG }],
  });
  const place = show(html`
    <parley-session locale=${locale} .client=${made.client}></parley-session>
    <button id="before">before</button>
    <parley-chat-panel theme=${theme} open></parley-chat-panel>
    <button id="after">after</button>
  `);
  const panel = must<ChatPanel>(place, 'parley-chat-panel');
  await settled(panel);
  await until(() => deep(panel.shadowRoot!, 'parley-chat-list') !== null, 'the inside is there');
  const session = must<HTMLElementTagNameMap['parley-session']>(place, 'parley-session');
  await until(() => session.localisation.text('close') !== 'Close' || locale === 'en', 'the words have come');
  return { made, panel, place };
}

/** Opens it as the panel does and resolves when it is shown; `closed` when it is over. */
async function ask(from: ChatPanel, place: Place): Promise<{ dialog: HTMLElement; frame: HTMLDialogElement; closed: Promise<void> }> {
  const closed = openDialog(from, place, DIALOGS[place] as object);
  await until(() => deep(from.shadowRoot!, `parley-${place}`)?.shadowRoot?.querySelector('dialog')?.open === true, `${place} is open`);
  const dialog = must(from.shadowRoot!, `parley-${place}`);
  await settled(dialog);
  return { dialog, frame: must<HTMLDialogElement>(dialog.shadowRoot!, 'dialog'), closed };
}

async function forcedColors(value: 'active' | 'none'): Promise<void> {
  await executeServerCommand('forced-colors', value);
}

const LOOKS = {
  light: ['en', 'light'],
  dark: ['en', 'dark'],
  German: ['de', 'light'],
  French: ['fr', 'light'],
  Arabic: ['ar', 'dark'],
} as const;

describe('every dialog', () => {
  const places = Object.keys(DIALOGS) as Place[];

  before(async () => setViewport({ width: 320, height: 640 }));
  after(async () => setViewport({ width: 800, height: 600 }));
  afterEach(async () => {
    clear();
    await forcedColors('none');
    await emulateMedia({ reducedMotion: 'no-preference' });
  });

  it('[pain 14] is swept here', async () => {
    const all = Object.keys(PLACES) as Place[];
    await Promise.all(all.map(load));
    const dialogs = all.filter((place) => customElements.get(`parley-${place}`)?.prototype instanceof DialogElement);
    expect(dialogs.sort()).to.deep.equal([...places].sort());
  });

  for (const place of places) {
    for (const [look, [locale, theme]] of Object.entries(LOOKS)) {
      it(`[pain 14] ${place}, ${look}, 320 px: no violation, nothing hangs out or is cut off`, async () => {
        const { panel } = await open(locale, theme);
        const { dialog, frame } = await ask(panel, place);
        expect(frame.matches(':dir(rtl)')).to.equal(locale === 'ar');
        await clean(dialog, place);
        expect(tooWide(dialog.shadowRoot!)).to.deep.equal([]);
        expect(cutOff(dialog.shadowRoot!)).to.deep.equal([]);
      });
    }

    it(`[pain 14] ${place}, forced colours: no violation`, async () => {
      await forcedColors('active');
      const { panel } = await open();
      await clean((await ask(panel, place)).dialog, place);
    });

    it(`[pain 14] ${place}, by keyboard: the focus goes in, stays in and is seen; Escape closes it alone and gives the focus back`, async () => {
      const { panel, place: page } = await open();
      // From a button of the panel, as a person does.
      const invoker = must<HTMLElement>(panel.shadowRoot!, 'header button, .header button, button');
      invoker.focus();
      const { dialog, closed } = await ask(panel, place);
      await until(() => isWithin(deepActive(), dialog), 'the focus is in it');
      const stops = new Set<Element>();
      for (let at = 0; at < 40; at++) {
        await sendKeys({ press: 'Tab' });
        const now = deepActive();
        // Between the last and the first the browser has the focus itself.
        if (now === null || now === document.body) continue;
        expect(isWithin(now, dialog), `Tab stays inside, and not in ${now.localName}.${now.className}`).to.equal(true);
        expect(showsFocus(now), `${now.localName}.${now.className} shows that it has the focus`).to.equal(true);
        if (stops.has(now)) break;
        stops.add(now);
      }
      expect(stops.size).to.be.greaterThan(1);
      expect(
        [...stops].some((stop) => stop.matches('.dialog-close')),
        'the way out is reached',
      ).to.equal(true);
      await sendKeys({ press: 'Escape' });
      await closed;
      expect(panel.open, 'the panel behind stays').to.equal(true);
      expect(deep(panel.shadowRoot!, `parley-${place}`)).to.equal(null);
      await until(() => deepActive() === invoker, 'the focus is back');
      expect(page.isConnected).to.equal(true);
    });

    it(`[pain 14] ${place} ends with the user's session`, async () => {
      const { panel, made } = await open();
      const { closed } = await ask(panel, place);
      made.client.session$.next(null);
      await closed;
      expect(deep(panel.shadowRoot!, `parley-${place}`)).to.equal(null);
    });
  }
});
