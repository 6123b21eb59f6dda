import { emulateMedia, executeServerCommand, sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';
import '#widgets';
import '../../widgets/inside.js';
import { type Conversation, ParleyError, type TimelineItem } from '#sdk';
import type { ChatPanel } from '../../widgets/chat-panel/chat-panel.js';
import { accessible, clear, deep, html, must, part, settled, show, until } from './support/page.js';
import { NOON, type Stage, stage } from './support/panel-stage.js';
import { anna, chat } from './support/stand-in.js';

interface Shown {
  made: Stage;
  panel: ChatPanel;
  /** Within the panel, through all shadow roots. */
  find(selector: string): HTMLElement | null;
}

const LONG = 'Radiology-emergency-department-on-call-coordination-2026 '.repeat(3);

function everyState({ timeline, setChats, session }: Stage): void {
  const log = timeline('g');
  const own = (seq: number, state: 'sent' | 'delivered' | 'read'): TimelineItem =>
    ({ ...log.item(seq, anna.id, `${state} in time`), state }) as TimelineItem;
  const links = ['1', 'denied'].map((id) => ({ kind: 'study', id }));
  log.add(
    log.item(1, 'lena', 'line\n'.repeat(60)),
    log.item(2, 'mark', `what he says https://example.org/${'long/'.repeat(40)}`),
    log.item(3, 'mark', { kind: 'message', text: 'two items', links }),
    own(4, 'read'),
    own(5, 'delivered'),
    own(6, 'sent'),
    log.pending({ cid: 'p1' }),
    log.pending({ cid: 'p2', text: LONG, state: 'waiting' }),
    log.pending({ cid: 'p3', state: 'not-sent', error: new ParleyError('RATE_LIMITED') }),
  );
  session.presenceOf('lena').next({ availability: 'busy', message: LONG, since: NOON });
  const group = (id: string, change: Partial<Conversation>): Conversation =>
    chat(id, { kind: 'group', title: LONG, members: ['anna', 'mark', 'lena'], memberCount: 3, ...change });
  setChats(
    group('g', { head: 6, unread: 3, marks: { delivered: 6, read: 3 } }),
    chat('d', { members: ['anna', 'lena'] }),
    group('ended', { ended: true }),
    group('left', { active: false }),
  );
}

const opened =
  (id: string, selector: string) =>
  async ({ made, find }: Shown): Promise<void> => {
    made.session.open$.next(id);
    await until(() => find(selector) !== null, `${id} is shown`);
  };

/** Each state that the inside of the panel can be in, and how one gets there. One file, longer than most: a state added here is swept in all looks. */
const STATES: Record<string, (shown: Shown) => Promise<void>> = {
  'the list': async ({ find }) => until(() => find('[role="option"]') !== null, 'the chats are shown'),
  'no chats yet': async ({ made, find }) => {
    made.setChats();
    await until(() => find('parley-chat-list')?.shadowRoot?.querySelector('.empty') != null, 'it says so');
  },
  loading: async ({ made, find }) => {
    made.setChats();
    made.loading.next(true);
    await until(() => find('parley-chat-list')?.shadowRoot?.querySelector('.skeleton') != null, 'the skeleton is shown');
  },
  hits: async ({ find }) => {
    must<HTMLElement>(find('parley-chat-list')!.shadowRoot!, 'input').focus();
    await sendKeys({ type: 'lena' });
    await until(() => find('[role="listbox"] [role="group"][aria-label="People"]') !== null, 'she is found');
  },
  'no hits': async ({ find }) => {
    must<HTMLElement>(find('parley-chat-list')!.shadowRoot!, 'input').focus();
    await sendKeys({ type: 'nobody of this name' });
    await until(() => find('.empty[role="status"]') !== null, 'it says so');
  },
  'new chat': async ({ find }) => {
    find('.new')?.click();
    await until(() => find('parley-people-picker')?.shadowRoot?.querySelector('input') != null, 'the picker is there');
    find('parley-people-picker')?.focus();
    await sendKeys({ type: 'a' });
    await until(() => find('parley-people-picker')?.shadowRoot?.querySelector('[role="option"]') != null, 'somebody is found');
  },
  'a conversation': async (shown) => {
    await opened('g', '.state.bad')(shown);
    await until(() => shown.find('parley-link-card')?.shadowRoot?.textContent?.includes('CT Thorax') === true, 'the item is shown');
  },
  'who is in': async (shown) => {
    await opened('g', 'parley-participants')(shown);
    await until(() => shown.find('.invoker') !== null, 'the button is there');
    shown.find('.invoker')?.click();
    await until(() => shown.find('.people li') !== null, 'all are listed');
  },
  'a conversation of two': opened('d', '.under'),
  'an ended conversation': opened('ended', '.prompt'),
  'a conversation that one left': opened('left', '.prompt'),
  'no connection': async (shown) => {
    await opened('g', '.state.waiting')(shown);
    shown.made.client.connection$.next({
      state: 'waiting',
      reason: 'server-unreachable',
      offlineSince: NOON,
      retryAt: Date.now() + 60_000,
    });
    await until(() => shown.find('.notice.warn') !== null, 'it says so');
  },
};

async function open(theme = 'light'): Promise<Shown> {
  const made = stage();
  made.resolve = async ({ id }) => (id === 'denied' ? { denied: true } : { title: `CT Thorax ${LONG}`, subtitle: LONG });
  everyState(made);
  const place = show(html`
    <parley-session .client=${made.client}></parley-session>
    <parley-chat-panel style="--parley-chat-panel-width: 320px" theme=${theme} open></parley-chat-panel>
  `);
  const panel = must<ChatPanel>(place, 'parley-chat-panel');
  await settled(panel);
  const find = (selector: string): HTMLElement | null => deep(panel.shadowRoot!, selector);
  await until(() => find('parley-chat-list') !== null, 'the inside is there');
  return { made, panel, find };
}

/** All elements that are shown, through all shadow roots. */
function shownIn(root: ParentNode): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>('*')]
    .filter((one) => one.checkVisibility())
    .flatMap((one) => [one, ...(one.shadowRoot === null ? [] : shownIn(one.shadowRoot))]);
}

/** Scrolls sideways, or hangs out of the panel. What is cut on purpose, with an ellipsis or for screen readers only, does not count. */
function overflowing(panel: ChatPanel): string[] {
  const { left, right } = part(panel, 'section').getBoundingClientRect();
  return shownIn(panel.shadowRoot!)
    .filter((one) => !one.matches('.visually-hidden, svg *'))
    .filter((one) => {
      const box = one.getBoundingClientRect();
      const scrolls = /auto|scroll/.test(getComputedStyle(one).overflowX) && one.scrollWidth > one.clientWidth + 1;
      return (
        scrolls ||
        (one.matches('button, input, textarea, header, .bubble, .option, .notice, .card') && (box.right > right + 1 || box.left < left - 1))
      );
    })
    .map((one) => `${one.localName}.${one.className}`);
}

/** Names of what moves. What fades in once does not. */
function moving(panel: ChatPanel): string[] {
  return shownIn(panel.shadowRoot!)
    .flatMap((one) => one.getAnimations())
    .filter(({ effect }) => {
      const { iterations, activeDuration } = effect?.getComputedTiming() ?? {};
      const changes = (effect as KeyframeEffect).getKeyframes().flatMap((frame) => Object.keys(frame));
      const fades = changes.every((name) => ['opacity', 'offset', 'easing', 'composite', 'computedOffset'].includes(name));
      return Number(activeDuration) > 20 && !(fades && iterations === 1);
    })
    .map((one) => (one instanceof CSSAnimation ? one.animationName : one.id));
}

async function forcedColors(value: 'active' | 'none'): Promise<void> {
  await executeServerCommand('forced-colors', value);
  expect(matchMedia('(forced-colors: active)').matches).to.equal(value === 'active');
}

describe('every state of the panel', () => {
  afterEach(async () => {
    clear();
    await forcedColors('none');
    await emulateMedia({ reducedMotion: 'no-preference' });
  });

  for (const look of ['light', 'dark', 'forced colours'] as const) {
    for (const [state, reach] of Object.entries(STATES)) {
      it(`[G6] ${state}, ${look}: no violation, nothing wider than 320 px`, async () => {
        if (look === 'forced colours') await forcedColors('active');
        const shown = await open(look === 'dark' ? 'dark' : 'light');
        await reach(shown);
        await accessible(shown.panel);
        expect(overflowing(shown.panel)).to.deep.equal([]);
      });
    }
  }

  it('nothing moves under reduced motion', async () => {
    await emulateMedia({ reducedMotion: 'reduce' });
    for (const state of ['loading', 'a conversation', 'no connection']) {
      const shown = await open();
      shown.made.typing.next(['mark']);
      await STATES[state]?.(shown);
      expect(moving(shown.panel), state).to.deep.equal([]);
      clear();
    }
  });
});

describe('forced colours', () => {
  beforeEach(() => forcedColors('active'));
  afterEach(async () => {
    clear();
    await forcedColors('none');
  });

  it('[G6] each availability keeps a mark of its own', async () => {
    const made = stage();
    const looks = new Set<string>();
    const all = ['available', 'busy', 'away', 'dnd', 'offline', 'unknown'] as const;
    for (const availability of all) {
      made.people.push({ id: availability, name: availability });
      made.session.presenceOf(availability).next({ availability, since: NOON });
      const place = show(html`<parley-presence-badge .client=${made.client} user=${availability} view-only></parley-presence-badge>`);
      const badge = must(place, 'parley-presence-badge');
      await settled(badge);
      looks.add(
        ['', '::before', '::after']
          .map((pseudo) => getComputedStyle(part(badge, '.mark'), pseudo))
          .map((style) =>
            [
              style.content,
              style.backgroundColor,
              style.backgroundImage,
              style.border,
              style.maskImage,
              style.clipPath,
              style.boxShadow,
              style.borderRadius,
              style.inlineSize,
              style.blockSize,
              style.transform,
            ].join(),
          )
          .join('|'),
      );
    }
    expect(looks.size).to.equal(all.length);
  });

  it('[G6] the launcher has an edge and its number stands out', async () => {
    const made = stage();
    made.session.unread$.next(3);
    const launcher = must(show(html`<parley-launcher .client=${made.client}></parley-launcher>`), 'parley-launcher');
    await settled(launcher);
    expect(getComputedStyle(part(launcher, 'button')).borderTopStyle).to.equal('solid');
    const { backgroundColor, color } = getComputedStyle(part(launcher, '.count'));
    expect(backgroundColor).to.not.equal(color);
    expect(backgroundColor).to.not.equal(getComputedStyle(part(launcher, 'button')).backgroundColor);
  });

  it('[G6] what was not sent and what waits is told by icon and word, and bubbles have an edge', async () => {
    const shown = await open();
    await STATES['a conversation']?.(shown);
    for (const tone of ['waiting', 'bad']) {
      const state = shown.find(`.state.${tone}`)!;
      expect(must(state, 'svg').getBoundingClientRect().width).to.be.greaterThan(0);
      expect(must<HTMLElement>(state, '.word').innerText.trim()).to.not.equal('');
    }
    expect(getComputedStyle(shown.find('[part="bubble"]')!).borderTopStyle).to.equal('solid');
  });
});
