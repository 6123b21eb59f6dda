import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import fc from 'fast-check';
import { createParley, ParleyError, type ContextLink, type HostContext, type Parley } from '#sdk';
import {
  createInnerBridge,
  createOuterBridge,
  textPort,
  webViewPort,
  type InnerBridge,
  type OuterBridge,
  type OuterListener,
  type WebView,
} from 'parley-chat/adapters/iframe';
import { until } from '../../support/until.js';
import { FakeServer } from '../../support/fake-server.js';

const left: { dispose(): void }[] = [];
afterEach(() => {
  for (const one of left.splice(0)) one.dispose();
});

const study = (id: string): ContextLink => ({ kind: 'study', id });

interface Desk {
  outer: OuterBridge;
  inner: InnerBridge;
  parley: Parley;
  /** The host's current item. */
  show(id: string | null): void;
  opened: string[];
  told: unknown[];
  /** What went out of the page as text, and a way to say something to it. */
  heard: string[];
  say(text: string): void;
}

/** A page in a native shell that speaks by text, as CEF does, with an SDK in the page. */
async function takeDesk(given: Partial<OuterListener> = {}): Promise<Desk> {
  let current: string | null = null;
  const [opened, told, heard]: [string[], unknown[], string[]] = [[], [], []];
  const host: HostContext = {
    study: {
      noun: 'examination',
      icon: 'study',
      getCurrent: () => (current === null ? null : study(current)),
      resolve: async ({ id }) => (id === '1.9' ? { denied: true } : { title: `CT ${id}`, subtitle: 'today' }),
      open: ({ id }) => void opened.push(id),
    },
  };
  const page = textPort((text) => {
    heard.push(text);
    shell.deliver(text);
  });
  const shell = textPort((text) => page.deliver(text));
  const outer = createOuterBridge({
    port: shell,
    host,
    token: ({ reason }) => `token for ${reason}`,
    onFocus: (inside) => told.push({ inside }),
    onUnread: (unread) => told.push({ unread }),
    ...given,
  });
  const inner = await createInnerBridge({ port: page, onFocus: () => told.push('focus asked') });
  const server = new FakeServer();
  const parley = createParley({ server: 'http://parley.test', token: inner.token, host: inner.host, environment: server.environment() });
  inner.attach(parley);
  left.push(outer, inner, parley);
  const show = (id: string | null): void => {
    current = id;
    outer.refresh();
  };
  return { outer, inner, parley, show, opened, told, heard, say: (text) => page.deliver(text) };
}

describe('a bridge to a page in a native shell', () => {
  it('[S17, S19, S21] gives the page the host’s kinds: what is current, what it is called, how it opens', async () => {
    const { parley, show, opened } = await takeDesk();
    const ids: (string | null)[] = [];
    parley.host.current$.subscribe((item) => ids.push(item?.link.id ?? null));
    show('1.2');
    show(null);
    assert.deepEqual(ids, [null, '1.2', null]);
    assert.equal(parley.host.noun('study'), 'examination');
    assert.equal(parley.host.icon('study'), 'study');
    assert.deepEqual(await parley.host.resolve(study('1.3')), { title: 'CT 1.3', subtitle: 'today' });
    assert.deepEqual(await parley.host.resolve(study('1.9')), { denied: true });
    assert.equal(await parley.host.open(study('1.4')), true);
    assert.deepEqual(opened, ['1.4']);
  });

  it('[S1] gives the page its tokens, and the host the page’s word of focus and unread messages', async () => {
    const { parley, inner, outer, told } = await takeDesk();
    await parley.connect();
    inner.tellFocus(true);
    inner.tellFocus(false);
    inner.tellUnread(7);
    outer.focus();
    assert.deepEqual(told, [{ inside: true }, { inside: false }, { unread: 7 }, 'focus asked']);
    assert.equal(await inner.token({ reason: 'expiring', signal: new AbortController().signal }), 'token for expiring');
  });

  it('[G14] lets the host mask, show again, end and switch', async () => {
    const { parley, outer } = await takeDesk();
    const first = await parley.connect();
    outer.lock();
    assert.equal(parley.session, null);
    assert.equal(parley.connection.reason, 'user-locked');
    outer.unlock();
    await until(parley.session$, (session) => session !== null);
    outer.switchUser();
    assert.equal(parley.session, null, 'before the next user is known');
    const next = await until(parley.session$, (session) => session !== null);
    assert.notEqual(next, first);
    outer.end();
    assert.equal(parley.connection.reason, 'user-ended');
  });

  it('[M11] tells the page of a call, also when it began before', async () => {
    const { parley, outer, inner } = await takeDesk();
    outer.setCall({ name: 'Dr. Weber', number: '4711' });
    assert.deepEqual(parley.host.call, { name: 'Dr. Weber', number: '4711' });
    const other = createParley({ server: 'http://parley.test', token: inner.token, environment: new FakeServer().environment() });
    left.push(other);
    inner.attach(other);
    assert.deepEqual(other.host.call, { name: 'Dr. Weber', number: '4711' });
    outer.setCall(null);
    assert.equal(parley.host.call, null);
  });

  it('[S17] leaves nothing to link when the host has gone, and nobody waits for its answers', async () => {
    const { parley, outer, show } = await takeDesk({
      host: { study: { getCurrent: () => study('1.2'), resolve: () => new Promise(() => {}), open: () => new Promise(() => {}) } },
    });
    show('1.2');
    assert.equal(parley.host.current()?.link.id, '1.2');
    const asked = [parley.host.resolve(study('1.3')), parley.host.open(study('1.3'))];
    outer.dispose();
    assert.deepEqual(await Promise.all(asked), [{ failed: true }, false]);
    assert.equal(parley.host.current(), null);
  });

  it('[S1] asks the next host for the token that the one before has not given', async () => {
    const page = textPort((text) => shell.deliver(text));
    let shell = textPort((text) => page.deliver(text));
    const gone = createOuterBridge({ port: shell, host: {}, token: () => new Promise(() => {}) });
    const inner = await createInnerBridge({ port: page });
    left.push(inner);
    const token = inner.token({ reason: 'expiring', signal: new AbortController().signal });
    shell = textPort((text) => page.deliver(text));
    const next = createOuterBridge({ port: shell, host: {}, token: ({ reason }) => `next for ${reason}` });
    left.push(next);
    gone.dispose();
    assert.equal(await token, 'next for expiring');
    inner.dispose();
    await assert.rejects(async () => inner.token({ reason: 'connect', signal: new AbortController().signal }), { code: 'OFFLINE' });
  });

  it('[S21] what the host refuses or answers wrongly is refused to the page, and breaks nothing', async () => {
    const host: HostContext = {
      study: {
        getCurrent: () => {
          throw new Error('no viewer');
        },
        resolve: ({ id }) => (id === 'nonsense' ? ({ title: 7 } as never) : Promise.reject(new Error(`no ${id}`))),
        open: () => Promise.reject(new ParleyError('NOT_FOUND')),
      },
      order: {},
    };
    const { parley, inner } = await takeDesk({ host, token: () => Promise.reject(new Error('signed out')) });
    assert.equal(parley.host.current(), null);
    assert.deepEqual(await parley.host.resolve(study('nonsense')), { failed: true });
    assert.deepEqual(await parley.host.resolve(study('1.2')), { failed: true });
    assert.equal(await parley.host.open(study('1.2')), false);
    assert.equal(await parley.host.open({ kind: 'order', id: '7' }), false);
    await assert.rejects(async () => inner.token({ reason: 'connect', signal: new AbortController().signal }), { code: 'INTERNAL' });
  });

  it('takes back a request that is over, so that a token that comes late goes nowhere', async () => {
    const tokens: ((token: string) => void)[] = [];
    const signals: AbortSignal[] = [];
    const { inner, outer, say } = await takeDesk({
      token: ({ signal }) => {
        signals.push(signal);
        return new Promise((resolve) => tokens.push(resolve));
      },
    });
    const abort = new AbortController();
    const asked = assert.rejects(async () => inner.token({ reason: 'connect', signal: abort.signal }), { code: 'SESSION_ENDED' });
    abort.abort();
    await asked;
    assert.equal(signals[0]?.aborted, true);
    tokens[0]?.('late');
    say(JSON.stringify({ parley: 1, type: 'answer', id: 1, ok: true, data: 'later still' }));
    assert.equal(outer.connected, true);
  });

  it('[attack 30] what is no message is passed over, by both sides', async () => {
    const { parley, show, heard, say, outer } = await takeDesk();
    const before = heard.length;
    const texts = [
      '',
      'null',
      '[]',
      '7',
      '{',
      '{"parley":1}',
      '{"parley":2,"type":"session","act":"end"}',
      '{"parley":1,"type":"session","act":"reboot"}',
    ];
    const objects = [
      { type: 'session', act: 'end' },
      { parley: 1, type: 'answer', id: '1', ok: true },
      { parley: 1, type: 'answer', id: 999, ok: true, data: 'x' },
      { parley: 1, type: 'call', call: { name: 5 } },
      { parley: 1, type: 'current', current: { study: { kind: 'report', id: '6.6' } } },
      { parley: 1, type: 'current', current: { study: { kind: 'study', id: 'a\u202eb' } } },
      { parley: 1, type: 'current', current: { study: 'x', STUDY: study('6.6') } },
    ];
    await parley.connect();
    show('1.2');
    for (const text of [...texts, ...objects.map((one) => JSON.stringify(one))]) say(text);
    assert.equal(parley.host.current(), null, 'what cannot be read is nothing to link');
    fc.assert(fc.property(fc.json(), (text) => say(text)));
    assert.notEqual(parley.session, null);
    show('1.3');
    assert.equal(parley.host.current()?.link.id, '1.3');
    assert.equal(heard.slice(before).filter((text) => !text.includes('"request"')).length, 0, 'and nothing is said to it');
    outer.refresh();
  });

  it('[attack 26] names that every object has are no kinds, and no members', async () => {
    const { parley, say } = await takeDesk();
    say(
      '{"parley":1,"type":"current","current":{"__proto__":{"kind":"study","id":"6.6"},"constructor":{"kind":"constructor","id":"6.6"}}}',
    );
    say('{"__proto__":{"parley":1,"type":"session","act":"end"}}');
    assert.equal(parley.host.current(), null);
    assert.equal(await parley.host.open({ kind: 'constructor', id: '6.6' }), false);
    assert.equal(({} as Record<string, unknown>)['kind'], undefined);
  });

  it('[attack 53] a link of somebody else reaches the host only as a link', async () => {
    const { opened, heard, parley, say } = await takeDesk();
    const asks = (link: unknown): string => JSON.stringify({ parley: 1, type: 'request', id: 4_000 + heard.length, name: 'open', link });
    const shell = createShellListener(opened);
    for (const link of [
      null,
      'study',
      { kind: 'study' },
      { kind: '__proto__', id: '1' },
      { kind: 'study', id: 'x'.repeat(257) },
      { kind: 'study', id: '1', context: { __proto__: 'x', a: 7 } },
    ])
      shell.deliver(asks(link));
    assert.deepEqual(opened, []);
    assert.equal(await parley.host.open({ kind: 'study', id: '1.2', context: { series: '1.3' } }), true);
    assert.deepEqual(opened, ['1.2']);
    say('{"parley":1,"type":"bye"}');
  });

  it('refuses a page that speaks another version, and waits no longer than it is told', async () => {
    const page = textPort(() => {});
    const waiting = createInnerBridge({ port: page });
    page.deliver('{"parley":1,"type":"refused"}');
    await assert.rejects(waiting, { code: 'INVALID' });
    await assert.rejects(createInnerBridge({ port: textPort(() => {}), patience: 1 }), { code: 'TIMEOUT' });
    const answers: string[] = [];
    const shell = textPort((text) => answers.push(text));
    left.push(createOuterBridge({ port: shell, host: {}, token: () => 't' }));
    shell.deliver('{"parley":1,"type":"hello","versions":[2,3],"page":"p"}');
    assert.deepEqual(
      answers.map((text) => (JSON.parse(text) as { type: string }).type),
      ['refused'],
    );
    shell.deliver('{"parley":1,"type":"request","id":1,"name":"token"}');
    assert.equal(answers.length, 1, 'who was not welcomed gets no token');
  });

  it('speaks to WebView2 as it wants to be spoken to', async () => {
    const listeners = new Set<(event: MessageEvent<unknown>) => void>();
    const shell = textPort((text) => {
      const data: unknown = JSON.parse(text);
      for (const heard of listeners) heard(new MessageEvent('message', { data }));
    });
    const webView: WebView = {
      postMessage: (message) => shell.deliver(JSON.stringify(message)),
      addEventListener: (_type, heard) => listeners.add(heard),
      removeEventListener: (_type, heard) => listeners.delete(heard),
    };
    const outer = createOuterBridge({ port: shell, host: { study: { getCurrent: () => study('1.2') } }, token: () => 't' });
    const inner = await createInnerBridge({ port: webViewPort(webView) });
    assert.deepEqual(inner.host['study']?.getCurrent?.(), study('1.2'));
    inner.dispose();
    outer.dispose();
    assert.equal(listeners.size, 0);
    assert.throws(() => webViewPort(), { code: 'INVALID' });
  });
});

/** An outer side alone, to which anything can be said. */
function createShellListener(opened: string[]): { deliver(text: string): void } {
  const shell = textPort(() => {});
  left.push(createOuterBridge({ port: shell, host: { study: { open: ({ id }) => void opened.push(id) } }, token: () => 't' }));
  shell.deliver('{"parley":1,"type":"hello","versions":[1],"page":"p"}');
  return shell;
}
