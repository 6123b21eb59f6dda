import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import fc from 'fast-check';
import { createParley } from '#sdk';
import type { OutboxItem, Parley, TimelineItem, TimelineState, TimelineStore } from '#sdk';
import { CONVERSATION, FakeServer, OTHER } from './support/fake-server.js';

const clients: Parley[] = [];
afterEach(() => clients.splice(0).forEach((client) => client.dispose()));

const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 60; turn++) await Promise.resolve();
};

interface Opened {
  server: FakeServer;
  parley: Parley;
  timeline: TimelineStore;
  lines: () => readonly TimelineItem[];
  state: () => TimelineState;
  revealed: () => number | null;
  /** Pages asked for since the last call. */
  asked: () => number;
  close: () => void;
}

/** A log of this length, watched as the panel does it. `seen` is given the lines of every moment. */
async function opened(
  length: number,
  seen: (lines: readonly TimelineItem[], server: FakeServer) => void = () => undefined,
): Promise<Opened> {
  const server = new FakeServer();
  for (let seq = 1; seq <= length; seq++) server.log.push(entry(seq));
  const parley = createParley({ server: 'http://parley.test', token: () => 'token', environment: server.environment() });
  clients.push(parley);
  const session = await parley.connect();
  const timeline = session.timeline(CONVERSATION);
  let lines: readonly TimelineItem[] = [];
  let state: TimelineState = { status: 'loading', atStart: false, loadingOlder: false };
  let revealed: number | null = null;
  const watching = timeline.items$.subscribe((now) => seen((lines = now), server));
  timeline.state$.subscribe((now) => (state = now));
  timeline.revealed$.subscribe((now) => (revealed = now?.seq ?? null));
  await turns();
  let counted = 0;
  return {
    server,
    parley,
    timeline,
    lines: () => lines,
    state: () => state,
    revealed: () => revealed,
    asked: () => {
      const all = server.sent.filter(({ name }) => name === 'entry:range').length;
      const since = all - counted;
      counted = all;
      return since;
    },
    close: () => watching.unsubscribe(),
  };
}

const entry = (seq: number): FakeServer['log'][number] => ({
  conversation: CONVERSATION,
  seq,
  cid: `00000000-0000-7000-8000-${seq.toString(16).padStart(12, '0')}`,
  author: OTHER,
  at: seq,
  body: { kind: 'message', text: `${seq}`, links: [] },
});

const told = (lines: readonly TimelineItem[]): string[] =>
  lines.reduce<string[]>((out, line) => {
    if (line.type === 'gap') return [...out, `gap ${line.from}-${line.to}`];
    if (line.type === 'pending') return [...out, 'pending'];
    const last = /^(\d+)-(\d+)$/.exec(out.at(-1) ?? '');
    if (last && Number(last[2]) + 1 === line.entry.seq) return [...out.slice(0, -1), `${last[1]}-${line.entry.seq}`];
    return [...out, `${line.entry.seq}-${line.entry.seq}`];
  }, []);

test('[pain 9] whoever goes on walking back gets as much again as is held, up to the most that an answer holds', async () => {
  const { timeline, lines } = await opened(1_000);
  const held = [lines().length];
  while (lines().length < 1_000) {
    await timeline.loadOlder();
    held.push(lines().length);
  }
  assert.deepEqual(held, [50, 100, 200, 400, 600, 800, 1_000]);
});

test('[M7] [D4] an entry of long ago is revealed with one page around it, and the gap to the newest page is a line', async () => {
  const { timeline, lines, revealed, asked, state } = await opened(100_000);
  assert.equal(asked(), 1);
  timeline.reveal(5_000);
  await turns();
  assert.equal(asked(), 1);
  assert.equal(revealed(), 5_000);
  assert.deepEqual(told(lines()), ['4975-5024', 'gap 5025-99950', '99951-100000']);
  assert.equal(state().status, 'ready');
  assert.equal(state().atStart, false);
  timeline.reveal(4_990);
  await turns();
  assert.equal(asked(), 0, 'what is held is not asked for');
  assert.equal(revealed(), 4_990);
});

test('[M7] [D4] a gap fills from the end that one comes to, the log goes back from the oldest entry, and what comes live is not held up by either', async () => {
  const { timeline, lines, server, asked, state } = await opened(1_000);
  timeline.reveal(5);
  await turns();
  asked();
  assert.deepEqual(told(lines()), ['1-50', 'gap 51-950', '951-1000']);
  assert.equal(state().atStart, true);
  await timeline.loadGap({ from: 51, to: 950 }, 'older');
  assert.deepEqual(told(lines()), ['1-100', 'gap 101-950', '951-1000']);
  await timeline.loadGap({ from: 101, to: 950 }, 'newer');
  assert.deepEqual(told(lines()), ['1-100', 'gap 101-900', '901-1000']);
  assert.equal(asked(), 2);
  await timeline.loadGap({ from: 51, to: 950 }, 'older');
  assert.equal(asked(), 0, 'a gap that is not there any more is not asked for');
  server.tell('entry:added', { entry: server.commit(OTHER, 'next') });
  assert.equal(told(lines()).at(-1), '901-1001');
  assert.equal(asked(), 0);
  server.commit(OTHER, 'lost on the way');
  server.tell('entry:added', { entry: server.commit(OTHER, 'after it') });
  await turns();
  assert.equal(told(lines()).at(-1), '901-1003');
  assert.equal(asked(), 1, 'only what is missing at the end');
});

test('[M7] who reads an old entry stays known to have the newest: receipts and the outbox go by the newest page', async () => {
  const { timeline, lines, parley, server } = await opened(1_000);
  timeline.reveal(5);
  await turns();
  let waiting: readonly OutboxItem[] | undefined;
  parley.session?.outbox.items$.subscribe((items) => (waiting = items));
  const item = parley.session?.send(CONVERSATION, { text: 'mine' });
  await turns();
  server.sends()[0]?.answer();
  server.tell('entry:added', { entry: server.log[1_000] as FakeServer['log'][number] });
  await turns();
  const last = lines().at(-1);
  assert.equal(last?.key, item?.cid);
  assert.equal(last?.type, 'entry');
  assert.deepEqual(waiting, []);
});

test('[M7] [G9] a reveal without a connection is kept, and carried out with the next one', async () => {
  const { timeline, server, revealed, lines } = await opened(1_000);
  server.accepting = false;
  server.drop();
  timeline.reveal(5);
  await turns();
  assert.equal(revealed(), null);
  server.accepting = true;
  await clients[0]?.connect();
  await turns();
  assert.equal(revealed(), 5);
  assert.equal(told(lines())[0], '1-50');
});

test('[M7] beyond the end of the log the newest entry is revealed, and nothing is asked for again and again', async () => {
  const { timeline, revealed, asked } = await opened(80);
  asked();
  for (const wrong of [5_000, Number.NaN, -3, 0.5]) timeline.reveal(wrong);
  await turns();
  assert.equal(revealed(), 1);
  timeline.reveal(5_000);
  await turns();
  assert.equal(revealed(), 80);
  assert.ok(asked() <= 3);
});

test('[M7] nobody looks any more: the next one who opens the chat sees its end', async () => {
  const { timeline, revealed, close } = await opened(1_000);
  timeline.reveal(5);
  await turns();
  assert.equal(revealed(), 5);
  close();
  assert.equal(revealed(), null);
});

test('[M7] a chat is opened at an entry', async () => {
  const { parley, revealed } = await opened(1_000);
  const session = parley.session;
  let open: string | null = null;
  session?.open$.subscribe((now) => (open = now));
  session?.open(CONVERSATION, { at: 12 });
  await turns();
  assert.equal(open, CONVERSATION);
  assert.equal(revealed(), 12);
});

const LENGTH = 700;
const step = fc.oneof(
  fc.record({ live: fc.boolean() }),
  fc.record({ reveal: fc.integer({ min: 1, max: LENGTH + 20 }) }),
  fc.record({ older: fc.constant(true) }),
  fc.record({ gap: fc.nat(5), end: fc.constantFrom('older' as const, 'newer' as const) }),
  fc.record({ wait: fc.constant(true) }),
);

test('[G6] [D1] [D2] [D3] [D4] [M7] whatever is revealed, scrolled to and comes live, no hole is shown as if there were none, and nothing held is lost', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const ever = new Set<number>();
      // A subscriber that throws is not heard of.
      const faults: string[] = [];
      const { server, timeline, lines, revealed, asked, parley, close } = await opened(LENGTH, (now) => {
        let last = 0;
        const held = new Set<number>();
        for (const line of now) {
          if (line.type === 'pending') continue;
          const [from, to] = line.type === 'gap' ? [line.from, line.to] : [line.entry.seq, line.entry.seq];
          if ((last > 0 && from !== last + 1) || to < from) faults.push(`${from}-${to} follows ${last}`);
          last = to;
          if (line.type === 'entry') held.add(line.entry.seq);
        }
        for (const seq of ever) if (!held.has(seq)) faults.push(`${seq} is lost`);
        for (const seq of held) ever.add(seq);
      });
      asked();
      let allowed = 0;
      for (const one of steps) {
        if ('live' in one) {
          const entry = server.commit(OTHER, 'live');
          // Every second one is lost on its way.
          if (one.live) server.tell('entry:added', { entry });
          allowed++;
        } else if ('reveal' in one) {
          allowed++;
          timeline.reveal(one.reveal);
          await turns();
          assert.equal(revealed(), Math.min(one.reveal, server.log.length));
          assert.ok(lines().some((line) => line.type === 'entry' && line.entry.seq === revealed()));
        } else if ('older' in one) {
          allowed++;
          void timeline.loadOlder();
        } else if ('gap' in one) {
          const gap = lines().filter((line) => line.type === 'gap')[one.gap];
          if (gap?.type === 'gap') void timeline.loadGap(gap, one.end);
          allowed++;
        } else await turns();
      }
      server.tell('entry:added', { entry: server.commit(OTHER, 'last') });
      await turns();
      assert.ok(asked() <= allowed + 1, 'not more pages than were wanted');
      const end = lines().at(-1);
      assert.equal(end?.type === 'entry' ? end.entry.seq : 0, server.log.length);
      for (;;) {
        const gap = lines().find((line) => line.type === 'gap');
        if (gap?.type !== 'gap') break;
        await timeline.loadGap(gap, 'newer');
      }
      while (lines()[0]?.type === 'entry' && lines()[0]?.key !== '1') await timeline.loadOlder();
      assert.deepEqual(told(lines()), [`1-${server.log.length}`]);
      close();
      parley.dispose();
      assert.deepEqual(faults, []);
    }),
    { numRuns: 60 },
  );
});
