import type { Row } from './report.js';
import { reasonOf } from './runner.js';
import type { Failure } from './runner.js';

/** Loaded when it is asked for: it needs a browser, and the figures of the server do not. */
export async function browserPart(short: boolean, failures: Failure[]): Promise<Row[]> {
  const { measureBrowser } = await import('./browser/main.js');
  const failed = (what: string, error: unknown): void => void failures.push({ what: `browser, ${what}`, why: reasonOf(error) });
  return measureBrowser({ short, failed });
}
