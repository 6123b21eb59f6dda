import { isDeepStrictEqual } from 'node:util';
import type { Policies, PredefinedMessage } from '#protocol';
import type { Cluster } from '../cluster/cluster.js';
import { policiesFor } from '../domain/policies.js';
import type { Rights, TenantPolicies, TenantSettings } from '../domain/policies.js';
import type { Logger } from '../logger.js';
import type { AuditDraft } from '../storage/audit-storage.js';
import type { Storage } from '../storage/storage.js';

interface Known extends TenantSettings {
  /** The few sets of policies that the tenant's users have, each made once: thousands of sessions share them. */
  variants: (Policies | undefined)[];
}

export interface PolicyBookParts {
  storage: Storage;
  cluster: Cluster;
  /** What holds where a tenant decided nothing. */
  defaults: TenantPolicies;
  /** The server can send mail. */
  mail: boolean;
  /** Milliseconds until a change that could not be read is asked for again: at first, and at most after doubling each time. */
  retry: { first: number; longest: number };
  logger: Logger;
}

export type TenantListener = (tenant: string, before: TenantSettings, now: TenantSettings) => void;

/** What each tenant decided: read at its first use, kept, and read again when any node says that it changed. */
export class PolicyBook {
  readonly #parts: PolicyBookParts;
  readonly #known = new Map<string, Known>();
  /** The last read of each tenant: the next one waits for it, so that an older answer never comes after a newer one. */
  readonly #reading = new Map<string, Promise<TenantSettings>>();
  /** Tenants of which the last read failed, each with the read that is to come. */
  readonly #retries = new Map<string, { wait: number; timer: NodeJS.Timeout }>();
  readonly #listeners: TenantListener[] = [];
  #closed = false;

  constructor(parts: PolicyBookParts) {
    this.#parts = parts;
    parts.cluster.onNotice((notice) => {
      if (notice.type === 'tenant') this.refresh(notice.tenant);
    });
  }

  /** What the tenant decided is something else than before. Of one that nobody here belongs to, the next one who comes reads it. */
  refresh(tenant: string): void {
    if (this.#known.has(tenant) || this.#reading.has(tenant)) this.#readAgain(tenant).catch(() => undefined);
  }

  /** Hears of every change that concerns a tenant of which this node has read. */
  onChange(listener: TenantListener): void {
    this.#listeners.push(listener);
  }

  /** To be awaited before a tenant's first session: afterwards `of` knows it. */
  async read(tenant: string): Promise<TenantSettings> {
    return this.#known.get(tenant) ?? this.#reading.get(tenant) ?? this.#readAgain(tenant);
  }

  /** What is known now. Somebody of whose tenant nothing was read is shown nothing. */
  of(tenant: string): TenantSettings {
    return this.#known.get(tenant) ?? { policies: { ...this.#parts.defaults, enabled: false }, predefined: [] };
  }

  policiesOf(tenant: string, rights: Rights): Policies {
    const known = this.#known.get(tenant);
    if (!known) return policiesFor(this.of(tenant).policies, rights, this.#parts.mail);
    return (known.variants[variantOf(rights)] ??= policiesFor(known.policies, rights, this.#parts.mail));
  }

  /** Anything is told to the tenant's users at all (E1). */
  hears(tenant: string): boolean {
    return this.#known.get(tenant)?.policies.enabled ?? false;
  }

  /** Stores the change and resolves when this node acts by it. */
  async setPolicies(tenant: string, change: Partial<TenantPolicies>, record?: AuditDraft): Promise<TenantSettings> {
    await this.#parts.storage.setPolicies(tenant, change, record);
    return this.#changed(tenant);
  }

  async setPredefined(tenant: string, messages: readonly PredefinedMessage[], record?: AuditDraft): Promise<TenantSettings> {
    await this.#parts.storage.setPredefined(tenant, messages, record);
    return this.#changed(tenant);
  }

  /** Asks for nothing any more. */
  close(): void {
    this.#closed = true;
    for (const { timer } of this.#retries.values()) clearTimeout(timer);
  }

  async #changed(tenant: string): Promise<TenantSettings> {
    const read = this.#readAgain(tenant);
    this.#parts.cluster.announce({ type: 'tenant', tenant });
    return read;
  }

  #readAgain(tenant: string): Promise<TenantSettings> {
    const before = this.#reading.get(tenant);
    const reading = (async () => {
      await before?.catch(() => undefined);
      const { policies, predefined } = await this.#parts.storage.tenant(tenant);
      return this.#keep(tenant, { ...this.#parts.defaults, ...policies }, predefined);
    })();
    this.#reading.set(tenant, reading);
    const done = () => {
      if (this.#reading.get(tenant) === reading) this.#reading.delete(tenant);
    };
    reading.then(
      () => {
        done();
        clearTimeout(this.#retries.get(tenant)?.timer);
        this.#retries.delete(tenant);
      },
      (error: unknown) => {
        done();
        // Whoever is signed in goes on by what was known; of a tenant of which nothing was, the next one who comes reads it.
        if (this.#known.has(tenant) && !this.#reading.has(tenant)) this.#retryLater(tenant, error);
      },
    );
    return reading;
  }

  #retryLater(tenant: string, error: unknown): void {
    if (this.#closed) return;
    const { retry, logger } = this.#parts;
    const before = this.#retries.get(tenant);
    clearTimeout(before?.timer);
    const wait = Math.min(retry.longest, before ? before.wait * 2 : retry.first);
    logger.warn({ err: error, tenant, wait }, 'what a tenant decided could not be read');
    const timer = setTimeout(() => void this.#readAgain(tenant).catch(() => undefined), wait).unref();
    this.#retries.set(tenant, { wait, timer });
  }

  #keep(tenant: string, policies: TenantPolicies, predefined: readonly PredefinedMessage[]): TenantSettings {
    const before = this.#known.get(tenant);
    if (before && isDeepStrictEqual(before.policies, policies) && isDeepStrictEqual(before.predefined, predefined)) return before;
    const now: Known = { policies, predefined, variants: [] };
    this.#known.set(tenant, now);
    if (before) for (const listener of this.#listeners) listener(tenant, before, now);
    return now;
  }
}

/** A small number for each set of rights: every command asks for its policies, and a text for each would be garbage. */
function variantOf({ claim, directory, admin, auditor }: Rights): number {
  const said = claim === undefined ? 0 : claim ? 8 : 16;
  return said + (directory ? 4 : 0) + (admin ? 2 : 0) + (auditor ? 1 : 0);
}
