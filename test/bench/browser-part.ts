import type { Row } from './report.js';
import { reasonOf } from './runner.js';
import type { Failure } from './runner.js';

/**
 * Adds the rows of the browser as they come; after `limit` ms it is given up, and what it started ends with this process. The rest of it is
 * loaded here alone: it needs a browser, and the figures of the server do not.
 */
export async function measureInBrowser(
  short: boolean,
  limit: number,
  { rows, failures }: { rows: Row[]; failures: Failure[] },
): Promise<void> {
  let over = false;
  const fail = (what: string, error: unknown): void => void (over || failures.push({ what, why: reasonOf(error) }));
  const late = new Promise<void>((resolve) => {
    AbortSignal.timeout(limit).addEventListener('abort', () => {
      fail('browser, the rest', `it took longer than ${String(limit / 1_000)} s`);
      over = true;
      resolve();
    });
  });
  const work = async (): Promise<void> => {
    const { measureBrowser } = await import('./browser/main.js');
    const failed = (name: string, error: unknown): void => fail(`browser, ${name}`, error);
    const found = (row: Row): void => void (over || rows.push(row));
    await measureBrowser({ short, failed, found });
  };
  await Promise.race([work().catch((error: unknown) => fail('browser', error)), late]);
}
