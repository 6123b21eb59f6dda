import { expect } from 'chai';
import { sendKeys } from '@web/test-runner-commands';
import { PanelBody } from '../../widgets/panel/panel-body.js';
import type { Timeline } from '../../widgets/timeline/timeline.js';
import type { TimelineItem } from '#sdk';
import { accessible, clear, html, must, settled, show, until } from './support/page.js';
import { fill, mark, type Stage, stage, type StageTimeline } from './support/panel-stage.js';
import { chat } from './support/stand-in.js';
import { define } from '../../widgets/internal/define.js';

define(PanelBody);

const frame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));

let made: Stage;
let log: StageTimeline;
let page: HTMLElement;
let timeline: Timeline;

interface Opening {
  items: (log: StageTimeline) => readonly TimelineItem[];
  unread?: number;
  read?: number;
  width?: string;
  before?: () => void;
}

async function open({ items, unread = 0, read = 20_000, width = '400px', before = () => undefined }: Opening): Promise<void> {
  made = stage();
  log = made.timeline('c1');
  made.setChats(chat('c1', { head: 20_000, unread, marks: { delivered: 20_000, read } }));
  log.items$.next(items(log));
  before();
  made.session.open$.next('c1');
  page = show(
    html`<parley-panel-body
      style=${`position:fixed;inset:0 auto auto 0;inline-size:${width};block-size:600px`}
      .client=${made.client}
    ></parley-panel-body>`,
  );
  await until(() => {
    try {
      timeline = must<Timeline>(page, 'parley-timeline');
      return within('.scroller') !== null;
    } catch {
      return false;
    }
  }, 'the log is there');
  await still();
}

const within = <E extends HTMLElement = HTMLElement>(selector: string): E => must<E>(timeline.shadowRoot as ShadowRoot, selector);
const has = (selector: string): boolean => timeline.shadowRoot?.querySelector(selector) !== null;
const scroller = (): HTMLElement => within('.scroller');
const rows = (): HTMLElement[] => [...scroller().querySelectorAll<HTMLElement>('.row')];
const rowOf = (words: string): HTMLElement | undefined => rows().find(({ innerText }) => innerText.includes(words));
const placeOf = (words: string): number =>
  (rowOf(words)?.getBoundingClientRect().top ?? Number.NaN) - scroller().getBoundingClientRect().top;
const distance = (): number => scroller().scrollHeight - scroller().scrollTop - scroller().clientHeight;

/** Until nothing moves any more for three frames. */
async function still(): Promise<void> {
  let same = 0;
  let last = '';
  await until(() => {
    const now = `${scroller().scrollTop} ${scroller().scrollHeight} ${rows().length}`;
    same = now === last ? same + 1 : 0;
    last = now;
    return same >= 3;
  }, 'the log is still');
}

/** An island of old messages, a gap, and the newest page. */
const island = (of: StageTimeline): TimelineItem[] => [
  ...fill(of, 4_975, 5_024),
  { type: 'gap', key: 'gap:5025-19950', from: 5_025, to: 19_950 },
  ...fill(of, 19_951, 20_000),
];

/** As the store does it: a page of 50 from one end. */
function bridge(gap: { from: number; to: number }, end: 'older' | 'newer'): void {
  const at = log.items.findIndex((item) => item.type === 'gap' && item.from === gap.from);
  const [from, to] = end === 'older' ? [gap.from, gap.from + 49] : [gap.to - 49, gap.to];
  const left = end === 'older' ? { from: to + 1, to: gap.to } : { from: gap.from, to: from - 1 };
  const line: TimelineItem = { type: 'gap', key: `gap:${left.from}-${left.to}`, ...left };
  const page = fill(log, from, to);
  log.items$.next([...log.items.slice(0, at), ...(end === 'older' ? [...page, line] : [line, ...page]), ...log.items.slice(at + 1)]);
}

describe('jumps in the log', () => {
  afterEach(clear);

  it('[M7] [pain 9] a line of long ago comes into view, is marked and read out once, and nothing moves afterwards: 0 px', async () => {
    await open({
      items: (of) => fill(of, 19_951, 20_000),
      before: () => log.state$.next({ status: 'ready', atStart: false, loadingOlder: false }),
    });
    log.bridge = bridge;
    log.items$.next(island(log));
    log.revealed$.next({ seq: 5_000 });
    await until(() => rowOf('message 5000 ') !== undefined, 'it is there');
    await settled(timeline);
    expect(rowOf('message 5000 ')?.classList.contains('found')).to.equal(true);
    const was = placeOf('message 5000 ');
    expect(was).to.be.within(20, scroller().clientHeight / 2);
    const region = within('[role="status"].visually-hidden');
    await until(() => region.textContent?.includes('message 5000') === true, 'it is read out');
    let worst = 0;
    for (let count = 0; count < 12; count++) {
      await frame();
      worst = Math.max(worst, Math.abs(placeOf('message 5000 ') - was));
    }
    log.prepend(...fill(log, 4_925, 4_974));
    log.add(log.item(20_001, mark.id, 'something new'));
    for (let count = 0; count < 12; count++) {
      await frame();
      worst = Math.max(worst, Math.abs(placeOf('message 5000 ') - was));
    }
    expect(worst).to.be.lessThan(1);
    expect(rows().length).to.be.within(5, 40);
    await until(() => !has('.found'), 'the mark goes');
    await accessible(timeline);
  });

  it('[M7] [B30] the ribbon leads back to the newest message', async () => {
    await open({ items: island });
    log.revealed$.next({ seq: 5_000 });
    await until(() => rowOf('message 5000 ') !== undefined, 'it is there');
    await until(() => has('.ribbon'), 'there is a way back');
    expect(within('.ribbon').innerText).to.include('message 20000');
    within('.ribbon').focus();
    await sendKeys({ press: 'Enter' });
    await until(() => rowOf('message 20000 ') !== undefined && distance() < 2, 'at the end');
    await until(() => !has('.ribbon'), 'no ribbon at the end');
  });

  it('[M7] one that is on the last screen needs no way back, and the same one again comes into view again', async () => {
    await open({ items: island });
    log.revealed$.next({ seq: 20_000 });
    await until(() => has('.found'), 'it is marked');
    await still();
    expect(has('.ribbon')).to.equal(false);
    log.revealed$.next({ seq: 5_000 });
    await until(() => rowOf('message 5000 ') !== undefined, 'the first time');
    await still();
    scroller().scrollTop = scroller().scrollHeight;
    await until(() => rowOf('message 20000 ') !== undefined, 'at the end');
    log.revealed$.next({ seq: 5_000 });
    await until(() => rowOf('message 5000 ') !== undefined, 'again');
  });

  it('[pain 9] a gap is filled from the side that one comes from, and what one reads stays: 0 px', async () => {
    await open({ items: island });
    const asked: string[] = [];
    log.bridge = (gap, end) => {
      asked.push(end);
      bridge(gap, end);
    };
    log.revealed$.next({ seq: 5_020 });
    await until(() => rowOf('message 5020 ') !== undefined, 'it is there');
    await until(() => asked.length > 0, 'the gap below is filled');
    expect(asked).to.deep.equal(asked.map(() => 'older'));
    await still();
    const was = placeOf('message 5020 ');
    await until(() => rowOf('message 5026 ') !== undefined, 'it goes on below');
    expect(placeOf('message 5020 ')).to.be.closeTo(was, 1);
    timeline.scrollToEnd();
    await until(() => distance() < 2 && rowOf('message 20000 ') !== undefined, 'at the end');
    await still();
    asked.length = 0;
    for (let count = 0; count < 30 && asked.length === 0; count++) {
      scroller().scrollTop -= 150;
      await frame();
    }
    expect(asked[0]).to.equal('newer');
    await still();
    expect(rows().length).to.be.within(5, 40);
    expect(scroller().scrollTop > 500, 'the view did not fall to what is above the gap').to.equal(true);
  });

  it('[G25] [pain 9] a gap that could not be filled is asked for again, without a turn of the wheel', async () => {
    await open({ items: island });
    let asked = 0;
    let refusing = true;
    log.loadGap = (gap, end) => {
      asked++;
      if (refusing) return Promise.reject(new Error('not now'));
      bridge(gap, end);
      return Promise.resolve();
    };
    log.revealed$.next({ seq: 5_020 });
    await until(() => asked > 0 && rowOf('Loading messages') !== undefined, 'it was refused, and it is said that something is missing');
    await still();
    refusing = false;
    await until(() => rowOf('message 5025 ') !== undefined, 'it is there');
  });

  it('[pain 9] a chat with more unread than fit leads to the first of them, until it was in view', async () => {
    await open({ items: (of) => fill(of, 19_801, 20_000), unread: 60, read: 19_940, before: () => log.newFrom$.next(19_941) });
    await until(() => has('.first-new'), 'there is a way to it');
    expect(within('.first-new').innerText.trim()).to.equal('60 new messages');
    expect(within('.first-new').getBoundingClientRect().height).to.be.at.least(24);
    await accessible(timeline);
    within('.first-new').focus();
    await sendKeys({ press: 'Enter' });
    expect(log.sought).to.deep.equal([19_941]);
    log.revealed$.next({ seq: 19_941 });
    await until(() => has('.separator.new'), 'the separator is there');
    await until(() => !has('.first-new'), 'the button has done its work');
    expect(timeline.shadowRoot?.activeElement === scroller(), 'the focus is in the log').to.equal(true);
    timeline.scrollToEnd();
    await until(() => distance() < 2, 'at the end');
    await still();
    expect(has('.first-new')).to.equal(false);
  });

  it('[pain 9] there is none when all unread are in view, and it goes when one scrolls there', async () => {
    await open({ items: (of) => fill(of, 19_901, 20_000), unread: 2, read: 19_998, before: () => log.newFrom$.next(19_999) });
    expect(has('.separator.new')).to.equal(true);
    expect(has('.first-new')).to.equal(false);
    clear();
    await open({ items: (of) => fill(of, 19_901, 20_000), unread: 40, read: 19_960, before: () => log.newFrom$.next(19_961) });
    await until(() => has('.first-new'), 'there is a way to it');
    for (let count = 0; count < 60 && has('.first-new'); count++) {
      scroller().scrollTop -= 100;
      await frame();
      await settled(timeline);
    }
    expect(has('.separator.new') && !has('.first-new')).to.equal(true);
  });

  it('the way to the first unread one goes when one has answered', async () => {
    await open({ items: (of) => fill(of, 19_801, 20_000), unread: 60, read: 19_940, before: () => log.newFrom$.next(19_941) });
    await until(() => has('.first-new'), 'there is a way to it');
    log.add(log.item(20_001, 'anna', 'agreed'));
    await until(() => !has('.first-new'), 'it is gone');
  });

  it('[pain 12] [M7] a chat that opens at an older message is not read by that, and its unread ones are further down', async () => {
    await open({
      items: island,
      unread: 30,
      read: 19_970,
      before: () => {
        log.newFrom$.next(19_971);
        log.state$.next({ status: 'ready', atStart: false, loadingOlder: false, seeking: true });
      },
    });
    must<HTMLElement>(page, 'parley-conversation').focus();
    log.revealed$.next({ seq: 5_000 });
    log.state$.next({ status: 'ready', atStart: false, loadingOlder: false, seeking: false });
    await until(() => rowOf('message 5000 ') !== undefined, 'it is there');
    await still();
    expect(has('.first-new')).to.equal(false);
    expect(made.calls.filter((call) => call.startsWith('read'))).to.deep.equal([]);
    within('.ribbon').click();
    await until(() => has('.first-new'), 'from the end, the way to the first unread is up');
    must<HTMLElement>(page, 'parley-conversation').focus();
    await until(() => made.calls.includes('read c1'), 'at the end it is read');
  });

  for (const width of ['320px', '400px', '900px'])
    it(`[M7] a message that was found opens its chat at it, by keyboard, ${width} wide`, async () => {
      await open({ items: island, width });
      made.session.conversations.searchMessages = async () => {
        const hit = log.item(5_000, mark.id, 'the left base');
        return { hits: hit.type === 'entry' ? [hit.entry] : [], next: null };
      };
      made.session.open$.next(null);
      const field = (): HTMLInputElement => must<HTMLInputElement>(page, 'input');
      await until(() => {
        try {
          return field().checkVisibility();
        } catch {
          return false;
        }
      }, 'the list is there');
      field().focus();
      await sendKeys({ type: 'base' });
      await until(() => must(page, 'parley-chat-list').shadowRoot?.querySelector('[id^="option-"] .words') !== null, 'it is found');
      await sendKeys({ press: 'Enter' });
      await until(() => made.calls.includes('open c1 at 5000') || made.client.calls.includes('open c1 at 5000'), 'it is opened there');
    });
});
