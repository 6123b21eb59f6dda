import type { BrowserContext, Page } from 'playwright-core';

/** What a script of the page can read of whoever was there before, by the place where it lies. */
export type Residue = Readonly<Record<string, string>>;

/** Everything that is shown, or could be: the document with all shadow roots, and what stands in its fields. */
export function readDocument(page: Page): Promise<string> {
  return page.evaluate(collectDocument);
}

/**
 * To be called within the page. By hand, because no serialisation of the browser's own goes into shadow roots that were not made to be
 * serialised, or says what somebody has typed.
 */
export function collectDocument(): string {
  const read = (node: Node): string => {
    if (node instanceof CharacterData) return node.data;
    if (!(node instanceof Element)) return [...node.childNodes].map(read).join('\n');
    const attributes = [...node.attributes].map(({ name, value }) => `${name}=${value}`).join(' ');
    const typed = 'value' in node && typeof node.value === 'string' ? node.value : '';
    const within = [...(node.shadowRoot?.childNodes ?? []), ...node.childNodes].map(read).join('\n');
    return `<${node.localName} ${attributes}>${typed}\n${within}`;
  };
  return `${document.title}\n${read(document.documentElement)}`;
}

/** All places of a page in which something of a user could be left. */
export async function readPage(page: Page): Promise<Residue> {
  const [shown, stored] = await Promise.all([readDocument(page), page.evaluate(collectStores)]);
  return { document: shown, ...stored };
}

async function collectStores(): Promise<Record<string, string>> {
  const pairs = (storage: Storage) => JSON.stringify(Object.entries(storage));
  /** Bytes as the letters that they would be, too: what was written without a cipher is found. */
  const plain = (value: unknown): string => {
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return new TextDecoder().decode(value);
    if (value instanceof Date || typeof value !== 'object' || value === null) return String(value);
    return Object.entries(value)
      .map(([key, one]) => `${key}:${plain(one)}`)
      .join(' ');
  };
  const answer = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('IndexedDB'));
    });
  const databases: string[] = [];
  for (const { name } of await indexedDB.databases()) {
    if (name === undefined) continue;
    const database = await answer(indexedDB.open(name));
    databases.push(name);
    for (const store of database.objectStoreNames) {
      const records = database.transaction(store).objectStore(store);
      const [keys, values] = await Promise.all([answer(records.getAllKeys()), answer(records.getAll())]);
      databases.push(store, plain(keys), plain(values));
    }
    database.close();
  }
  const cached: string[] = [];
  for (const name of 'caches' in globalThis ? await caches.keys() : []) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) cached.push(request.url, (await (await cache.match(request))?.text()) ?? '');
  }
  return {
    localStorage: pairs(localStorage),
    sessionStorage: pairs(sessionStorage),
    indexedDB: databases.join('\n'),
    caches: cached.join('\n'),
    performance: performance
      .getEntries()
      .map(({ name, entryType }) => `${entryType} ${name}`)
      .join('\n'),
    page: [location.href, document.cookie, window.name, JSON.stringify(history.state)].join('\n'),
    notifications: JSON.stringify((window.notifications ?? []).filter(({ closed }) => !closed)),
  };
}

declare global {
  interface Window {
    /** What the page has shown of it, where a test stands in for the operating system. */
    notifications?: { title: string; body: string; closed: boolean }[];
  }
}

/** Stands where the operating system shows notifications, for all pages of these browsers that are opened from now on. */
export async function standInForNotifications(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const shown: NonNullable<Window['notifications']> = [];
    window.notifications = shown;
    class Shown extends EventTarget {
      static readonly permission = 'granted';
      static readonly requestPermission = () => Promise.resolve('granted');
      onclick = null;
      onclose: (() => void) | null = null;
      readonly #entry: { title: string; body: string; closed: boolean };

      constructor(title: string, { body = '' }: NotificationOptions = {}) {
        super();
        this.#entry = { title, body, closed: false };
        shown.push(this.#entry);
      }

      close(): void {
        this.#entry.closed = true;
        this.onclose?.();
      }
    }
    Object.defineProperty(globalThis, 'Notification', { configurable: true, value: Shown });
  });
}

/** Where each of these words is found. */
export function findWords(residue: Residue, words: Iterable<string>): string[] {
  const found: string[] = [];
  for (const word of words) for (const [place, text] of Object.entries(residue)) if (text.includes(word)) found.push(`${word} in ${place}`);
  return found;
}
