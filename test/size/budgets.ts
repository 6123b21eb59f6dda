/** Bytes after gzip -9. A budget changes only in the commit that explains it. */
export interface Budget {
  /** The file that a page loads. */
  entry: string;
  /**
   * Only what it loads at once, what it has loaded when somebody is signed in, what a chat needs, everything that it may ever load in English, or
   * each other language by itself.
   */
  of: 'load' | 'signed in' | 'chat' | 'everything' | 'language';
  gzip: number;
  why: string;
}

/** Chunks that come when somebody is signed in and a chat is opened, by their names (PARTS of rollup.config.mjs). */
export const OF_A_CHAT: readonly string[] = ['inside', 'noticing'];
export const CHUNKS: { readonly [of in Budget['of']]?: readonly string[] } = { 'signed in': ['noticing', 'signed-in'], chat: OF_A_CHAT };

export const BUDGETS: readonly Budget[] = [
  {
    entry: 'parley.js',
    of: 'load',
    gzip: 35_840,
    why: 'SDK, session, badge, launcher, link button: every page of a host pays it. Lit is an eighth of it, and what only an open chat needs is no part of it. Comparable chats cost 320 to 640 kB.',
  },
  {
    entry: 'parley.js',
    of: 'signed in',
    gzip: 41_984,
    why: 'The same, with unsent text on disk and the bell: what is moved from the load to the sign-in is not saved.',
  },
  {
    entry: 'parley.js',
    of: 'chat',
    gzip: 73_728,
    why: 'To sign in, open a chat and write: the page with the list, the log, the field and what rings. Less than one photograph, opened in a second on a slow line.',
  },
  {
    entry: 'parley.js',
    of: 'everything',
    gzip: 120_832,
    why: 'Contacts, dialogs and menus in one file, emoji in another: loaded when first opened. A file shares no dictionary with the next, so there are ten. Comparable interfaces load 320 to 670 kB at once.',
  },
  {
    entry: 'parley.js',
    of: 'language',
    gzip: 16_384,
    why: 'Languages are loaded one at a time, after the elements: who reads English loads none, everybody else one.',
  },
  {
    entry: 'ohif.js',
    of: 'load',
    gzip: 4_096,
    why: 'The extension alone, while a viewer waits for its configuration: the elements come when the viewer is open.',
  },
  {
    entry: 'fhircast.js',
    of: 'load',
    gzip: 7_168,
    why: 'Subscription, renewal and the reading of events; loaded by hosts with a hub only, and it brings no library.',
  },
  {
    entry: 'iframe.js',
    of: 'load',
    gzip: 6_144,
    why: 'Both sides of the bridge in one file, of which a page uses one.',
  },
  {
    entry: 'links.js',
    of: 'load',
    gzip: 3_072,
    why: 'Five templates and their checks: a page may load them without thinking of it.',
  },
];
