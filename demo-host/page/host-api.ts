import type { DemoPerson } from '../people.js';
import type { Resource } from '../resources.js';
import type { Study } from '../studies.js';

export type { DemoPerson } from '../people.js';
export type ShownStudy = Omit<Study, 'pictures' | 'tenant'> & { images: number; referrerName: string };
export type ShownResource = Omit<Resource, 'updatedAgo' | 'only'> & { updatedAt: number };

/** What the back end said no to; the message is for people. */
export class Refused extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'Refused';
    this.status = status;
  }
}

/** The demo's own back end, asked as the signed-in person. */
export class HostApi {
  readonly #as: string;

  constructor(as: string) {
    this.#as = as;
  }

  /** A Parley token for the signed-in person. */
  async token(signal: AbortSignal): Promise<string> {
    const response = await fetch(this.address('token'), { signal });
    if (!response.ok) throw new Refused(response.status, 'no token');
    return response.text();
  }

  people(): Promise<DemoPerson[]> {
    return this.#get('people');
  }
  studies(): Promise<ShownStudy[]> {
    return this.#get('studies');
  }
  study(uid: string): Promise<ShownStudy> {
    return this.#get(`studies/${encodeURIComponent(uid)}`);
  }
  resources(): Promise<ShownResource[]> {
    return this.#get('resources');
  }
  resource(id: string): Promise<ShownResource> {
    return this.#get(`resources/${encodeURIComponent(id)}`);
  }
  image(uid: string, number: number): string {
    return this.address(`studies/${uid}/images/${String(number)}`);
  }

  address(path: string): string {
    return `/api/${path}?as=${encodeURIComponent(this.#as)}`;
  }

  async #get<T>(path: string): Promise<T> {
    const response = await fetch(this.address(path));
    const body: unknown = await response.json().catch(() => null);
    if (response.ok) return body as T;
    const said = typeof body === 'object' && body !== null ? ('reason' in body ? body.reason : 'error' in body ? body.error : '') : '';
    throw new Refused(response.status, typeof said === 'string' && said !== '' ? said : `The server answered ${String(response.status)}`);
  }
}
