import { expect } from 'chai';
import '#widgets';
import { Activity } from '../../widgets/session/activity.js';
import { clear, html, settled, show, soon } from './support/page.js';
import { standIn, standInSession } from './support/stand-in.js';

/** Follows what is listened to on the document and the window until `restore()`. */
function followListeners(): { held: () => string[]; restore: () => void } {
  const held = new Map<unknown, Set<string>>();
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  const of = (target: EventTarget, listener: unknown): Set<string> | null => {
    if (target !== document && target !== window) return null;
    const types = held.get(listener) ?? new Set<string>();
    held.set(listener, types);
    return types;
  };
  EventTarget.prototype.addEventListener = function (this: EventTarget, type: string, ...rest: [never]) {
    of(this ?? window, rest[0])?.add(type);
    addEventListener.call(this, type, ...rest);
  };
  EventTarget.prototype.removeEventListener = function (this: EventTarget, type: string, ...rest: [never]) {
    of(this ?? window, rest[0])?.delete(type);
    removeEventListener.call(this, type, ...rest);
  };
  return {
    held: () => [...held.values()].flatMap((types) => [...types]),
    restore: () => Object.assign(EventTarget.prototype, { addEventListener, removeEventListener }),
  };
}

describe('<parley-session>', () => {
  afterEach(clear);

  it('[pain 11] reports activity seen in the page, once a minute at most', async () => {
    const client = standIn();
    const session = show(html`<parley-session .client=${client}></parley-session>`).querySelector('parley-session')!;
    await settled(session);
    const before = client.session!.reports.length;
    for (let at = 0; at < 20; at++) document.body.dispatchEvent(new PointerEvent('pointermove', { bubbles: true }));
    expect(client.session!.reports.length - before).to.be.at.most(1);
    expect(client.session!.reports.at(-1)).to.equal(true);
  });

  it('[pain 11] says idle after the time without a sign, and active at the next', async () => {
    const said: boolean[] = [];
    const activity = new Activity(
      document,
      30,
      (active) => said.push(active),
      () => {},
    );
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'x' }));
    await new Promise<void>((resolve) => {
      const look = (): void => (said.at(-1) === false ? resolve() : void setTimeout(look, 5));
      look();
    });
    document.dispatchEvent(new WheelEvent('wheel'));
    activity.stop();
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'x' }));
    expect(said.slice(-3)).to.deep.equal([true, false, true]);
  });

  it('[pain 3] takes every listener off the page when the elements go', async () => {
    const { held, restore } = followListeners();
    try {
      const client = standIn();
      const stage = show(html`
        <parley-session .client=${client}></parley-session>
        <parley-launcher shortcut="F9"></parley-launcher>
        <parley-presence-badge user="mark"></parley-presence-badge>
        <parley-link-current-item></parley-link-current-item>
        <parley-chat-panel open></parley-chat-panel>
      `);
      await settled(...stage.querySelectorAll('parley-session, parley-launcher, parley-chat-panel, parley-presence-badge'));
      expect(held()).to.include('keydown');
      clear();
      await soon();
    } finally {
      restore();
    }
    expect(held()).to.deep.equal([]);
  });

  it('lets the browser ask before the page closes while something is unsent, and only then', async () => {
    const asks = (): boolean => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
    const item = { cid: 'a', conversation: 'c1', text: 'x', links: [], at: 0, state: 'waiting' } as const;
    const client = standIn();
    const session = show(html`<parley-session .client=${client}></parley-session>`).querySelector('parley-session')!;
    await settled(session);
    expect(asks()).to.equal(false);
    client.session!.unsent$.next([{ ...item, links: [] }]);
    expect(asks()).to.equal(true);
    client.session!.unsent$.next([]);
    expect(asks()).to.equal(false);
    client.session!.unsent$.next([{ ...item, links: [], state: 'not-sent' }]);
    expect(asks()).to.equal(true);
    client.session$.next(standInSession({ id: 'bob', name: 'Bob' }));
    expect(asks()).to.equal(false);
    client.session!.unsent$.next([{ ...item, links: [] }]);
    expect(asks()).to.equal(true);
    clear();
    await soon();
    expect(asks()).to.equal(false);
  });

  it('a server that is no address is said once, and breaks nothing', async () => {
    const said: string[] = [];
    const { warn } = console;
    console.warn = (text: string) => said.push(text);
    try {
      const session = show(html`<parley-session server="http://[" .token=${() => ''}></parley-session>`).querySelector('parley-session')!;
      await settled(session);
      session.requestUpdate();
      await settled(session);
      expect(session.client).to.equal(null);
    } finally {
      console.warn = warn;
    }
    expect(said.filter((text) => text.includes('http://['))).to.have.length(1);
  });

  it('tells the unread number and who is signed in', async () => {
    const client = standIn();
    const told: unknown[] = [];
    const tell = (event: Event): void => {
      told.push((event as CustomEvent).detail);
    };
    const stage = show(html`<parley-session></parley-session>`);
    const session = stage.querySelector('parley-session')!;
    await settled(session);
    stage.addEventListener('parley-unread-change', tell);
    stage.addEventListener('parley-session-change', tell);
    session.client = client;
    await settled(session);
    client.session!.unread$.next(4);
    client.session$.next(standInSession({ id: 'bob', name: 'Bob' }));
    expect(told).to.deep.include({ unread: 4 });
    expect(told).to.deep.include({ user: 'anna' });
    expect(told.at(-1)).to.deep.equal({ unread: 0 });
    expect(told).to.deep.include({ user: 'bob' });
  });

  it('a client of the host is not disposed of when the element goes', async () => {
    const client = standIn();
    const session = show(html`<parley-session .client=${client}></parley-session>`).querySelector('parley-session')!;
    await settled(session);
    clear();
    await soon();
    expect(client.calls).to.deep.equal([]);
  });

  it('bad values from the host warn and never throw', async () => {
    const said: string[] = [];
    const { warn } = console;
    console.warn = (text: string) => said.push(text);
    try {
      const session = show(
        html`<parley-session locale="not a tag!" time-zone="Moon/Base" hour-cycle="h99" .client=${standIn()}></parley-session>`,
      ).querySelector('parley-session')!;
      await settled(session);
      expect(session.localisation.times.time(Date.UTC(2026, 0, 1, 12, 0))).to.match(/^\d\d:\d\d$/);
    } finally {
      console.warn = warn;
    }
    expect(said.join('\n')).to.contain('not a tag!').and.to.contain('Moon/Base');
  });
});
