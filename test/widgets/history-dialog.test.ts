import { sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';
import { type DirectoryHits, type HistoryRecipient, ParleyError } from '#sdk';
import { Composer } from '../../widgets/composer/composer.js';
import { admitted, typedAddress } from '../../widgets/history/recipients.js';
import { Localisation } from '../../widgets/internal/localisation.js';
import { accessible, clear, deep, html, must, part, settled, show, until } from './support/page.js';
import { type Stage, stage } from './support/panel-stage.js';
import { chat } from './support/stand-in.js';
import { define } from '../../widgets/internal/define.js';

define(Composer);

const HITS: DirectoryHits = {
  people: [
    { id: 'lena', name: 'Lena Fischer', title: 'Radiographer', email: 'lena@clinic.example' },
    { id: 'leo', name: 'Leo Braun' },
  ],
  groups: [{ id: 'g1', name: 'Leading team', kind: 'team', memberCount: 4 }],
  mailboxes: [{ id: 'm1', name: 'Lead desk', email: 'desk@clinic.example' }],
};

interface Shown {
  made: Stage;
  composer: Composer;
  root: ShadowRoot;
  sent: { conversation: string; to: readonly HistoryRecipient[]; form: unknown }[];
  dialog: () => HTMLElement;
  options: () => HTMLElement[];
  button: (words: string) => HTMLElement;
}

async function open(prepare: (made: Stage) => void = () => undefined, change: Parameters<typeof chat>[1] = {}): Promise<Shown> {
  const made = stage();
  const one = chat('c1', change);
  const sent: Shown['sent'] = [];
  made.setChats(one);
  made.session.directory.searchAll = async (text) =>
    text.toLowerCase().startsWith('le') ? HITS : { people: [], groups: [], mailboxes: [] };
  made.session.history.send = async (conversation, to, form) => void sent.push({ conversation, to, form });
  prepare(made);
  const place = show(html`<parley-composer .client=${made.client} .conversation=${one}></parley-composer>`);
  const composer = must<Composer>(place, 'parley-composer');
  await settled(composer);
  part(composer, '.history').focus();
  part(composer, '.history').click();
  await until(() => deep(place, 'dialog[open]') !== null, 'the dialog is open');
  const root = composer.shadowRoot as ShadowRoot;
  const dialog = (): HTMLElement => must(root, 'parley-history-dialog');
  return {
    made,
    composer,
    root,
    sent,
    dialog,
    options: () => [...(deep(root, 'parley-recipient-picker')?.shadowRoot?.querySelectorAll<HTMLElement>('[role="option"]') ?? [])],
    button: (words) =>
      [...(dialog().shadowRoot?.querySelectorAll<HTMLElement>('button') ?? [])].find((one) =>
        one.textContent?.includes(words),
      ) as HTMLElement,
  };
}

const focusField = (shown: Shown): void => part(must(shown.root, 'parley-recipient-picker'), 'input').focus();
const gone = (shown: Shown): Promise<void> => until(() => deep(shown.root, 'parley-history-dialog') === null, 'the dialog is gone');

describe('<parley-history-dialog>', () => {
  afterEach(clear);

  it('[B18] [B19] the arrow above the text asks to whom: people, groups and shared mailboxes are found, an address is typed', async () => {
    const shown = await open();
    focusField(shown);
    await sendKeys({ type: 'le' });
    await until(() => shown.options().length === 4, 'all kinds are found');
    expect(shown.options().map((option) => option.querySelector('.title')?.textContent)).to.deep.equal([
      'Lena Fischer, Person',
      'Leo Braun, Person',
      'Leading team, Group',
      'Lead desk, Shared mailbox',
    ]);
    expect(shown.options()[1]?.ariaDisabled, 'nobody without an address').to.equal('true');
    await accessible(shown.dialog());
    await sendKeys({ press: 'Enter' });
    await sendKeys({ type: 'lea' });
    await until(() => shown.options().length === 3, 'who is chosen is not found again');
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'Enter' });
    await sendKeys({ type: 'le' });
    await until(() => shown.options().length === 2, 'the mailbox is left');
    shown.options()[1]?.click();
    await sendKeys({ type: 'ward@clinic.example' });
    shown.button('Send').click();
    await gone(shown);
    expect(shown.sent).to.deep.equal([
      {
        conversation: 'c1',
        to: [{ user: 'lena' }, { group: 'g1' }, { mailbox: 'm1' }, { email: 'ward@clinic.example' }],
        form: { language: 'en-US', timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone },
      },
    ]);
    await until(() => shown.root.activeElement?.classList.contains('history') === true, 'the focus is back on the arrow');
  });

  it('[B19] a recipient is taken out by its x or by Backspace, and without one nothing is sent', async () => {
    const shown = await open();
    const chips = (): number => deep(shown.root, 'parley-recipient-picker')?.shadowRoot?.querySelectorAll('.chip').length ?? 0;
    shown.button('Send').click();
    focusField(shown);
    await sendKeys({ type: 'a@b.example' });
    await until(() => shown.options().length === 1, 'the address is offered');
    await sendKeys({ press: 'Enter' });
    await sendKeys({ type: 'c@d.example' });
    await until(() => shown.options().length === 1, 'the other, too');
    await sendKeys({ press: 'Enter' });
    expect(chips()).to.equal(2);
    must(shown.root, '[aria-label="Remove a@b.example"]').click();
    await until(() => chips() === 1, 'one is out');
    await sendKeys({ press: 'Backspace' });
    await until(() => chips() === 0, 'and the other');
    shown.button('Send').click();
    await sendKeys({ type: 'no address' });
    shown.button('Send').click();
    expect(shown.sent).to.deep.equal([]);
    await sendKeys({ press: 'Escape' });
    expect(deep(shown.root, 'dialog[open]') !== null, 'the first Escape empties the field').to.equal(true);
    await sendKeys({ press: 'Escape' });
    await gone(shown);
  });

  it('[B18] what the tenant or the server refuses is said in plain words, and stays to be changed', async () => {
    const shown = await open((made) => {
      const { value } = made.session.info$;
      made.session.info$.next({
        ...value,
        policies: { ...value.policies, export: { allowed: true, mail: true, domains: ['clinic.example'] } },
      });
      made.session.history.send = () => Promise.reject(new ParleyError('EXPORT_FORBIDDEN'));
    });
    const error = (): string => shown.dialog().shadowRoot?.querySelector('[role="alert"]')?.textContent ?? '';
    focusField(shown);
    await sendKeys({ type: 'me@private.example' });
    shown.button('Send').click();
    await until(() => error().includes('does not let this be sent there'), 'known before it is asked');
    must(shown.root, '[aria-label="Remove me@private.example"]').click();
    await until(() => error() === '', 'another try');
    await sendKeys({ type: 'desk@clinic.example' });
    shown.button('Send').click();
    await until(() => error().includes('does not let this be sent there'), 'the server has the last word');
    shown.made.session.history.send = () => Promise.reject(new ParleyError('OFFLINE'));
    shown.button('Send').click();
    await until(() => error().includes('There is no connection just now.'), 'why');
    expect(deep(shown.root, '.chip') !== null).to.equal(true);
  });

  it('[B18] [B20] it is saved as a text file, also where no mail can be sent and after the chat has ended', async () => {
    const asked: unknown[] = [];
    const shown = await open(
      (made) => {
        const { value } = made.session.info$;
        made.session.info$.next({ ...value, policies: { ...value.policies, export: { allowed: true, mail: false, domains: [] } } });
        made.session.history.text = async (...given) => {
          asked.push(given);
          return '14:05 Mark Lee: höher';
        };
      },
      { ended: true, title: 'Meier, Hans' },
    );
    expect(deep(shown.root, 'parley-recipient-picker') === null).to.equal(true);
    expect(shown.button('Send') === undefined).to.equal(true);
    let saved: { name: string; text: Promise<string> } | null = null;
    const { click } = HTMLAnchorElement.prototype;
    HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
      saved = { name: this.download, text: fetch(this.href).then((answer) => answer.text()) };
    };
    try {
      shown.button('Save as text file').click();
      await until(() => saved !== null, 'a file is given to the browser');
    } finally {
      HTMLAnchorElement.prototype.click = click;
    }
    const file = saved as unknown as { name: string; text: Promise<string> };
    expect(await file.text).to.equal('14:05 Mark Lee: höher');
    expect(file.name).to.match(/^Chat history \d{4}-\d\d-\d\d\.txt$/);
    expect((asked[0] as unknown[])[0]).to.equal('c1');
  });

  it('[B21] everybody in a chat has the arrow, and nobody where the tenant forbids it', async () => {
    for (const initiator of ['anna', 'mark']) {
      const shown = await open(undefined, { initiator, kind: 'group' });
      expect(shown.root.querySelector('.history') !== null).to.equal(true);
      const { value } = shown.made.session.info$;
      shown.made.session.info$.next({ ...value, policies: { ...value.policies, export: { allowed: false, mail: true, domains: [] } } });
      await settled(shown.composer);
      expect(shown.root.querySelector('.history') === null).to.equal(true);
      clear();
    }
  });

  it('[B19] only a whole address is one, and another domain than those allowed is none', () => {
    const localisation = new Localisation('en');
    for (const text of ['a', 'a@', 'a@b', '@b.example', 'a b@c.example', 'a@b.example,c@d.example', 'a@b.example\r\nBcc: x@y.example'])
      expect(typedAddress(text, localisation), text).to.deep.equal([]);
    const [one] = typedAddress(' A@Sub.Clinic.example ', localisation);
    expect(one?.to).to.deep.equal({ email: 'A@Sub.Clinic.example' });
    expect(one && admitted(one, [])).to.equal(true);
    expect(one && admitted(one, ['clinic.example'])).to.equal(false);
    expect(one && admitted(one, ['sub.CLINIC.example'])).to.equal(true);
  });
});
