import type { Page } from 'playwright-core';
import type {} from '../../widgets/index.js';

/** One line of a timeline as the page holds it. */
export interface Line {
  seq: number;
  cid: string;
  author: string;
  text: string;
}

interface Watch {
  /** What was wrong at any moment at which the timeline was shown, not only at the end. */
  wrong: string[];
  renders: number;
  lines: Line[];
  /** Own messages without a number yet. */
  pending: number;
  gaps: number;
  /** How often a connection that carried messages was lost. */
  lost: number;
}

declare global {
  interface Window {
    watch: Watch;
  }
}

/** Follows a conversation's timeline in the page through the element's client, and checks it each time that it would be rendered (G6). */
export async function watchTimeline(page: Page, conversation: string): Promise<void> {
  await page.evaluate((id) => {
    const client = document.querySelector('parley-session')?.client;
    const session = client?.session;
    if (!session) throw new Error('nobody is signed in');
    const watch: Watch = { wrong: [], renders: 0, lines: [], pending: 0, gaps: 0, lost: 0 };
    window.watch = watch;
    let open = false;
    client.connection$.subscribe(({ state }) => {
      const wasOpen = open;
      open = state === 'ready' || state === 'catching-up';
      if (wasOpen && !open) watch.lost += 1;
    });
    session.timeline(id).items$.subscribe((items) => {
      watch.renders += 1;
      watch.lines = [];
      watch.pending = 0;
      watch.gaps = 0;
      const cids = new Set<string>();
      let last = 0;
      let sawPending = false;
      for (const item of items) {
        if (item.type === 'gap') {
          watch.gaps += 1;
          last = item.to;
          continue;
        }
        const cid = item.type === 'entry' ? item.entry.cid : item.item.cid;
        if (cids.has(cid)) watch.wrong.push(`render ${String(watch.renders)}: ${cid} twice`);
        cids.add(cid);
        if (item.type === 'pending') {
          watch.pending += 1;
          sawPending = true;
          continue;
        }
        const { seq, author, body } = item.entry;
        if (sawPending) watch.wrong.push(`render ${String(watch.renders)}: ${String(seq)} below what is still being sent`);
        if (last !== 0 && seq !== last + 1) watch.wrong.push(`render ${String(watch.renders)}: ${String(seq)} after ${String(last)}`);
        last = seq;
        if (body.kind === 'message') watch.lines.push({ seq, cid, author, text: body.text });
      }
    });
  }, conversation);
}

export function watched(page: Page): Promise<Watch> {
  return page.evaluate(() => ({ ...window.watch }));
}

/** Puts messages into the page's outbox, as the composer does. */
export async function say(page: Page, conversation: string, texts: string[]): Promise<void> {
  await page.evaluate(
    ([id, lines]) => {
      for (const text of lines) document.querySelector('parley-session')?.client?.session?.send(id, { text, links: [] });
    },
    [conversation, texts] as const,
  );
}
