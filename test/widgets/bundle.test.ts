import { executeServerCommand } from '@web/test-runner-commands';
import { expect } from 'chai';
import type * as bundle from '#sdk';
import { until } from './support/page.js';
import type { ParleyServerCommand } from '../support/parley-server-plugin.js';

const ask = (command: ParleyServerCommand): Promise<{ id: string; url: string; token: string }> =>
  executeServerCommand('parley-server', command);
/** The file that hosts load, as the server gives it; what Rollup puts in the place of library modules is in it only. */
const bundleUrl = new URL('/dist/browser/parley.js', location.href).href;
const load = (): Promise<typeof bundle> => import(bundleUrl) as Promise<typeof bundle>;
const polling = (): boolean => performance.getEntriesByType('resource').some(({ name }) => name.includes('parley-polling-pipe'));

describe('the bundle for hosts', () => {
  let id: string;
  let url: string;

  beforeEach(async () => {
    ({ id, url } = await ask({ op: 'start' }));
  });
  afterEach(async () => {
    await ask({ op: 'stop', id });
  });

  async function signIn(transports: ('websocket' | 'polling')[], sub = 'anna'): Promise<bundle.Parley> {
    const { createParley } = await load();
    const parley = createParley({ server: url, transports, token: async () => (await ask({ op: 'token', id, sub })).token });
    const { info } = await parley.connect();
    expect(info.user.id).to.equal(sub);
    return parley;
  }

  it('signs in over WebSocket and does not load what it does not need', async () => {
    const parley = await signIn(['websocket', 'polling']);
    expect(polling()).to.equal(false);
    parley.dispose();
  });

  it('signs in over long polling where nothing else passes, and commands are answered', async () => {
    const parley = await signIn(['polling']);
    expect(polling()).to.equal(true);
    const { people } = await (parley.session as bundle.Session).command('directory:search', { text: 'anna', limit: 5 });
    expect(people.map((person) => person.id)).to.deep.equal(['anna']);
    parley.dispose();
  });

  it('[pain 16] loads what a chat needs when a page without any element opens one', async () => {
    const [anna, ben] = [await signIn(['websocket']), await signIn(['websocket'], 'ben')];
    const { id: chat } = await (ben.session as bundle.Session).startChat({ to: ['anna'], text: 'hello' });
    const session = anna.session as bundle.Session;
    let lines: readonly bundle.TimelineItem[] = [];
    let status = '';
    const reading = session.timeline(chat).items$.subscribe((items) => (lines = items));
    reading.add(session.timeline(chat).state$.subscribe((state) => (status = state.status)));
    expect(status).to.equal('loading');
    const texts = (): string[] =>
      lines.flatMap((line) => (line.type === 'entry' && line.entry.body.kind === 'message' ? [line.entry.body.text] : []));
    await until(() => texts().join() === 'hello', 'what was said is there');
    await until(() => status === 'ready', 'it is loaded');
    session.send(chat, { text: 'and back' });
    await until(() => texts().join() === 'hello,and back', 'what is sent is there');
    reading.unsubscribe();
    for (const parley of [anna, ben]) parley.dispose();
  });

  it('defines the elements that a page has at once', async () => {
    await load();
    for (const tag of ['parley-session', 'parley-launcher', 'parley-chat-panel', 'parley-presence-badge', 'parley-link-current-item']) {
      expect(customElements.get(tag), tag).to.be.a('function');
    }
  });

  it('[pain 16] leaves nothing of its libraries on window', async () => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const page = frame.contentWindow as Window & typeof globalThis;
    const before = new Set(Object.getOwnPropertyNames(page));
    const script = page.document.createElement('script');
    Object.assign(script, { type: 'module', src: bundleUrl });
    const loaded = new Promise((resolve) => script.addEventListener('load', resolve));
    page.document.head.append(script);
    await loaded;
    expect(page.customElements.get('parley-launcher')).to.be.a('function');
    expect(Object.getOwnPropertyNames(page).filter((name) => !before.has(name))).to.deep.equal([]);
    frame.remove();
  });

  it('loads the one language that is read, and none for English', async () => {
    await load();
    const languages = (): string[] =>
      performance
        .getEntriesByType('resource')
        .flatMap(({ name }) => [...name.matchAll(/parley-locale-(\w+)-/g)].map(([, code = '']) => code));
    const session = document.createElement('parley-session');
    document.body.append(session);
    expect(session.localisation.text('away')).to.equal('Away');
    expect(languages()).to.deep.equal([]);
    session.locale = 'de-CH';
    await until(() => session.localisation.text('away') === 'Abwesend', 'the German words have come');
    expect(languages()).to.deep.equal(['de']);
    session.remove();
  });
});
