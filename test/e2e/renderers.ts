import { readFileSync, readdirSync } from 'node:fs';
import type { Page } from 'playwright-core';

/** So long a page that is not stopped has to answer. ms */
const ANSWER = 1_500;

/** The process in which this page runs: the one without which it does not answer. It must not be the one of `other`. */
export async function rendererOf(page: Page, other: Page): Promise<number> {
  for (const pid of renderers(process.pid)) {
    process.kill(pid, 'SIGSTOP');
    const [stopped, alive] = await Promise.all([page, other].map(async (one) => !(await answers(one)))).then(([a, b]) => [a, !b]);
    process.kill(pid, 'SIGCONT');
    if (stopped && alive) return pid;
  }
  throw new Error('the page has no process of its own');
}

async function answers(page: Page): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => (timer = setTimeout(() => resolve(false), ANSWER)));
  const answered = await Promise.race([page.evaluate(() => true), late]);
  clearTimeout(timer);
  return answered;
}

/** Of all browsers that this process has started. */
function renderers(ancestor: number): number[] {
  const parents = new Map<number, number>();
  const found: number[] = [];
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      // The name of the program, in brackets, may have anything in it.
      const parent = Number(/\) \S+ (\d+) /.exec(readFileSync(`/proc/${name}/stat`, 'utf8'))?.[1]);
      parents.set(Number(name), parent);
      if (readFileSync(`/proc/${name}/cmdline`, 'utf8').includes('--type=renderer')) found.push(Number(name));
    } catch {
      // It has ended meanwhile.
    }
  }
  const isOurs = (pid: number): boolean => pid === ancestor || (pid > 1 && isOurs(parents.get(pid) ?? 0));
  return found.filter(isOurs);
}
