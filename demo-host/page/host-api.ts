import type { Appointment } from '../appointments.js';
import type { Call } from '../exchange/exchange.js';
import type { DemoGroup, DemoMailbox } from '../groups.js';
import type { ShownMail } from '../host/mail-api.js';
import type { NetworkConditions } from '../network/network-proxy.js';
import type { DemoPerson } from '../people.js';
import type { DemoPolicies } from '../policies.js';
import type { Resource } from '../resources.js';
import type { ReceivedMail } from '../smtp/received-mails.js';
import type { Study } from '../studies.js';
import type { DemoTenant } from '../tenants.js';

export type { Appointment } from '../appointments.js';
export type { Call, ExchangeState } from '../exchange/exchange.js';
export type { DemoGroup, DemoMailbox } from '../groups.js';
export type { ShownMail } from '../host/mail-api.js';
export type { DemoPerson } from '../people.js';
export type { DemoPolicies } from '../policies.js';
export type { ReceivedMail } from '../smtp/received-mails.js';
export type { DemoTenant, HostName } from '../tenants.js';
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
  readonly #region: string;

  /** `region` is for people who work for several; their usual one without it. */
  constructor(as: string, region = '') {
    this.#as = as;
    this.#region = region;
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
  tenants(): Promise<DemoTenant[]> {
    return this.#get('tenants');
  }
  mails(): Promise<ShownMail[]> {
    return this.#get('mails');
  }
  mail(id: string): Promise<ShownMail> {
    return this.#get(`mails/${encodeURIComponent(id)}`);
  }
  mailboxes(): Promise<DemoMailbox[]> {
    return this.#get('mailboxes');
  }
  addressBook(): Promise<{ groups: DemoGroup[]; mailboxes: DemoMailbox[] }> {
    return this.#get('address-book');
  }
  appointments(): Promise<Appointment[]> {
    return this.#get('appointments');
  }
  received(): Promise<ReceivedMail[]> {
    return this.#get('received');
  }
  call(id: string): Promise<Call> {
    return this.#get(`exchange/calls/${encodeURIComponent(id)}`);
  }
  /** A key of the operator's console; rejects with what the exchange says when it cannot be done. */
  async press(act: 'ring' | 'answer' | 'hold' | 'release' | 'transfer', id?: string): Promise<void> {
    await this.#ask('POST', `exchange/${act}`, id === undefined ? {} : { id });
  }
  policies(): Promise<DemoPolicies> {
    return this.#get('policies');
  }
  changePolicies(change: Partial<DemoPolicies>): Promise<DemoPolicies> {
    return this.#ask('PUT', 'policies', change);
  }
  resetPolicies(): Promise<DemoPolicies> {
    return this.#ask('POST', 'policies/reset', {});
  }

  /** The playground's wire. */
  setNetwork(conditions: NetworkConditions): Promise<{ cuts: number }> {
    return this.#ask('PUT', 'network', conditions);
  }
  cutNetwork(): Promise<{ cuts: number }> {
    return this.#ask('POST', 'network/cut', {});
  }
  image(uid: string, number: number): string {
    return this.address(`studies/${uid}/images/${String(number)}`);
  }

  address(path: string): string {
    const region = this.#region === '' ? '' : `&region=${encodeURIComponent(this.#region)}`;
    return `/api/${path}?as=${encodeURIComponent(this.#as)}${region}`;
  }

  #get<T>(path: string): Promise<T> {
    return this.#ask('GET', path);
  }

  async #ask<T>(method: string, path: string, sent?: object): Promise<T> {
    const response = await fetch(
      this.address(path),
      sent ? { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(sent) } : {},
    );
    const body: unknown = await response.json().catch(() => null);
    if (response.ok) return body as T;
    const said = typeof body === 'object' && body !== null ? ('reason' in body ? body.reason : 'error' in body ? body.error : '') : '';
    throw new Refused(response.status, typeof said === 'string' && said !== '' ? said : `The server answered ${String(response.status)}`);
  }
}
