import { sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';
import { LIMITS, ParleyError } from '#sdk';
import { Composer } from '../../widgets/composer/composer.js';
import { accessible, clear, html, must, part, settled, show, until } from './support/page.js';
import { type Stage, stage } from './support/panel-stage.js';
import { chat } from './support/stand-in.js';
import { define } from '../../widgets/internal/define.js';

define(Composer);

interface Shown {
  made: Stage;
  composer: Composer;
  field: HTMLTextAreaElement;
  draft: () => { text: string; links: readonly unknown[] };
}

async function composer(change: Parameters<typeof chat>[1] = {}): Promise<Shown> {
  const made = stage();
  const one = chat('c1', change);
  made.setChats(one);
  const place = show(html`<form><parley-composer .client=${made.client} .conversation=${one}></parley-composer></form>`);
  const found = must<Composer>(place, 'parley-composer');
  await settled(found);
  await settled(found);
  return {
    made,
    composer: found,
    field: found.shadowRoot?.querySelector('textarea') as HTMLTextAreaElement,
    draft: () => made.session.drafts.get('c1'),
  };
}

async function write(shown: Shown, text: string): Promise<void> {
  shown.field.value = text;
  shown.field.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  await settled(shown.composer);
}

const sends = (made: Stage): string[] => made.calls.filter((call) => call.startsWith('send '));

describe('<parley-composer>', () => {
  afterEach(clear);

  it('[B7] [B8] Enter sends, Shift+Enter breaks the line, and the focus stays', async () => {
    const shown = await composer();
    let submitted = 0;
    shown.composer.closest('form')?.addEventListener('submit', () => submitted++);
    shown.composer.focus();
    await sendKeys({ type: 'first' });
    await sendKeys({ down: 'Shift' });
    await sendKeys({ press: 'Enter' });
    await sendKeys({ up: 'Shift' });
    await sendKeys({ type: 'second' });
    expect(shown.draft().text).to.equal('first\nsecond');
    await sendKeys({ press: 'Enter' });
    expect(sends(shown.made)).to.deep.equal(['send c1 first\nsecond']);
    await until(() => shown.field.value === '', 'the field is empty');
    expect(shown.composer.shadowRoot?.activeElement === shown.field).to.equal(true);
    expect(submitted).to.equal(0);
  });

  it('does not send while a word is being composed', async () => {
    const shown = await composer();
    await write(shown, 'にほん');
    shown.field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true }));
    shown.field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true, cancelable: true }));
    expect(sends(shown.made)).to.deep.equal([]);
  });

  it('[M12] has Cancel only when there is something to clear, and it clears text and links', async () => {
    const shown = await composer();
    const cancel = (): HTMLButtonElement | undefined =>
      [...(shown.composer.shadowRoot?.querySelectorAll('button') ?? [])].find((button) => button.textContent?.trim() === 'Cancel');
    expect(cancel() === undefined).to.equal(true);
    await write(shown, 'never mind');
    shown.made.session.drafts.update('c1', { links: [{ kind: 'study', id: '1' }] });
    await settled(shown.composer);
    cancel()?.click();
    expect(shown.draft()).to.deep.equal({ text: '', links: [] });
    expect(sends(shown.made)).to.deep.equal([]);
  });

  it('[S17] [S19] [S20] the link goes into the message and not out; Enter sends both; what the host opens meanwhile changes nothing', async () => {
    const shown = await composer();
    shown.made.client.current$.next({ link: { kind: 'study', id: 'A' }, kind: {} });
    const linker = must(shown.composer.shadowRoot ?? shown.composer, 'parley-link-current-item');
    await until(() => linker.shadowRoot?.querySelector('button')?.getAttribute('aria-disabled') === null, 'there is something to link');
    part(linker, 'button').focus();
    part(linker, 'button').click();
    shown.made.client.current$.next({ link: { kind: 'study', id: 'B' }, kind: {} });
    await until(() => shown.composer.shadowRoot?.querySelector('parley-link-card') !== null, 'the card is in the composer');
    expect(sends(shown.made)).to.deep.equal([]);
    await sendKeys({ type: 'please look' });
    await sendKeys({ press: 'Enter' });
    expect(sends(shown.made)).to.deep.equal(['send c1 please look [study A]']);
  });

  it('[S20] a link can be taken out again before it is sent', async () => {
    const shown = await composer();
    shown.made.session.drafts.update('c1', { text: 'text', links: [{ kind: 'study', id: 'A' }] });
    await until(() => shown.composer.shadowRoot?.querySelector('parley-link-card') !== null, 'the card is there');
    await customElements.whenDefined('parley-link-card');
    const card = must(shown.composer.shadowRoot ?? shown.composer, 'parley-link-card');
    await settled(card);
    part(card, '.icon-button').click();
    await settled(shown.composer);
    expect(shown.draft()).to.deep.equal({ text: 'text', links: [] });
  });

  it('keeps the text of each chat', async () => {
    const shown = await composer();
    await write(shown, 'for the first');
    shown.composer.conversation = chat('c2');
    await until(() => shown.field.value === '', 'the other is empty');
    shown.composer.conversation = chat('c1');
    await until(() => shown.field.value === 'for the first', 'the text is back');
  });

  it('keeps what was refused, and says why', async () => {
    const shown = await composer();
    await write(shown, '\u200B\u200B');
    shown.made.refuse = new ParleyError('INVALID');
    expect(shown.composer.send()).to.equal(false);
    await settled(shown.composer);
    expect(must(shown.composer.shadowRoot ?? shown.composer, '.note').textContent).to.include('nothing to see');
    expect(shown.draft().text).to.equal('\u200B\u200B');
  });

  it('counts near the limit and does not send past it; emoji count as one', async () => {
    const shown = await composer();
    await write(shown, '\u{1F600}'.repeat(LIMITS.messageLength - 10));
    expect(must(shown.composer.shadowRoot ?? shown.composer, '.note').textContent).to.include('10 characters left');
    await write(shown, 'x'.repeat(LIMITS.messageLength + 1));
    expect(must(shown.composer.shadowRoot ?? shown.composer, '.note').textContent).to.include('1 character too many');
    expect(shown.composer.send()).to.equal(false);
    expect(sends(shown.made)).to.deep.equal([]);
  });

  it('grows to six lines and no further', async () => {
    const shown = await composer();
    const one = shown.field.offsetHeight;
    await write(shown, 'a\nb\nc');
    expect(shown.field.offsetHeight).to.be.greaterThan(one + 30);
    await write(shown, 'a\n'.repeat(30));
    expect(shown.field.offsetHeight).to.be.lessThan(one + 20 * 6);
  });

  it('lets the host keep a message back', async () => {
    const shown = await composer();
    await write(shown, 'wait');
    shown.composer.addEventListener('parley-message-send', (event) => event.preventDefault());
    expect(shown.composer.send()).to.equal(false);
    expect(sends(shown.made)).to.deep.equal([]);
    expect(shown.draft().text).to.equal('wait');
  });

  it('says that a chat has ended instead of taking text, and axe finds nothing', async () => {
    const open = await composer();
    await accessible(open.composer);
    clear();
    const shown = await composer({ ended: true });
    expect(shown.composer.shadowRoot?.querySelector('textarea') === null).to.equal(true);
    expect(shown.composer.shadowRoot?.textContent).to.include('has ended');
  });
});
