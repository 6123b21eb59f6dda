/** Bytes after gzip -9. A budget changes only in the commit that explains it. */
export interface Budget {
  /** The file that a page loads. */
  entry: string;
  /** Everything that it may ever load, or only what it loads at once. */
  of: 'load' | 'everything';
  gzip: number;
  why: string;
}

export const BUDGETS: readonly Budget[] = [
  {
    entry: 'parley.js',
    of: 'load',
    gzip: 40_960,
    why: 'SDK, session, badge, launcher, link button: every page of a host pays it. Comparable chats cost 320 to 640 kB.',
  },
  {
    entry: 'parley.js',
    of: 'everything',
    gzip: 66_560,
    why: 'The panel too: still less than one photograph, opened in a second on a slow line.',
  },
];
