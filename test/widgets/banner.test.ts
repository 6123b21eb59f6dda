import { setViewport } from '@web/test-runner-commands';
import { expect } from 'chai';
import type { Notice } from '#sdk';
import '#widgets';
import type { Banner } from '../../widgets/banner/banner.js';
import { accessible, clear, html, part, settled, show, until } from './support/page.js';
import { type StandIn, standIn } from './support/stand-in.js';

const AT = Date.UTC(2026, 10, 12, 13, 5);
const notice = (id: string, change: Partial<Notice> = {}): Notice => ({
  id,
  type: 'message',
  conversation: id,
  from: 'mark',
  at: AT,
  ...change,
});

describe('<parley-banner>', () => {
  let client: StandIn;
  let banner: Banner;

  beforeEach(async () => {
    client = standIn();
    const stage = show(html`
      <parley-session .client=${client} time-zone="Europe/Vienna"></parley-session>
      <parley-banner></parley-banner>
      <parley-chat-panel></parley-chat-panel>
    `);
    banner = stage.querySelector('parley-banner')!;
    await settled(banner);
  });
  afterEach(clear);

  const shown = () => [...banner.shadowRoot!.querySelectorAll('[part="banner"]')];
  async function tell(...notices: Notice[]): Promise<void> {
    client.session!.pending$.next(notices);
    await until(() => shown().length === Math.min(3, notices.length), 'the notices are shown');
    await settled(banner);
  }

  it('[E7] shows who wrote at the bottom end corner of the page, in front of it, without taking the focus', async () => {
    const before = document.activeElement;
    await tell(notice('c1'));
    expect(shown()[0]?.textContent).to.contain('New message from Mark Lee');
    const box = part(banner, '.stack').getBoundingClientRect();
    expect(innerHeight - box.bottom).to.equal(16);
    expect(document.documentElement.clientWidth - box.right).to.be.within(0, 32);
    expect(part(banner, '.stack').matches(':popover-open')).to.equal(true);
    expect(document.activeElement === before).to.equal(true);
    await accessible(banner);
  });

  it('[E7] says that a message was said in a group, without its title', async () => {
    await tell(notice('c1', { group: true }));
    expect(shown()[0]?.querySelector('strong')?.textContent).to.equal('New message from Mark Lee in a group');
  });

  it('[E7] where the open panel leaves no room beside it, covers neither the field nor the last message', async () => {
    const before = { width: innerWidth, height: innerHeight };
    await setViewport({ width: 320, height: 640 });
    try {
      await tell(notice('c1'));
      expect(part(banner, '.stack').getBoundingClientRect().bottom, "a panel that is closed is in nobody's way").to.equal(624);
      client.session!.open$.next('c2');
      banner.panel!.open = true;
      await until(() => part(banner, '.stack').style.insetBlock !== '', 'it is at the top of the chat');
      const panel = banner.panel!.getBoundingClientRect();
      const box = part(banner, '.stack').getBoundingClientRect();
      expect(box.top, 'below the line that says whom one writes to').to.be.at.least(panel.top + 100);
      expect(box.bottom).to.be.below(innerHeight / 2);
      expect(box.left).to.be.at.least(0);
      expect(box.right).to.be.at.most(320);
    } finally {
      await setViewport(before);
    }
  });

  it("[E9] says when it was received, in 24 hours and in the reader's zone", async () => {
    await tell(notice('c1'));
    expect(part(banner, 'time').textContent).to.equal('14:05');
  });

  it('[E7] shows no text of the message unless policy and person want it', async () => {
    await tell(notice('c1'));
    expect(banner.shadowRoot!.querySelector('p')).to.equal(null);
    await tell(notice('c1', { text: '<b>left base</b>' }));
    await until(() => banner.shadowRoot!.querySelector('p') !== null, 'the text is shown');
    expect(part(banner, 'p').textContent).to.equal('<b>left base</b>');
  });

  it('stacks to three and counts the others', async () => {
    await tell(...['c1', 'c2', 'c3', 'c4', 'c5'].map((id) => notice(id)));
    expect(part(banner, '.rest').textContent).to.equal('2 more');
  });

  it('[B15] opens the list for an invitation, the chat for a message', async () => {
    await tell(notice('c1', { type: 'invitation', id: 'i1' }), notice('c2'));
    const [invitation, message] = [...banner.shadowRoot!.querySelectorAll<HTMLElement>('.primary')];
    expect(shown()[0]?.textContent).to.contain('Mark Lee invites you to a chat');
    message?.click();
    expect(client.calls.slice(-2)).to.deep.equal(['dismiss c2', 'open c2']);
    expect(banner.panel?.open).to.equal(true);
    invitation?.click();
    expect(client.calls.slice(-2)).to.deep.equal(['dismiss i1', 'open list']);
  });

  it('is gone when it is dismissed, and when the chat was read elsewhere', async () => {
    await tell(notice('c1'), notice('c2'));
    banner.shadowRoot!.querySelectorAll<HTMLElement>('.acts .button:not(.primary)')[0]?.click();
    await until(() => shown().length === 1, 'one is left');
    client.session!.pending$.next([]);
    await until(() => !part(banner, '.stack').matches(':popover-open'), 'nothing is in front of the page');
  });

  it('shows no message that is in view in the open panel, but those of other chats', async () => {
    const focus = document.hasFocus.bind(document);
    document.hasFocus = () => true;
    try {
      await tell(notice('c1'), notice('c2'), notice('i1', { type: 'invitation' }));
      banner.panel!.open = true;
      client.session!.open$.next('c1');
      await until(() => shown().length === 2, 'the open chat is in view');
      client.session!.open$.next(null);
      await until(() => shown().length === 1, 'the list shows the others, too');
      expect(shown()[0]?.textContent).to.contain('invites you');
      document.hasFocus = () => false;
      window.dispatchEvent(new Event('blur'));
      await until(() => shown().length === 3, 'nobody looks at a page behind another');
    } finally {
      document.hasFocus = focus;
    }
  });

  it('[E7] tells nobody again, when they open a chat, of what they had before them in the list', async () => {
    const focus = document.hasFocus.bind(document);
    document.hasFocus = () => true;
    try {
      banner.panel!.open = true;
      client.session!.open$.next(null);
      client.session!.pending$.next([notice('c1'), notice('c2')]);
      await settled(banner);
      client.session!.open$.next('c1');
      client.session!.pending$.next([notice('c3'), notice('c2')]);
      await until(() => shown().length === 1, 'what came since');
      expect(shown()[0]?.textContent).to.contain('Mark Lee');
      expect(banner.notices.map(({ conversation }) => conversation)).to.deep.equal(['c3']);
    } finally {
      document.hasFocus = focus;
    }
  });

  it('[S7] shows nothing for who has switched it off', async () => {
    await tell(notice('c1'));
    await client.session!.saveSettings({ banner: false });
    await until(() => shown().length === 0, 'it is gone');
  });

  it('[E1] shows nothing where the chat is off', async () => {
    await tell(notice('c1'));
    const { info$ } = client.session!;
    info$.next({ ...info$.value, policies: { ...info$.value.policies, enabled: false } });
    client.session!.pending$.next([notice('c1'), notice('c2')]);
    await until(() => shown().length === 0, 'it is gone');
  });
});
