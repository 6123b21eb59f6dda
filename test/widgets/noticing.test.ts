import { expect } from 'chai';
import type { Notice } from '#sdk';
import '#widgets';
import { TitleBlink } from '../../widgets/notices/title-blink.js';
import { clear, html, show, soon, until } from './support/page.js';
import { type StandIn, standIn } from './support/stand-in.js';

const notice: Notice = { id: 'c1:1', type: 'message', conversation: 'c1', from: 'mark', at: 1 };
const TITLE = 'PACS – Meier, Anna';

/** Stands where the sound card would: a test browser has none. */
class Speaker {
  static tones: number[] = [];
  readonly state = 'running';
  readonly currentTime = 0;
  readonly destination = {};
  createOscillator() {
    const frequency = { value: 0 };
    return {
      type: '',
      frequency,
      connect: () => ({ connect: () => undefined }),
      start: () => Speaker.tones.push(frequency.value),
      stop: () => undefined,
    };
  }
  createGain() {
    const ramp = () => undefined;
    return { gain: { setValueAtTime: ramp, linearRampToValueAtTime: ramp, exponentialRampToValueAtTime: ramp } };
  }
  close() {}
}

describe('noticing', () => {
  let client: StandIn;
  const real = { AudioContext, hasFocus: document.hasFocus.bind(document), title: document.title, active: navigator.userActivation };
  let focused = false;
  let gestured = true;

  beforeEach(() => {
    Speaker.tones = [];
    focused = false;
    gestured = true;
    document.title = TITLE;
    Object.assign(globalThis, { AudioContext: Speaker });
    document.hasFocus = () => focused;
    Object.defineProperty(navigator, 'userActivation', { configurable: true, get: () => ({ hasBeenActive: gestured }) });
    client = standIn();
  });
  afterEach(async () => {
    clear();
    await soon();
    document.title = real.title;
    Object.assign(globalThis, { AudioContext: real.AudioContext });
    document.hasFocus = real.hasFocus;
    Reflect.deleteProperty(navigator, 'userActivation');
  });

  /** The session element has loaded what notices: a ring is heard of. */
  async function start(extra = false): Promise<HTMLElement> {
    const stage = show(html`<parley-session .client=${client} ?keep-title=${extra}></parley-session>`);
    await until(() => client.session!.rings$.observed, 'rings are listened to');
    return stage;
  }

  it('[E8] rings like a doorbell, in two tones, and tells the host', async () => {
    const stage = await start();
    const told: unknown[] = [];
    stage.addEventListener('parley-notice', (event) => told.push(event.detail));
    client.session!.rings$.next(notice);
    await until(() => Speaker.tones.length === 2, 'two tones');
    expect(Speaker.tones[0]).to.be.above(Speaker.tones[1]!);
    expect(told).to.deep.equal([{ type: 'message', conversation: 'c1', from: 'mark', at: 1 }]);
  });

  it('[E8] waits for the first act in the page, before which a browser allows no sound', async () => {
    gestured = false;
    await start();
    client.session!.rings$.next(notice);
    // Before it is loaded nobody hears of an act.
    await import('../../widgets/notices/ringing.js');
    await soon();
    expect(Speaker.tones).to.deep.equal([]);
    document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
    await until(() => Speaker.tones.length === 2, 'it rings then');
  });

  it('[S7] is silent for who has switched the sound off', async () => {
    await start();
    await client.session!.saveSettings({ sound: false });
    client.session!.rings$.next(notice);
    await soon();
    expect(Speaker.tones).to.deep.equal([]);
  });

  it('[B24, B26] "Unread messages" blinks in the title of a window that is not in front, and its own title comes back with it', async () => {
    await start();
    client.session!.pending$.next([notice]);
    await until(() => document.title === 'Unread messages', 'it is said');
    focused = true;
    window.dispatchEvent(new Event('focus'));
    expect(document.title).to.equal(TITLE);
  });

  it('[B24] stops when everything is read elsewhere, and leaves a title alone that the host changed meanwhile', async () => {
    await start();
    client.session!.pending$.next([notice]);
    await until(() => document.title === 'Unread messages', 'it is said');
    document.title = 'PACS – Huber, Paul';
    client.session!.pending$.next([]);
    expect(document.title).to.equal('PACS – Huber, Paul');
  });

  it('[B24] keeps out of the title of a host, or a person, that wants so', async () => {
    await start(true);
    client.session!.pending$.next([notice]);
    await soon();
    expect(document.title).to.equal(TITLE);
    clear();
    await soon();
    client = standIn();
    await start();
    await client.session!.saveSettings({ titleBlink: false });
    client.session!.pending$.next([notice]);
    await soon();
    expect(document.title).to.equal(TITLE);
  });

  it('the title comes back exactly after the element is gone', async () => {
    const stage = await start();
    client.session!.pending$.next([notice]);
    await until(() => document.title === 'Unread messages', 'it is said');
    stage.remove();
    await until(() => document.title === TITLE, 'it is back');
  });

  it('other words take the place of those that blink', () => {
    const title = new TitleBlink(document);
    title.show('Unread messages');
    title.show('Ungelesene Nachrichten');
    expect(document.title).to.equal('Ungelesene Nachrichten');
    title.stop();
    expect(document.title).to.equal(TITLE);
  });
});
