import { expect } from 'chai';
import '#widgets';
import '../../widgets/inside.js';
import type { ChatPanel } from '../../widgets/chat-panel/chat-panel.js';
import type { SessionElement } from '../../widgets/session/session.js';
import { clear, html, must, part, settled, show, soon, until } from './support/page.js';
import { standIn } from './support/stand-in.js';

const { documentElement: page } = document;

describe('the language of a page that changes it', () => {
  let session: SessionElement;
  let panel: ChatPanel;
  let place: HTMLElement;
  beforeEach(async () => {
    page.lang = 'en';
    place = show(html`
      <section>
        <parley-session .client=${standIn()}></parley-session>
        <parley-chat-panel open></parley-chat-panel>
      </section>
    `);
    session = must(place, 'parley-session');
    panel = must(place, 'parley-chat-panel');
    await until(() => label() === 'Settings', 'it speaks English');
  });
  afterEach(() => {
    clear();
    for (const name of ['lang', 'dir']) page.removeAttribute(name);
  });

  const label = (): string | null | undefined => panel.shadowRoot?.querySelector('[part~="settings-button"]')?.getAttribute('aria-label');

  it('[pain 14] is spoken at once, in its direction, and back; at the root and nearer', async () => {
    page.lang = 'de';
    await until(() => label() === 'Einstellungen', 'it speaks German');
    must(place, 'section').lang = 'ar';
    await until(() => panel.dir === 'rtl', 'it is written from right to left');
    page.dir = 'ltr';
    await until(() => !panel.hasAttribute('dir'), 'the page has said another direction');
    page.removeAttribute('dir');
    await until(() => panel.dir === 'rtl', 'the page says none');
    must(place, 'section').removeAttribute('lang');
    await until(() => label() === 'Einstellungen' && !panel.hasAttribute('dir'), 'it speaks German again');
  });

  it('[pain 14] is noticed when somebody signs in, although nobody looked before', async () => {
    clear();
    const client = standIn();
    const { session: signedIn } = client;
    client.session$.next(null);
    const { lastElementChild: later } = show(html`<parley-session .client=${client}></parley-session>`);
    const { localisation: before } = later as SessionElement;
    expect(before.locale).to.equal('en');
    page.lang = 'de';
    client.session$.next(signedIn);
    await until(() => (later as SessionElement).localisation.locale === 'de', 'it speaks German');
  });

  it('[pain 14] is not spoken where the session says another, and nobody looks any more when it is gone', async () => {
    session.locale = 'fr';
    await until(() => label() === 'Paramètres', 'it speaks French');
    page.lang = 'de';
    await settled(session, panel);
    expect(part(panel, '[part~="settings-button"]').getAttribute('aria-label')).to.equal('Paramètres');
    session.remove();
    await soon();
    let asked = 0;
    session.requestUpdate = () => void asked++;
    page.lang = 'es';
    await soon();
    expect(asked).to.equal(0);
  });
});
