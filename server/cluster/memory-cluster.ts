import type {
  Cluster,
  ClusterNotice,
  Limiter,
  NoticeListener,
  PhoneListener,
  PhoneReport,
  PresenceListener,
  PresenceReport,
  RateLimit,
} from './cluster.js';
import { MemoryLimiter } from './memory-limiter.js';
import type { Publication, PublicationListener } from './publication.js';

/** A cluster of one node, or of one that hears nothing of the others: what they commit to the store it finds there (SPEC H1). */
export class MemoryCluster implements Cluster {
  readonly shared: boolean;
  readonly up: boolean;
  readonly adapter = undefined;
  readonly #reports = new Map<string, Map<string, PresenceReport>>();
  readonly #listeners: PresenceListener[] = [];
  readonly #phoneListeners: PhoneListener[] = [];
  readonly #noticeListeners: NoticeListener[] = [];
  readonly #publicationListeners: PublicationListener[] = [];

  readonly #now: (() => number) | undefined;

  /** `now`: the clock of its limits, in milliseconds. */
  constructor({ shared = false, now }: { shared?: boolean; now?: () => number } = {}) {
    this.#now = now;
    this.shared = shared;
    this.up = !shared;
  }

  publish(publications: readonly Publication[]): void {
    for (const publication of publications) for (const listener of this.#publicationListeners) listener(publication, true);
  }

  onPublication(listener: PublicationListener): void {
    this.#publicationListeners.push(listener);
  }

  onUp(): void {
    // It stays as it is.
  }

  hearOthersWhile(): void {
    // They say nothing.
  }

  start(): Promise<void> {
    return Promise.resolve();
  }

  report(tenant: string, user: string, report: PresenceReport): void {
    const users = this.#reports.get(tenant) ?? new Map<string, PresenceReport>();
    // Who is gone is told of and not kept: everybody was here once.
    if (report.online) this.#reports.set(tenant, users.set(user, report));
    else if (users.delete(user) && users.size === 0) this.#reports.delete(tenant);
    for (const listener of this.#listeners) listener(tenant, user, report);
  }

  online(tenant: string): { people: number; connections: number } {
    const reports = [...(this.#reports.get(tenant)?.values() ?? [])];
    return { people: reports.length, connections: reports.reduce((sum, report) => sum + report.connections, 0) };
  }

  onPresence(listener: PresenceListener): void {
    this.#listeners.push(listener);
  }

  presences(tenant: string, users: readonly string[]): Promise<Map<string, PresenceReport>> {
    const reports = this.#reports.get(tenant);
    const found = new Map<string, PresenceReport>();
    for (const user of users) {
      const report = reports?.get(user);
      if (report) found.set(user, report);
    }
    return Promise.resolve(found);
  }

  /** Kept by who listens: there is one node, and it has listened from the start. */
  reportPhones(tenant: string, reports: readonly PhoneReport[]): void {
    for (const report of reports) for (const listener of this.#phoneListeners) listener(tenant, report);
  }

  onPhone(listener: PhoneListener): void {
    this.#phoneListeners.push(listener);
  }

  announce(notice: ClusterNotice): void {
    for (const listener of this.#noticeListeners) listener(notice);
  }

  onNotice(listener: NoticeListener): void {
    this.#noticeListeners.push(listener);
  }

  rateLimiter(limit: RateLimit): Limiter {
    return new MemoryLimiter(limit, this.#now);
  }

  close(): Promise<void> {
    for (const listeners of [this.#listeners, this.#phoneListeners, this.#noticeListeners, this.#publicationListeners])
      listeners.length = 0;
    return Promise.resolve();
  }
}
