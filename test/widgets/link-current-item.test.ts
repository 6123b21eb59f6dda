import { expect } from 'chai';
import { createParley, LIMITS } from '#sdk';
import '#widgets';
import type { LinkCurrentItem } from '../../widgets/link-current-item/link-current-item.js';
import { accessible, clear, html, part, settled, show, until } from './support/page.js';
import { chat, type StandIn, standIn } from './support/stand-in.js';

const study = { kind: 'study', id: '1.2.840.1' };

describe('<parley-link-current-item>', () => {
  let client: StandIn;
  let element: LinkCurrentItem;

  beforeEach(async () => {
    client = standIn();
    client.host.register('study', { noun: 'examination' });
    client.session!.list$.next([chat('c-ended', { ended: true }), chat('c1'), chat('c2')]);
    const stage = show(html`
      <parley-session .client=${client}></parley-session>
      <parley-link-current-item></parley-link-current-item>
      <parley-chat-panel></parley-chat-panel>
    `);
    element = stage.querySelector('parley-link-current-item')!;
    await settled(element);
  });
  afterEach(clear);

  const button = () => part<HTMLButtonElement>(element, 'button');
  const current = async (link: typeof study | null): Promise<void> => {
    client.current$.next(link === null ? null : { link, kind: {} });
    await settled(element);
  };
  const drafts = (id: string) => client.session!.drafts.get(id);

  it('[S17] is disabled without a current item, stays reachable, and says why', async () => {
    expect(button().textContent?.trim()).to.equal('Link to current examination');
    expect(button().getAttribute('aria-disabled')).to.equal('true');
    expect(button().disabled, 'reachable by keyboard').to.equal(false);
    const reason = element.shadowRoot!.getElementById(button().getAttribute('aria-describedby') ?? '');
    expect(reason?.textContent).to.equal('Nothing to link: no examination is open.');
    await accessible(element);
    button().click();
    expect(drafts('c1').links).to.deep.equal([]);
  });

  it('[S17] with long words in a narrow panel the reason ends in dots or goes below, and nothing becomes wider', async () => {
    client.host.register('study', { noun: 'examination of the emergency department' });
    const box = element.parentElement!;
    box.style.cssText = 'inline-size: 200px; display: grid';
    client.session$.next(client.session$.value);
    element.requestUpdate();
    await settled(element);
    expect(button().getAttribute('aria-disabled')).to.equal('true');
    expect(box.scrollWidth).to.be.at.most(200);
    for (const shown of element.shadowRoot!.querySelectorAll('button, .reason')) {
      expect(shown.getBoundingClientRect().right, shown.localName).to.be.at.most(box.getBoundingClientRect().right);
    }
  });

  it("[S18] follows the host's current item", async () => {
    await current(study);
    expect(button().hasAttribute('aria-disabled')).to.equal(false);
    await accessible(element);
    await current(null);
    expect(button().getAttribute('aria-disabled')).to.equal('true');
  });

  it('[S19] puts the link into the draft of the open chat, sends nothing, and opens the panel there', async () => {
    await current(study);
    client.session!.open('c2');
    client.session!.drafts.update('c2', { text: 'please look' });
    const told: unknown[] = [];
    element.addEventListener('parley-item-linked', (event) => told.push(event.detail));
    button().click();
    expect(drafts('c2')).to.deep.equal({ text: 'please look', links: [study] });
    expect(client.session!.open$.value).to.equal('c2');
    expect(document.querySelector('parley-chat-panel')!.open).to.equal(true);
    expect(told).to.deep.equal([{ link: study, conversation: 'c2' }]);
  });

  it('[S19] says once that it is in the message and not sent, and leaves nothing to be found that is not true any more', async () => {
    await current(study);
    const said = (): string => element.shadowRoot!.querySelector('[role="status"]')?.textContent?.trim() ?? '';
    button().click();
    await until(() => said() === 'Put into the message, not sent yet.', 'it is said');
    await until(() => said() === '', 'it was read');
  });

  it('[S19] with no chat open takes the latest that can be written to', async () => {
    await current(study);
    button().click();
    expect(drafts('c1').links).to.deep.equal([study]);
    expect(drafts('c-ended').links).to.deep.equal([]);
  });

  it('does not put the same item in twice, nor more than a message may have', async () => {
    await current(study);
    expect(element.link()).to.equal(true);
    expect(element.link()).to.equal(true);
    expect(drafts('c1').links).to.have.length(1);
    for (let at = 1; at < LIMITS.linksPerMessage; at++) {
      await current({ kind: 'study', id: `1.${at}` });
      expect(element.link()).to.equal(true);
    }
    await current({ kind: 'study', id: '9.9' });
    expect(element.link()).to.equal(false);
    expect(drafts('c1').links).to.have.length(LIMITS.linksPerMessage);
  });

  it('the host may keep an item out', async () => {
    await current(study);
    element.addEventListener('parley-item-link', (event) => event.preventDefault());
    expect(element.link()).to.equal(false);
    expect(drafts('c1').links).to.deep.equal([]);
  });

  it('[6.4] links what the host has open at the press, whatever it had before without a word', async () => {
    let open: typeof study | null = study;
    const { host } = createParley({ server: 'https://chat.example', token: () => '', host: { study: { getCurrent: () => open } } });
    client = Object.defineProperty(standIn(), 'host', { value: host });
    client.session!.list$.next([chat('c1')]);
    document.querySelector('parley-session')!.client = client;
    await settled(document.querySelector('parley-session')!, element);
    expect(element.reason).to.equal('');
    open = { kind: 'study', id: 'of another patient' };
    button().click();
    expect(drafts('c1').links).to.deep.equal([open]);
    open = null;
    button().click();
    await settled(element);
    expect(drafts('c1').links).to.have.length(1);
    expect(button().getAttribute('aria-disabled')).to.equal('true');
    open = study;
    button().click();
    expect(drafts('c1').links).to.have.length(2);
  });

  it('is disabled with a reason while nobody is signed in, and while there is no chat', async () => {
    await current(study);
    client.session!.list$.next([]);
    await settled(element);
    expect(element.reason).to.equal('Open a chat first to link to it.');
    client.session$.next(null);
    await settled(element);
    expect(element.reason).to.equal('Not signed in to chat.');
  });
});
