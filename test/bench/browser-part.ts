import type { Row } from './report.js';

/** Loaded when it is asked for: it needs a browser, and the figures of the server do not. */
export async function browserPart(short: boolean): Promise<Row[]> {
  const { measureBrowser } = await import('./browser/main.js');
  return measureBrowser({ short });
}
