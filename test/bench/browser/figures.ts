import type { Browser, CDPSession, Page } from 'playwright-core';

/** One figure of the page's own accounts; `TaskDuration` and its kind in seconds of the processor, see `BrowserGround.open`. */
export async function metric(debug: CDPSession, name: string): Promise<number> {
  const { metrics } = await debug.send('Performance.getMetrics');
  const found = metrics.find((one) => one.name === name);
  if (!found) throw new Error(`the browser does not count ${name}`);
  return found.value;
}

/** Time of the processor that the page's main thread takes for it, in ms. */
export async function mainThread(debug: CDPSession, act: () => Promise<unknown>): Promise<number> {
  const before = await metric(debug, 'TaskDuration');
  await act();
  return 1_000 * ((await metric(debug, 'TaskDuration')) - before);
}

/** Bytes of the heap, nodes in and out of the document, and what listens to events of the page. */
export interface Alive {
  heap: number;
  nodes: number;
  listeners: number;
}

/** What is alive after all that is dead was thrown away. */
export async function alive(debug: CDPSession): Promise<Alive> {
  // What ends in a callback of the collector is gone only after the next one.
  for (let round = 0; round < 3; round += 1) await debug.send('HeapProfiler.collectGarbage');
  const { usedSize: heap } = await debug.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners: listeners } = await debug.send('Memory.getDOMCounters');
  return { heap, nodes, listeners };
}

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  tdur?: number;
}

/** The longest that the page's main thread did nothing else, in ms of the processor and of the clock. */
export interface Block {
  cpu: number;
  clock: number;
}

const BEGIN = 'parley-bench-begin';

/** Every task of the page's main thread from the beginning of what is done until `act` resolves; the longest of them. */
export async function longestBlock(browser: Browser, page: Page, act: () => Promise<unknown>): Promise<Block> {
  await browser.startTracing(page, { categories: ['toplevel', 'blink.user_timing'] });
  await page.evaluate((name) => performance.mark(name), BEGIN);
  await act();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const begin = traceEvents.find(({ name }) => name === BEGIN);
  if (!begin) throw new Error('the trace does not say where it begins');
  const tasks = traceEvents.filter(
    ({ ph, pid, tid, ts, name }) => ph === 'X' && pid === begin.pid && tid === begin.tid && ts > begin.ts && name.endsWith('RunTask'),
  );
  const longest = (of: (event: TraceEvent) => number): number => Math.max(0, ...tasks.map(of)) / 1_000;
  return { cpu: longest(({ tdur = 0 }) => tdur), clock: longest(({ dur = 0 }) => dur) };
}
