import { sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';
import type { Member, SessionInfo } from '#sdk';
import { Composer } from '../../widgets/composer/composer.js';
import { accessible, clear, deep, html, must, part, settled, show, until } from './support/page.js';
import { mark, omar, type Stage, stage } from './support/panel-stage.js';
import { chat } from './support/stand-in.js';
import { define } from '../../widgets/internal/define.js';

define(Composer);

interface Shown {
  made: Stage;
  composer: Composer;
  root: ShadowRoot;
  text: () => string;
}

async function composer(change: Parameters<typeof chat>[1] = {}, prepare: (made: Stage) => void = () => undefined): Promise<Shown> {
  const made = stage();
  const one = chat('c1', change);
  made.setChats(one);
  prepare(made);
  const place = show(html`<parley-composer .client=${made.client} .conversation=${one}></parley-composer>`);
  const found = must<Composer>(place, 'parley-composer');
  await settled(found);
  await settled(found);
  const root = found.shadowRoot as ShadowRoot;
  return { made, composer: found, root, text: () => root.textContent?.replace(/\s+/g, ' ') ?? '' };
}

function policies(made: Stage, change: Partial<SessionInfo['policies']>): void {
  const { value } = made.session.info$;
  made.session.info$.next({ ...value, policies: { ...value.policies, ...change } });
}

const member = (user: string, held: boolean): Member => ({
  user,
  active: true,
  marks: { delivered: 0, read: 0 },
  ...(held ? { held } : {}),
});
const sends = (made: Stage): string[] => made.calls.filter((call) => call.startsWith('send '));

describe('<parley-composer>: what stands around the field', () => {
  afterEach(clear);

  it('[S4] shows the tenant’s reminder of how to write, as one that changes, and nothing without one', async () => {
    const shown = await composer();
    expect(shown.root.querySelector('.conduct') === null).to.equal(true);
    policies(shown.made, { notice: 'Messages are kept. Stay professional.' });
    await settled(shown.composer);
    expect(part(shown.composer, '.conduct').textContent).to.equal('Messages are kept. Stay professional.');
    await accessible(shown.composer);
  });

  it('[E10] [M10] Send sends for whoever started it and for whoever was asked alike', async () => {
    for (const initiator of ['anna', 'mark']) {
      const shown = await composer({ initiator });
      part<HTMLTextAreaElement>(shown.composer, 'textarea').focus();
      await sendKeys({ type: `from ${initiator}` });
      part(shown.composer, '[part="send-button"]').click();
      expect(sends(shown.made)).to.deep.equal([`send c1 from ${initiator}`]);
      clear();
    }
  });

  it('[S6] not to be disturbed: a prompt in place of the field, with the way back; the draft is kept', async () => {
    const shown = await composer();
    shown.made.session.drafts.update('c1', { text: 'half' });
    shown.made.session.own$.next({ availability: 'dnd', message: '' });
    await settled(shown.composer);
    expect(shown.root.querySelector('textarea') === null).to.equal(true);
    expect(shown.text()).to.include('Set yourself available to send and receive.');
    expect(shown.composer.send(), 'nothing goes out by another way').to.equal(false);
    await accessible(shown.composer);
    shown.composer.focus();
    expect(shown.root.activeElement?.textContent?.trim()).to.equal('Set me available');
    await sendKeys({ press: 'Enter' });
    await until(() => shown.root.querySelector('textarea')?.value === 'half', 'the field is back with its text');
    expect(shown.made.session.own$.value.availability).to.equal('available');
    await until(() => shown.root.activeElement?.localName === 'textarea', 'one can go on writing');
  });

  it('[S6] the other one is not to be disturbed, hold: a line says so, and sending goes on', async () => {
    const shown = await composer({}, (made) => made.members.next([member('anna', false), member(mark.id, true)]));
    expect(part(shown.composer, '.held').textContent).to.include(
      'Mark Lee does not want to be disturbed. What you write is held until then.',
    );
    shown.made.session.drafts.update('c1', { text: 'later then' });
    await settled(shown.composer);
    part(shown.composer, '[part="send-button"]').click();
    expect(sends(shown.made)).to.deep.equal(['send c1 later then']);
    shown.made.members.next([member('anna', false), member(mark.id, false)]);
    await settled(shown.composer);
    expect(shown.root.querySelector('.held') === null).to.equal(true);
  });

  it('[S6] block: in a chat of two nothing is sent and the text stays; in a group it waits for those', async () => {
    const shown = await composer({}, (made) => {
      policies(made, { dnd: 'block' });
      made.members.next([member('anna', false), member(mark.id, true)]);
    });
    expect(part(shown.composer, '.held').textContent).to.include('cannot be reached just now');
    shown.made.session.drafts.update('c1', { text: 'urgent' });
    await settled(shown.composer);
    const button = part(shown.composer, '[part="send-button"]');
    expect(button.ariaDisabled).to.equal('true');
    button.click();
    expect(shown.composer.send()).to.equal(false);
    expect(sends(shown.made)).to.deep.equal([]);
    expect(shown.made.session.drafts.get('c1').text).to.equal('urgent');
    clear();
    const group = await composer({ kind: 'group', members: ['anna', mark.id, omar.id] }, (made) => {
      policies(made, { dnd: 'block' });
      made.members.next([member('anna', false), member(mark.id, true), member(omar.id, true)]);
    });
    expect(part(group.composer, '.held').textContent).to.include('Mark Lee and Omar Haddad do not want to be disturbed.');
    group.made.session.drafts.update('c1', { text: 'for later' });
    expect(group.composer.send()).to.equal(true);
  });

  describe('predefined messages', () => {
    const texts = [
      { id: '018f0000-0000-7000-8000-000000000001', text: 'Please call back.' },
      { id: '018f0000-0000-7000-8000-000000000002', text: 'I am in a meeting.\nBack at 15:00.' },
    ];
    async function open(shown: Shown): Promise<HTMLElement> {
      part(must(shown.root, 'parley-composer-tools'), 'button.predefined').click();
      await until(() => deep(shown.root, '.predefined-menu:popover-open') !== null, 'the menu is open');
      return must(shown.root, 'parley-predefined-menu');
    }
    const items = (menu: HTMLElement): HTMLElement[] => [...(menu.shadowRoot?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
    const named = (menu: HTMLElement): string[] => items(menu).map((item) => item.textContent?.replace(/\s+/g, ' ').trim() ?? '');

    it('[M13] [M16] the tenant’s come first, then one’s own; one chosen is a draft after what is typed, and is not sent', async () => {
      const shown = await composer({}, (made) => {
        made.session.info$.next({ ...made.session.info$.value, predefined: texts.slice(0, 1) });
        made.session.settings$.next({ ...made.session.settings$.value, predefined: texts.slice(1) });
      });
      shown.made.session.drafts.update('c1', { text: 'Hello Mark,' });
      const menu = await open(shown);
      expect(named(menu)).to.deep.equal(['Please call back.', 'I am in a meeting. Back at 15:00.', 'My predefined messages …']);
      await accessible(shown.composer);
      await sendKeys({ press: 'ArrowDown' });
      await sendKeys({ press: 'p' });
      expect(menu.shadowRoot?.activeElement === items(menu)[0], 'by its first letter').to.equal(true);
      await sendKeys({ press: 'ArrowDown' });
      await sendKeys({ press: 'Enter' });
      const field = part<HTMLTextAreaElement>(shown.composer, 'textarea');
      await until(() => field.value === 'Hello Mark,\nI am in a meeting.\nBack at 15:00.', 'it is in the field');
      expect(shown.root.activeElement === field).to.equal(true);
      expect(sends(shown.made)).to.deep.equal([]);
    });

    it('[M11] [M14] in a call the caller stands before the text', async () => {
      const shown = await composer({}, (made) => {
        made.session.info$.next({ ...made.session.info$.value, predefined: texts.slice(0, 1) });
        made.client.host.setCall({ name: 'Lena Fischer', number: '1234' });
      });
      const menu = await open(shown);
      items(menu)[0]?.click();
      expect(shown.made.session.drafts.get('c1').text).to.equal('Lena Fischer, 1234\nPlease call back.');
    });

    it('[M13] one’s own are added, changed and removed in a dialog, and saved as a whole', async () => {
      const saved: unknown[] = [];
      const shown = await composer({}, (made) => {
        made.session.settings$.next({ ...made.session.settings$.value, predefined: texts });
        made.session.saveSettings = async (change) => void saved.push(change.predefined?.map(({ text }) => text));
      });
      const menu = await open(shown);
      items(menu).at(-1)?.click();
      await until(() => deep(shown.root, 'dialog[open]') !== null, 'the editor is open');
      const editor = must(shown.root, 'parley-predefined-editor');
      const root = editor.shadowRoot as ShadowRoot;
      const fields = (): HTMLTextAreaElement[] => [...root.querySelectorAll('textarea')];
      expect(fields().map(({ value }) => value)).to.deep.equal(texts.map(({ text }) => text));
      await accessible(editor);
      must(root, '[aria-label="Remove text 1"]').click();
      await settled(editor);
      must(root, '.add').click();
      await until(() => root.activeElement === fields()[1], 'the focus is in the new one');
      await sendKeys({ type: ' In theatre ' });
      [...root.querySelectorAll<HTMLElement>('.primary')].at(-1)?.click();
      await until(() => deep(shown.root, 'parley-predefined-editor') === null, 'it is closed');
      expect(saved).to.deep.equal([['I am in a meeting.\nBack at 15:00.', 'In theatre']]);
    });

    it('[M13] what could not be saved stays in the dialog, with the reason', async () => {
      const shown = await composer({}, (made) => {
        made.session.saveSettings = () => Promise.reject(new Error('gone'));
      });
      const menu = await open(shown);
      expect(menu.shadowRoot?.textContent).to.include('No predefined messages yet.');
      items(menu).at(-1)?.click();
      await until(() => deep(shown.root, 'dialog[open]') !== null, 'the editor is open');
      const editor = must(shown.root, 'parley-predefined-editor');
      await until(() => editor.shadowRoot?.activeElement?.localName === 'textarea', 'one can write at once');
      await sendKeys({ type: 'kept' });
      [...(editor.shadowRoot?.querySelectorAll<HTMLElement>('.primary') ?? [])].at(-1)?.click();
      await until(() => deep(shown.root, '[role="alert"]')?.textContent?.includes('could not be saved') === true, 'it says so');
      expect(part<HTMLTextAreaElement>(editor, 'textarea').value).to.equal('kept');
    });
  });
});
