import type { Row } from './report.js';
import { reasonOf } from './runner.js';
import type { Failure } from './runner.js';

/**
 * Adds the rows of the browser as they come; at `deadline` (as performance.now()) it is given up, and what it started ends with this
 * process. It is loaded here alone: it needs a browser, and the figures of the server do not.
 */
export async function measureInBrowser(
  short: boolean,
  deadline: number,
  { rows, failures, say }: { rows: Row[]; failures: Failure[]; say: (line: string) => void },
): Promise<void> {
  let over = false;
  const fail = (what: string, error: unknown): void => void (over || failures.push({ what, why: reasonOf(error) }));
  const late = new Promise<void>((resolve) => {
    const limit = Math.max(0, Math.round(deadline - performance.now()));
    AbortSignal.timeout(limit).addEventListener('abort', () => {
      fail('browser, the rest', `it took longer than the ${(limit / 1_000).toFixed(0)} s that were left`);
      over = true;
      resolve();
    });
  });
  const work = async (): Promise<void> => {
    const { measureBrowser } = await import('./browser/main.js');
    const failed = (name: string, error: unknown): void => fail(`browser, ${name}`, error);
    const found = (row: Row): void => void (over || rows.push(row));
    await measureBrowser({ short, failed, found, say: (line) => void (over || say(line)) });
  };
  await Promise.race([work().catch((error: unknown) => fail('browser', error)), late]);
}
