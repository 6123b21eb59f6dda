import type { PhoneState } from '#protocol';
import type { Cluster, PhoneReport } from '../cluster/cluster.js';
import { userKey } from './rooms.js';

interface Phone extends PhoneReport {
  tenant: string;
  /** Its end has passed. */
  expired: boolean;
}

/** Phones of which the last word is kept: a source that names more than a tenant has people must not fill the memory. */
const REMEMBERED = 100_000;

/** The other half of presence (B43). A source that says nothing any more is dead: its phones are unknown, and never idle (SPEC W7). */
export class PhoneTracker {
  readonly #phones = new Map<string, Phone>();
  readonly #now: () => number;
  readonly #changed: (tenant: string, user: string) => void;
  readonly #timer: NodeJS.Timeout;
  readonly #most: number;

  constructor(parts: {
    cluster: Cluster;
    now: () => number;
    sweep: number;
    changed: (tenant: string, user: string) => void;
    most?: number;
  }) {
    this.#most = parts.most ?? REMEMBERED;
    this.#now = parts.now;
    this.#changed = parts.changed;
    parts.cluster.onPhone((tenant, report) => this.#reported(tenant, report));
    this.#timer = setInterval(() => this.#sweep(), parts.sweep);
    this.#timer.unref();
  }

  /** Undefined while no telephony is connected for this person. */
  stateOf(tenant: string, user: string): PhoneState | undefined {
    const phone = this.#phones.get(userKey(tenant, user));
    if (!phone || phone.state === 'absent') return undefined;
    return this.#now() < phone.expiresAt ? phone.state : 'unknown';
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #reported(tenant: string, report: PhoneReport): void {
    const key = userKey(tenant, report.user);
    this.#phones.delete(key);
    if (report.state !== 'absent') this.#phones.set(key, { ...report, tenant, expired: false });
    this.#changed(tenant, report.user);
    if (this.#phones.size > this.#most) this.#forgetLongest();
  }

  /** The one of which nothing was said for the longest time. */
  #forgetLongest(): void {
    const [longest] = this.#phones;
    if (!longest) return;
    const [key, { tenant, user }] = longest;
    this.#phones.delete(key);
    this.#changed(tenant, user);
  }

  /** One walk for all phones: a timer for each would be set anew with every word of the source. */
  #sweep(): void {
    const now = this.#now();
    for (const phone of this.#phones.values()) {
      if (phone.expired || now < phone.expiresAt) continue;
      phone.expired = true;
      this.#changed(phone.tenant, phone.user);
    }
  }
}
