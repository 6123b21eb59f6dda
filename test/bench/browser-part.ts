import type { Row } from './report.js';

/** What test/bench/browser/ exports. */
interface BrowserBench {
  measureBrowser(options: { short: boolean }): Promise<Row[]>;
}

/** Loaded when it is asked for: it needs a browser, and the figures of the server do not. */
export async function browserPart(short: boolean): Promise<Row[]> {
  const { measureBrowser } = (await import(new URL('./browser/main.js', import.meta.url).href)) as BrowserBench;
  return measureBrowser({ short });
}
