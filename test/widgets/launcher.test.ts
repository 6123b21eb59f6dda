import { expect } from 'chai';
import { emulateMedia, sendKeys } from '@web/test-runner-commands';
import { BehaviorSubject } from 'rxjs';
import type { Invitation } from '#sdk';
import '#widgets';
import type { Launcher } from '../../widgets/launcher/launcher.js';
import { accessible, clear, deep, html, part, seen, settled, show, until } from './support/page.js';
import { type StandIn, standIn } from './support/stand-in.js';

describe('<parley-launcher>', () => {
  let client: StandIn;
  let launcher: Launcher;

  async function place(shortcut = ''): Promise<void> {
    client = standIn();
    const stage = show(html`
      <parley-session .client=${client}></parley-session>
      <parley-launcher shortcut=${shortcut}>Chat</parley-launcher>
      <parley-chat-panel></parley-chat-panel>
    `);
    launcher = stage.querySelector('parley-launcher')!;
    await settled(launcher, stage.querySelector('parley-chat-panel')!);
  }
  const count = (): HTMLElement | null => deep(launcher.shadowRoot!, '.count');
  const panel = () => document.querySelector('parley-chat-panel')!;

  afterEach(async () => {
    clear();
    await emulateMedia({ reducedMotion: 'no-preference' });
  });

  it('shows nothing while nobody is signed in', async () => {
    await place();
    client.session$.next(null);
    await settled(launcher);
    expect(launcher.shadowRoot!.querySelector('button')).to.equal(null);
  });

  it('[B28] shows the unread number and says it; past 99 it says so', async () => {
    await place();
    client.session!.unread$.next(3);
    await settled(launcher);
    expect(count()?.textContent?.trim()).to.equal('3');
    expect(part(launcher, 'button').getAttribute('aria-label')).to.equal('Chat, 3 unread messages');
    await accessible(launcher);
    client.session!.unread$.next(1);
    await settled(launcher);
    expect(part(launcher, 'button').getAttribute('aria-label')).to.equal('Chat, 1 unread message');
    client.session!.unread$.next(100);
    await settled(launcher);
    expect(count()?.textContent?.trim()).to.equal('99+');
    client.session!.unread$.next(0);
    await settled(launcher);
    expect(count()).to.equal(null);
  });

  it('[B2] blinks when a message comes while the panel is closed, not for what was unread before, for five seconds at most', async () => {
    client = standIn();
    client.session!.unread$.next(4);
    const stage = show(html`<parley-launcher .client=${client}></parley-launcher>`);
    launcher = stage.querySelector('parley-launcher')!;
    await settled(launcher);
    expect(count()?.classList.contains('blink')).to.equal(false);
    client.session!.unread$.next(5);
    await settled(launcher);
    expect(count()?.classList.contains('blink')).to.equal(true);
    const { animationDuration, animationIterationCount } = getComputedStyle(count()!, '::before');
    expect(parseFloat(animationDuration) * Number(animationIterationCount)).to.equal(5);
    expect(Number(animationIterationCount) / 5, 'pulses a second').to.be.at.most(2);
    count()!.dispatchEvent(new AnimationEvent('animationend'));
    await settled(launcher);
    expect(count()?.classList.contains('blink')).to.equal(false);
    expect(count()?.textContent?.trim()).to.equal('5');
  });

  it('[B2] blinks when an invitation comes, and counts and says it', async () => {
    client = standIn();
    const list$ = new BehaviorSubject<readonly Invitation[]>([]);
    Object.assign(client.session!.invitations, { list$ });
    const stage = show(html`<parley-launcher .client=${client}></parley-launcher>`);
    launcher = stage.querySelector('parley-launcher')!;
    await settled(launcher);
    expect(count()).to.equal(null);
    list$.next([{ conversation: 'c9', inviter: 'mark', memberCount: 2, at: Date.now() }]);
    await settled(launcher);
    expect(count()?.classList.contains('blink')).to.equal(true);
    expect(count()?.textContent?.trim()).to.equal('1');
    expect(part(launcher, 'button').getAttribute('aria-label')).to.equal('Chat, 1 invitation');
    client.session!.unread$.next(2);
    await settled(launcher);
    expect(count()?.textContent?.trim()).to.equal('2');
    expect(part(launcher, 'button').getAttribute('aria-label')).to.equal('Chat, 2 unread messages, 1 invitation');
    await accessible(launcher);
    list$.next([]);
    client.session!.unread$.next(0);
    await settled(launcher);
    expect(count()).to.equal(null);
  });

  it('[B26] does not blink while the panel is open, and stops when it opens', async () => {
    const unseen = seen('visible');
    await place();
    client.session!.unread$.next(1);
    await settled(launcher);
    expect(count()?.classList.contains('blink')).to.equal(true);
    panel().open = true;
    await settled(panel(), launcher);
    expect(count()?.classList.contains('blink')).to.equal(false);
    client.session!.unread$.next(2);
    await settled(launcher);
    expect(count()?.classList.contains('blink')).to.equal(false);
    const shown = seen('hidden');
    client.session!.unread$.next(3);
    await settled(launcher);
    expect(count()?.classList.contains('blink'), 'open, but in a tab that nobody sees').to.equal(true);
    shown();
    unseen();
  });

  it('does not move under reduced motion', async () => {
    await emulateMedia({ reducedMotion: 'reduce' });
    await place();
    client.session!.unread$.next(1);
    await settled(launcher);
    expect(getComputedStyle(count()!, '::before').animationName).to.equal('none');
  });

  it('[S1] [B3] opens and closes its panel, and says which', async () => {
    await place();
    const button = part(launcher, 'button');
    expect(button.getAttribute('aria-expanded')).to.equal('false');
    button.click();
    await settled(panel(), launcher);
    expect(panel().open).to.equal(true);
    expect(button.getAttribute('aria-expanded')).to.equal('true');
    button.click();
    await settled(panel(), launcher);
    expect(panel().open).to.equal(false);
    expect(button.getAttribute('aria-expanded')).to.equal('false');
  });

  it('[M6] a shortcut of the host opens it; without one no key does; a letter does not while one types', async () => {
    await place();
    await sendKeys({ press: 'c' });
    expect(panel().open).to.equal(false);
    launcher.shortcut = 'c';
    await settled(launcher);
    const field = document.createElement('input');
    launcher.after(field);
    field.focus();
    await sendKeys({ press: 'c' });
    expect(panel().open).to.equal(false);
    field.remove();
    await sendKeys({ press: 'c' });
    await until(() => panel().open, 'the panel opens');
    launcher.remove();
    panel().open = false;
    (document.activeElement as HTMLElement | null)?.blur();
    await sendKeys({ press: 'c' });
    expect(panel().open, 'its listener went with it').to.equal(false);
  });

  it('a shortcut that is none warns and does nothing', async () => {
    const said: string[] = [];
    const { warn } = console;
    console.warn = (text: string) => said.push(text);
    try {
      await place('Hyper+X');
    } finally {
      console.warn = warn;
    }
    expect(said.join()).to.contain('Hyper+X');
  });
});
