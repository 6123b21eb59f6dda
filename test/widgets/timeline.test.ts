import { expect } from 'chai';
import { PanelBody } from '../../widgets/panel/panel-body.js';
import type { Timeline } from '../../widgets/timeline/timeline.js';
import type { TimelineItem } from '#sdk';
import { accessible, clear, html, must, settled, show, until } from './support/page.js';
import { fill, mark, NOON, type Stage, stage, type StageTimeline } from './support/panel-stage.js';
import { chat } from './support/stand-in.js';
import { define } from '../../widgets/internal/define.js';

define(PanelBody);

const frame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));

interface Shown {
  stage: Stage;
  log: StageTimeline;
  timeline: Timeline;
  body: HTMLElement;
  scroller: HTMLElement;
  rows: () => HTMLElement[];
  text: () => string;
  distance: () => number;
}

async function open(
  items: (log: StageTimeline) => TimelineItem[],
  before: (made: Stage, log: StageTimeline) => void = () => undefined,
): Promise<Shown> {
  const made = stage();
  const log = made.timeline('c1');
  made.setChats(chat('c1', { head: 20_000, marks: { delivered: 20_000, read: 20_000 } }));
  log.items$.next(items(log));
  before(made, log);
  made.session.open$.next('c1');
  const page = show(
    html`<parley-panel-body
      style="position:fixed;inset:0 auto auto 0;inline-size:400px;block-size:600px"
      .client=${made.client}
    ></parley-panel-body>`,
  );
  await until(
    () => page.querySelector('parley-panel-body')?.shadowRoot?.querySelector('parley-conversation') !== null,
    'the chat is there',
  );
  await until(() => {
    try {
      return must(page, '.scroller') !== null;
    } catch {
      return false;
    }
  }, 'the log is there');
  const timeline = must<Timeline>(page, 'parley-timeline');
  const scroller = must(timeline.shadowRoot ?? page, '.scroller');
  const rows = (): HTMLElement[] => [...scroller.querySelectorAll<HTMLElement>('.row')];
  return {
    stage: made,
    log,
    timeline,
    body: must(page, 'parley-panel-body'),
    scroller,
    rows,
    text: () =>
      rows()
        .map((row) => row.innerText)
        .join('\n'),
    distance: () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight,
  };
}

/** Over three frames: between two of them nothing is laid out, however often one looks. */
async function still(shown: Shown): Promise<void> {
  const look = () => `${shown.scroller.scrollTop} ${shown.scroller.scrollHeight} ${shown.scroller.clientHeight} ${shown.rows().length}`;
  const deadline = performance.now() + 5_000;
  for (let same = 0, last = look(); same < 3;) {
    if (performance.now() > deadline) throw new Error('The log never became still.');
    await frame();
    const now = look();
    same = now === last ? same + 1 : 0;
    last = now;
  }
}

async function scrolledTo(shown: Shown, top: number): Promise<void> {
  shown.scroller.scrollTop = top;
  await frame();
  await still(shown);
}

describe('the log', () => {
  afterEach(clear);

  it('[pain 9] keeps at most 40 rows in the document with 10,000 messages, and opens at the end', async () => {
    const shown = await open((log) => fill(log, 1, 10_000));
    await until(() => shown.text().includes('message 10000'), 'the newest is shown');
    await still(shown);
    expect(shown.rows().length).to.be.within(5, 40);
    await until(() => shown.distance() < 2, `at the end, ${shown.distance()} px above it`);
    await scrolledTo(shown, shown.scroller.scrollHeight / 2);
    expect(shown.rows().length).to.be.within(5, 40);
    await scrolledTo(shown, 0);
    expect(shown.text()).to.include('message 1 ');
    expect(shown.rows().length).to.be.within(5, 40);
  });

  it('[pain 9] does not move what one reads when older messages come before it: 0 px', async () => {
    const shown = await open(
      (log) => fill(log, 5_000, 5_200),
      (_made, log) => log.state$.next({ status: 'ready', atStart: false, loadingOlder: false }),
    );
    await until(() => shown.text().includes('message 5200'), 'the newest is shown');
    await still(shown);
    await scrolledTo(shown, 1_500);
    const anchor = shown.rows().find((row) => row.getBoundingClientRect().top > shown.scroller.getBoundingClientRect().top);
    expect(anchor === undefined, 'a row in view').to.equal(false);
    const words = anchor?.innerText ?? '';
    const was = anchor?.getBoundingClientRect().top ?? 0;
    shown.log.prepend(...fill(shown.log, 4_900, 4_999));
    let worst = 0;
    for (let count = 0; count < 12; count++) {
      await frame();
      const now = shown.rows().find((row) => row.innerText === words);
      expect(now === undefined, 'the row is still there').to.equal(false);
      worst = Math.max(worst, Math.abs((now?.getBoundingClientRect().top ?? 0) - was));
    }
    expect(worst).to.be.lessThan(0.02);
  });

  it('[pain 9] lets one go up in the moment in which the view changes its height', async () => {
    const shown = await open((log) => fill(log, 1, 200));
    await until(() => shown.text().includes('message 200'), 'the newest is shown');
    await still(shown);
    for (const height of ['560px', '600px']) {
      shown.body.style.blockSize = height;
      await scrolledTo(shown, 1_500);
      expect(shown.distance(), height).to.be.greaterThan(1_000);
      await scrolledTo(shown, shown.scroller.scrollHeight);
    }
  });

  it('[pain 9] leaves nothing in the document of the rows that were scrolled past', async () => {
    const shown = await open((log) => fill(log, 1, 1_000));
    await still(shown);
    const rows = must(shown.timeline.shadowRoot ?? shown.body, '.rows');
    // Two for each row: where what it shows begins and where it ends.
    const comments = (): number =>
      [...rows.childNodes].filter((node) => node.nodeType === Node.COMMENT_NODE).length - 2 * rows.childElementCount;
    const before = comments();
    for (let top = 1_000; top <= 10_000; top += 1_000) await scrolledTo(shown, top);
    expect(comments()).to.equal(before);
  });

  it('[pain 9] asks for older messages near the top, once while it waits', async () => {
    let answer: () => void = () => undefined;
    const shown = await open(
      (log) => fill(log, 500, 560),
      (_made, log) => {
        log.state$.next({ status: 'ready', atStart: false, loadingOlder: false });
        log.loadOlder = () => {
          log.asked++;
          return new Promise<void>((resolve) => (answer = resolve));
        };
      },
    );
    await still(shown);
    expect(shown.log.asked).to.equal(0);
    await scrolledTo(shown, 40);
    await scrolledTo(shown, 0);
    expect(shown.log.asked).to.equal(1);
    shown.log.prepend(...fill(shown.log, 1, 499));
    answer();
    await still(shown);
    expect(shown.text()).to.include('message 500 ');
  });

  it('[B29] [B30] stays where one reads, and the ribbon shows author and first words of the latest message; a click goes there', async () => {
    const shown = await open((log) => fill(log, 1, 300));
    await until(() => shown.text().includes('message 300'), 'the newest is shown');
    await still(shown);
    await scrolledTo(shown, shown.scroller.scrollTop - 900);
    const was = shown.scroller.scrollTop;
    shown.log.add(shown.log.item(20_001, mark.id, 'first of two'), shown.log.item(20_002, mark.id, 'the left base looks new to me'));
    await until(() => shown.timeline.shadowRoot?.querySelector('.ribbon') != null, 'the ribbon is shown');
    expect(must(shown.timeline.shadowRoot ?? shown.scroller, '.ribbon').innerText)
      .to.include('Mark Lee')
      .and.to.include('the left base looks new');
    await still(shown);
    expect(shown.scroller.scrollTop).to.equal(was);
    must(shown.timeline.shadowRoot ?? shown.scroller, '.ribbon').click();
    await until(() => shown.distance() < 2, 'at the end');
    await until(() => shown.text().includes('the left base looks new to me'), 'the latest is shown');
    expect(shown.timeline.shadowRoot?.querySelector('.ribbon') === null).to.equal(true);
  });

  it('[B30] has no ribbon at the end, and follows what comes', async () => {
    const shown = await open((log) => fill(log, 1, 300));
    await still(shown);
    for (let seq = 20_001; seq <= 20_030; seq++) {
      shown.log.add(shown.log.item(seq, mark.id, `late ${seq}`));
      if (seq % 7 === 0) await frame();
    }
    await until(() => shown.text().includes('late 20030') && shown.distance() < 2, 'the newest is in view');
    expect(shown.timeline.shadowRoot?.querySelector('.ribbon') === null).to.equal(true);
  });

  it('[pain 9] a burst of 100 messages in one task is a few renders of the rows in view', async () => {
    const shown = await open((log) => fill(log, 1, 1_000));
    await still(shown);
    let renders = 0;
    shown.timeline.addController({ hostUpdated: () => void (renders += 1) });
    for (let seq = 20_001; seq <= 20_100; seq++) shown.log.add(shown.log.item(seq, mark.id, `burst ${seq}`));
    await settled(shown.timeline);
    await until(() => shown.text().includes('burst 20100'), 'the last of the burst is shown');
    // One for the messages, and what their heights bring; however many came.
    expect(renders).to.be.lessThan(10);
    expect(shown.timeline.renderRoot.querySelectorAll('[part~="message"]').length).to.be.lessThan(41);
  });

  it('[S19] keeps the last message in view when links stand above the text, and lets one read further up in peace', async () => {
    const shown = await open((log) => fill(log, 1, 300));
    await still(shown);
    const height = shown.scroller.clientHeight;
    shown.stage.session.drafts.update('c1', { links: [{ kind: 'study', id: '1' }] });
    await until(() => shown.scroller.clientHeight < height - 20, 'the composer has grown');
    await until(() => shown.distance() < 2, 'the last message is in view again');
    await scrolledTo(shown, shown.scroller.scrollTop - 900);
    const was = shown.scroller.scrollTop;
    shown.stage.session.drafts.update('c1', { links: [] });
    await until(() => shown.scroller.clientHeight === height, 'the composer is small again');
    await frame();
    await frame();
    expect(shown.scroller.scrollTop).to.equal(was);
  });

  it('[pain 9] [B8] the end stays in view while a text of several lines is written, grows and becomes short again', async () => {
    const shown = await open((log) => fill(log, 1, 300));
    await still(shown);
    const height = shown.scroller.clientHeight;
    for (const text of ['one', 'one\ntwo', 'one\ntwo\nthree', 'one\ntwo\nthree, four', 'one\ntwo\nthree, four, five', 'one', '']) {
      shown.stage.session.drafts.update('c1', { text });
      for (let count = 0; count < 4; count++) await frame();
      await until(() => shown.distance() < 2, `at the end with ${JSON.stringify(text)}`);
      expect(shown.scroller.clientHeight < height - 20, JSON.stringify(text)).to.equal(text.split('\n').length > 2);
    }
  });

  it('[pain 9] the end stays in view when what is beside the log is laid out twice in one task', async () => {
    const shown = await open((log) => fill(log, 1, 300));
    await still(shown);
    const beside = shown.timeline.parentNode?.querySelector<HTMLElement>('.typing');
    for (const heights of [
      ['60px', '0px', '30px'],
      ['0px', '90px', '10px'],
    ]) {
      for (const blockSize of heights) {
        if (beside) beside.style.blockSize = blockSize;
        expect(shown.scroller.clientHeight).to.be.greaterThan(100);
      }
      for (let count = 0; count < 4; count++) await frame();
      await until(() => shown.distance() < 2, 'at the end');
    }
  });

  it('[pain 9] comes back to where it was after being hidden, moved in the page, or made narrower', async () => {
    const shown = await open((log) => fill(log, 100, 300));
    await still(shown);
    const body = shown.body;
    const hide = async (act: () => Promise<void> | void): Promise<void> => {
      body.style.display = 'none';
      await frame();
      await frame();
      await act();
      await frame();
      body.style.display = '';
      await still(shown);
    };
    await hide(() => shown.log.add(shown.log.item(20_001, mark.id, 'came while hidden')));
    expect(shown.distance()).to.be.lessThan(2);
    expect(shown.text()).to.include('came while hidden');

    await scrolledTo(shown, shown.scroller.scrollTop - 2_000);
    const top = (): number => shown.scroller.getBoundingClientRect().top;
    const seen = shown.rows().find((row) => row.getBoundingClientRect().bottom > top() + 1);
    const place = (): number =>
      (shown
        .rows()
        .find((row) => row.innerText === words)
        ?.getBoundingClientRect().top ?? NaN) - top();
    const words = seen?.innerText ?? '';
    const was = place();
    await hide(() => shown.log.prepend(...fill(shown.log, 1, 99)));
    expect(place()).to.be.closeTo(was, 1);
    body.parentElement?.append(body);
    await still(shown);
    expect(place()).to.be.closeTo(was, 1);
    for (const [name, value] of [
      ['inlineSize', '320px'],
      ['fontSize', '19px'],
      ['zoom', '1.25'],
      ['direction', 'rtl'],
    ] as const) {
      body.style[name] = value;
      await still(shown);
      expect(place() / (name === 'zoom' ? 1.25 : 1), name).to.be.closeTo(was, 1);
      body.style.zoom = '';
      await still(shown);
      expect(shown.rows().length).to.be.within(5, 40);
    }
  });

  it('[pain 9] what one opens grows downwards, also at the end; closed again, the end is followed', async () => {
    const long = Array.from({ length: 60 }, (_, line) => `line ${line}`).join('\n');
    const shown = await open((log) => [...fill(log, 1, 30), log.item(20_001, mark.id, long)]);
    await still(shown);
    const button = (): HTMLElement => must(shown.timeline.shadowRoot ?? shown.scroller, '.more');
    const text = must(shown.timeline.shadowRoot ?? shown.scroller, '.row:last-child .text');
    const was = text.getBoundingClientRect().top;
    button().click();
    await until(() => text.innerText.includes('line 59'), 'it is open');
    await still(shown);
    expect(text.getBoundingClientRect().top).to.be.closeTo(was, 1);
    button().click();
    await still(shown);
    shown.log.add(shown.log.item(20_002, mark.id, 'one more'));
    await until(() => shown.text().includes('one more') && shown.distance() < 2, 'it is followed');
  });

  it('[pain 14] announces each new message of others once, own ones and old ones not', async () => {
    const shown = await open((log) => fill(log, 1, 50));
    await still(shown);
    const region = must(shown.timeline.shadowRoot ?? shown.scroller, '[role="status"].visually-hidden');
    expect(shown.scroller.getAttribute('role')).to.equal('log');
    expect(shown.scroller.getAttribute('aria-live')).to.equal('off');
    shown.log.add(shown.log.item(20_001, mark.id, 'are you there'), shown.log.item(20_002, 'anna', 'my own words'));
    await until(() => (region.textContent ?? '').includes('are you there'), 'it is announced');
    expect(region.textContent).to.include('Mark Lee: are you there').and.not.include('my own');
    for (let seq = 20_003; seq < 20_008; seq++) shown.log.add(shown.log.item(seq, mark.id, `many ${seq}`));
    await until(() => (region.textContent ?? '').includes('5 new messages'), 'a burst is summed up');
  });

  it('[E12] puts the 24-hour time in front, days between, and says once who started it', async () => {
    const shown = await open((log) => [
      log.item(1, mark.id, { kind: 'started', users: ['anna', 'mark'] }, NOON - 86_400_000),
      log.item(2, mark.id, 'yesterday', NOON - 86_300_000),
      log.item(3, mark.id, 'today, three hours later', NOON),
    ]);
    await until(() => shown.text().includes('today, three hours later'), 'it is shown');
    const times = [...shown.scroller.querySelectorAll('.line time')].map((time) => time.textContent);
    expect(times.every((time) => /^([01]\d|2[0-3]):[0-5]\d$/.test(time ?? ''))).to.equal(true);
    expect(shown.scroller.querySelectorAll('.separator')).to.have.length(2);
    expect(shown.scroller.querySelector('.start') === null).to.equal(true);
    expect(shown.text()).to.match(/^[^\n]+\n+\d\d:\d\d\s+Mark Lee started the chat/);
  });

  it('[B17] says where one joined when there is more before', async () => {
    const shown = await open((log) => [log.item(40, mark.id, { kind: 'joined', users: ['anna'] }), log.item(41, mark.id, 'welcome')]);
    await until(() => shown.text().includes('welcome'), 'it is shown');
    expect(shown.scroller.querySelector('.start')?.textContent).to.match(/^You joined here, \d\d:\d\d$/);
  });

  it('[E14] has one line for each message in the log style: time, name, text', async () => {
    const shown = await open((log) => [log.item(1, mark.id, 'hello there')]);
    shown.timeline.messageStyle = 'log';
    await settled(shown.timeline);
    expect(must(shown.scroller, '.message').innerText.replace(/\s+/g, ' ').trim()).to.match(/^\d\d:\d\d Mark Lee hello there$/);
  });

  it('says how each own message is, in words: sending, waiting, not sent with retry and discard', async () => {
    const shown = await open((log) => [log.item(1, mark.id, 'hello')]);
    shown.log.add(
      shown.log.pending({ cid: 'w', text: 'later', state: 'waiting' }),
      shown.log.pending({ cid: 'n', text: 'refused', state: 'not-sent' }),
    );
    await until(() => shown.text().includes('Not sent'), 'it is said');
    expect(shown.text()).to.include('Will be sent when connected');
    const [retry, discard] = [...shown.scroller.querySelectorAll<HTMLButtonElement>('.state button')];
    retry?.click();
    discard?.click();
    expect(shown.stage.calls).to.include('retry n').and.to.include('discard n');
  });

  it('[C3] keeps the row when the echo of a sent message comes', async () => {
    const shown = await open((log) => [log.item(1, mark.id, 'hello')]);
    shown.log.add(shown.log.pending({ cid: 'cid-2', text: 'mine' }));
    await until(() => shown.text().includes('mine'), 'the local echo is shown');
    const row = shown.rows().at(-1);
    shown.log.items$.next([shown.log.items[0] as TimelineItem, shown.log.item(2, 'anna', 'mine')]);
    await until(() => shown.text().includes('Sent'), 'it is sent');
    expect(shown.rows().at(-1) === row).to.equal(true);
  });

  it('shows a problem with a way to try again, and nothing axe complains about', async () => {
    const shown = await open((log) => fill(log, 1, 30));
    await still(shown);
    await accessible(shown.timeline);
    shown.log.state$.next({ status: 'error', atStart: false, loadingOlder: false });
    await settled(shown.timeline);
    must(shown.timeline.shadowRoot ?? shown.scroller, '.problem button').click();
    expect(shown.log.retries).to.equal(1);
  });
});
