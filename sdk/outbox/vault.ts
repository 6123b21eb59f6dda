/** What nobody has come back for in this time is taken off the disk: nobody else could read it. ms */
const FORGOTTEN = 90 * 24 * 3_600_000;

type Bytes = Uint8Array<ArrayBuffer>;

/** A record as it lies on disk. */
interface Sealed {
  /** Whose it is, as only their key tells. */
  owner: string;
  name: string;
  at: number;
  iv: Bytes;
  /** Null: to be taken away. */
  data: ArrayBuffer | null;
}

/**
 * Records of one user in this browser's IndexedDB, of which nothing can be read there: not whose they are, what they are about or what they
 * say (attack 71). The key is made of what the server tells after the sign-in and of this browser's own salt, and is in memory only.
 */
export class Vault {
  /** A name for this user on this device that says nothing to anybody else. */
  readonly owner: string;
  /** Told when nothing can be read or written any more, although it was not closed. */
  lost = (): void => {};

  readonly #db: IDBDatabase;
  readonly #key: CryptoKey;
  readonly #nameOf: (key: string) => Promise<string>;
  readonly #waiting = new Map<string, unknown>();
  #next: Promise<boolean> | null = null;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(db: IDBDatabase, key: CryptoKey, owner: string, nameOf: (key: string) => Promise<string>) {
    this.#db = db;
    this.#key = key;
    this.owner = owner;
    this.#nameOf = nameOf;
  }

  /** Rejects where the browser has no place for it, or keeps it from the page. */
  static async open(secret: string): Promise<Vault> {
    const opening = indexedDB.open('parley', 1);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore('device');
      opening.result.createObjectStore('records', { keyPath: ['owner', 'name'] });
    };
    const db = await done(opening);
    const salt = await saltOf(db);
    const base = await crypto.subtle.importKey('raw', bytesOf(secret), 'HKDF', false, ['deriveKey', 'deriveBits']);
    const purpose = (info: string) => ({ name: 'HKDF', hash: 'SHA-256', salt, info: utf8(info) });
    const nameOf = async (key: string) => hex(await crypto.subtle.deriveBits(purpose(`name ${key}`), base, 128));
    const aes = { name: 'AES-GCM', length: 256 };
    const key = await crypto.subtle.deriveKey(purpose('records'), base, aes, false, ['encrypt', 'decrypt']);
    const vault = new Vault(db, key, await nameOf('owner'), nameOf);
    // A later version of this page wants another layout, or the person wants it all deleted: neither is kept waiting.
    db.onversionchange = () => {
      db.close();
      vault.lost();
    };
    // The browser took it away.
    db.onclose = () => vault.lost();
    return vault;
  }

  /** Everything that is this user's; what cannot be read is left out. Rejects where nothing can be read any more. */
  async all(): Promise<unknown[]> {
    const records = this.#db.transaction('records').objectStore('records');
    const sealed = (await done(records.getAll(IDBKeyRange.bound([this.owner], [this.owner, []])))) as Sealed[];
    const read = await Promise.all(sealed.map((record) => this.#unseal(record).catch(() => null)));
    return read.filter((value) => value !== null);
  }

  /**
   * Writes or, with null, removes the record of this key. What is asked for at once is written at once or not at all, so that a message
   * and the draft that it was are never both there. Resolves to true when it is on the disk itself.
   */
  write(key: string, value: unknown): Promise<boolean> {
    this.#waiting.set(key, value);
    if (this.#next === null) this.#last = this.#next = this.#last.then(() => this.#flush());
    return this.#next;
  }

  /** After what was asked for is written. */
  close(): void {
    void this.#last.then(() => this.#db.close());
  }

  async #flush(): Promise<boolean> {
    const batch = [...this.#waiting];
    this.#waiting.clear();
    this.#next = null;
    try {
      const sealed = await Promise.all(batch.map(([key, value]) => this.#seal(key, value)));
      const writing = this.#db.transaction('records', 'readwrite', { durability: 'strict' });
      const records = writing.objectStore('records');
      for (const record of sealed) {
        if (record.data === null) records.delete([record.owner, record.name]);
        else records.put(record);
      }
      await complete(writing);
      return true;
    } catch {
      return false;
    }
  }

  async #seal(key: string, value: unknown): Promise<Sealed> {
    const name = await this.#nameOf(key);
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const data = value === null ? null : await crypto.subtle.encrypt(this.#cipher(iv, name), this.#key, utf8(JSON.stringify(value)));
    return { owner: this.owner, name, at: Date.now(), iv, data };
  }

  async #unseal({ name, iv, data }: Sealed): Promise<unknown> {
    return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(this.#cipher(iv, name), this.#key, data ?? new ArrayBuffer())));
  }

  /** Bound to its place: a record that was put where another was is none. */
  #cipher(iv: Bytes, name: string): AesGcmParams {
    return { name: 'AES-GCM', iv, additionalData: utf8(this.owner + name) };
  }
}

/** Two tabs that open at once agree, because the first to write decides. Also takes away what was forgotten. */
async function saltOf(db: IDBDatabase): Promise<Bytes> {
  const writing = db.transaction(['device', 'records'], 'readwrite', { durability: 'strict' });
  const device = writing.objectStore('device');
  const salt = ((await done(device.get('salt'))) as Bytes | undefined) ?? crypto.getRandomValues(new Uint8Array(32));
  device.put(salt, 'salt');
  const looking = writing.objectStore('records').openCursor();
  looking.onsuccess = () => {
    const { result } = looking;
    if (result && Date.now() - (result.value as Sealed).at > FORGOTTEN) result.delete();
    result?.continue();
  };
  await complete(writing);
  return salt;
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB'));
  });
}

function complete(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    // Also the end of what failed, such as a disk that is full at the last moment.
    transaction.onabort = () => reject(transaction.error ?? new Error('IndexedDB'));
  });
}

const utf8 = (text: string): Bytes => new TextEncoder().encode(text);

function bytesOf(base64url: string): Bytes {
  return Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
}

function hex(bits: ArrayBuffer): string {
  return [...new Uint8Array(bits)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
