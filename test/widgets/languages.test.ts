import { expect } from 'chai';
import '#widgets';
import { localisationOf } from '../../widgets/internal/localisation.js';
import { deep, html, settled, show, clear, soon, until } from './support/page.js';
import { type StandIn, standIn } from './support/stand-in.js';

const UNREAD = {
  en: 'Chat, 3 unread messages',
  de: 'Chat, 3 ungelesene Nachrichten',
  fr: 'Chat, 3 messages non lus',
  es: 'Chat, 3 mensajes sin leer',
  ar: 'الدردشة, 3 رسائل غير مقروءة',
} as const;

describe('languages', () => {
  let client: StandIn;

  beforeEach(() => {
    client = standIn();
    client.session!.unread$.next(3);
  });
  afterEach(() => {
    clear();
    document.documentElement.removeAttribute('dir');
  });

  const label = (stage: HTMLElement): string | null =>
    deep(stage.querySelector('parley-launcher')!.shadowRoot!, 'button')?.getAttribute('aria-label') ?? null;

  for (const [locale, words] of Object.entries(UNREAD)) {
    it(`${locale}: English until its words have come, then those, without a word of the page`, async () => {
      const stage = show(
        html`<parley-session locale=${locale} .client=${client}></parley-session><parley-launcher .client=${client}></parley-launcher>`,
      );
      await until(() => label(stage)?.replace('٣', '3') === words, `the launcher says ${words}`);
    });
  }

  it('a region takes the words of its language', async () => {
    const stage = show(
      html`<parley-session locale="de-AT" .client=${client}></parley-session><parley-launcher .client=${client}></parley-launcher>`,
    );
    await until(() => label(stage) === UNREAD.de, 'it is German');
  });

  it('another locale takes the place of the one before, and of two that are loaded the last one asked for stays', async () => {
    const stage = show(html`<parley-session locale="fr" .client=${client}></parley-session><parley-launcher></parley-launcher>`);
    const session = stage.querySelector('parley-session')!;
    await settled(session);
    session.locale = 'es';
    await settled(session);
    await until(() => label(stage) === UNREAD.es, 'it is Spanish');
    session.locale = 'fr';
    await until(() => label(stage) === UNREAD.fr, 'it is French');
    session.locale = 'pl';
    await until(() => label(stage) === UNREAD.en, 'what Parley does not speak is said in English');
  });

  it('the words of the host come before those of Parley', async () => {
    const messages = { unreadMessages: { one: '{count} Neues', other: '{count} Neue' } };
    const stage = show(
      html`<parley-session locale="de" .messages=${messages} .client=${client}></parley-session><parley-launcher></parley-launcher>`,
    );
    const session = stage.querySelector('parley-session')!;
    await until(() => label(stage) === 'Chat, 3 Neue', 'the words of the host');
    await until(() => session.localisation.text('away') === 'Abwesend', 'the others are German');
  });

  it('a language that Parley does not bring is spoken from the table of the host, from right to left where it is written so', async () => {
    const messages = { unreadMessages: { one: 'הודעה אחת', two: 'שתי הודעות', other: '{count} הודעות' }, chat: 'שיחה', away: 'לא נמצא' };
    client.session!.unread$.next(2);
    const stage = show(
      html`<parley-session locale="he" .messages=${messages} .client=${client}></parley-session><parley-launcher></parley-launcher>`,
    );
    const launcher = stage.querySelector('parley-launcher')!;
    await until(() => label(stage)?.includes('שתי הודעות') === true, 'its own form for two');
    expect(launcher.matches(':dir(rtl)')).to.equal(true);
    const { localisation } = stage.querySelector('parley-session')!;
    expect(localisation.text('away')).to.equal('לא נמצא');
    expect(localisation.text('busy'), 'what the table does not have is English').to.equal('Busy');
    client.session!.unread$.next(5);
    await until(() => label(stage)?.includes('5 הודעות') === true, 'and for five');
  });

  it('Arabic has six forms for numbers, and each is said', async () => {
    await until(() => localisationOf('ar').text('away') !== 'Away', 'Arabic is there');
    const arabic = localisationOf('ar');
    expect([0, 1, 2, 3, 10, 11, 99, 100, 102, 103, 111].map((count) => arabic.text('unreadMessages', { count }))).to.deep.equal([
      'لا رسائل غير مقروءة',
      'رسالة واحدة غير مقروءة',
      'رسالتان لم تُقرآ',
      `${arabic.number(3)} رسائل غير مقروءة`,
      `${arabic.number(10)} رسائل غير مقروءة`,
      `${arabic.number(11)} رسالة غير مقروءة`,
      `${arabic.number(99)} رسالة غير مقروءة`,
      `${arabic.number(100)} رسالة غير مقروءة`,
      `${arabic.number(102)} رسالة غير مقروءة`,
      `${arabic.number(103)} رسائل غير مقروءة`,
      `${arabic.number(111)} رسالة غير مقروءة`,
    ]);
  });

  it('without a session element the language of the page holds, through shadow roots, and reaches the elements inside', async () => {
    const place = show(html`<div lang="es"><div id="app"></div></div>`)
      .querySelector('#app')!
      .attachShadow({ mode: 'open' });
    const launcher = document.createElement('parley-launcher');
    const panel = document.createElement('parley-chat-panel');
    launcher.client = client;
    panel.client = client;
    panel.open = true;
    place.append(launcher, panel);
    await until(
      () => deep(launcher.shadowRoot ?? launcher, 'button')?.getAttribute('aria-label') === UNREAD.es,
      'the launcher speaks Spanish',
    );
    await until(() => deep(panel.shadowRoot!, 'parley-chat-list') !== null, 'the panel has its inside');
    await until(
      () => deep(panel.shadowRoot!, 'parley-chat-list')?.shadowRoot?.querySelector('input')?.placeholder === 'Buscar personas y chats',
      'the list inside, too',
    );
  });

  it('a thousand badges without a session share what says the words, and it is made anew once when these have come', async () => {
    await until(() => localisationOf('de').text('away') === 'Abwesend', 'German is there');
    const german = localisationOf('de');
    expect(german.outdated).to.equal(false);
    expect(localisationOf('de')).to.equal(german);
    let told = false;
    german.whenOutdated(() => (told = true));
    await soon();
    expect(told, 'there is nothing to wait for').to.equal(false);
  });

  it('[attack 57] names keep their marks beside them where the language runs the other way', async () => {
    await until(() => localisationOf('ar').text('away') !== 'Away', 'Arabic is there');
    expect(localisationOf('ar').text('youSaid', { text: 'Sure, later.' })).to.equal('أنت: \u2068Sure, later.\u2069');
    expect(localisationOf('ar').text('saidBy', { name: 'Mark', text: 'yes' }), 'without a word of it the name decides').to.equal(
      'Mark: yes',
    );
    expect(localisationOf('de').text('youSaid', { text: 'x' })).to.equal('Sie: x');
  });

  describe('right to left', () => {
    const place = async (): Promise<HTMLElement> => {
      const stage = show(
        html`<parley-session locale="ar-EG" .client=${client}></parley-session><parley-launcher></parley-launcher
          ><parley-chat-panel open></parley-chat-panel>`,
      );
      await settled(stage.querySelector('parley-launcher')!, stage.querySelector('parley-chat-panel')!);
      return stage;
    };

    it('[S12] is taken from the language where the page says nothing, and goes with it', async () => {
      const stage = await place();
      const [launcher, panel] = [stage.querySelector('parley-launcher')!, stage.querySelector('parley-chat-panel')!];
      expect([launcher.matches(':dir(rtl)'), panel.matches(':dir(rtl)')]).to.deep.equal([true, true]);
      expect(panel.getBoundingClientRect().left, 'docked at the end of its lines').to.equal(0);
      await until(() => deep(panel.shadowRoot!, 'parley-chat-list') !== null, 'the panel has its inside');
      const inner = deep(panel.shadowRoot!, 'parley-chat-list')!;
      expect(inner.hasAttribute('dir'), 'inner elements inherit it').to.equal(false);
      expect(inner.matches(':dir(rtl)')).to.equal(true);
      const session = stage.querySelector('parley-session')!;
      session.locale = 'de';
      await until(() => !launcher.hasAttribute('dir') && !panel.hasAttribute('dir'), 'German runs from left to right');
    });

    it('is as the page says where it says something', async () => {
      document.documentElement.dir = 'ltr';
      const stage = await place();
      expect(stage.querySelector('parley-chat-panel')!.matches(':dir(rtl)')).to.equal(false);
    });

    it('an attribute of the host on the element itself stays', async () => {
      const stage = show(
        html`<parley-session locale="ar" .client=${client}></parley-session><parley-launcher dir="ltr"></parley-launcher>`,
      );
      const launcher = stage.querySelector('parley-launcher')!;
      await settled(launcher);
      expect(launcher.dir).to.equal('ltr');
      stage.querySelector('parley-session')!.locale = 'en';
      await settled(stage.querySelector('parley-session')!, launcher);
      expect(launcher.dir).to.equal('ltr');
    });
  });
});
