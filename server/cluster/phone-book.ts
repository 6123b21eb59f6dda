import type { PhoneReport } from './cluster.js';

/** Phones of which this node was told itself, for those nodes that come later. */
export class PhoneBook {
  readonly #tenants = new Map<string, Map<string, PhoneReport>>();

  keep(tenant: string, reports: readonly PhoneReport[]): void {
    const phones = this.#tenants.get(tenant) ?? new Map<string, PhoneReport>();
    for (const report of reports) {
      if (report.state === 'absent') phones.delete(report.user);
      else phones.set(report.user, report);
    }
    if (phones.size > 0) this.#tenants.set(tenant, phones);
    else this.#tenants.delete(tenant);
  }

  /** Those whose word still holds; the others are forgotten. */
  known(now = Date.now()): { tenant: string; reports: PhoneReport[] }[] {
    for (const [tenant, phones] of this.#tenants) {
      for (const [user, { expiresAt }] of phones) if (expiresAt <= now) phones.delete(user);
      if (phones.size === 0) this.#tenants.delete(tenant);
    }
    return [...this.#tenants].map(([tenant, phones]) => ({ tenant, reports: [...phones.values()] }));
  }
}
