import type { ChosenAvailability } from '#protocol';
import type { PresenceReport } from './cluster.js';

/** Where two nodes say different things of a person for a moment, what tells less holds. */
const DISCREETEST: readonly ChosenAvailability[] = ['invisible', 'dnd', 'busy', 'away', 'available'];

export type NodeReports = Map<string, { tenant: string; user: string; report: PresenceReport }>;

/** What every node says of its users, and what that makes together. */
export class PresenceBoard {
  readonly #nodes = new Map<string, NodeReports>();
  readonly #changed: (tenant: string, user: string, together: PresenceReport) => void;

  constructor(changed: (tenant: string, user: string, together: PresenceReport) => void) {
    this.#changed = changed;
  }

  set(node: string, tenant: string, user: string, report: PresenceReport): void {
    const reports = this.#nodes.get(node) ?? (new Map() as NodeReports);
    this.#nodes.set(node, reports);
    const key = keyOf(tenant, user);
    // Who is gone is told of and not kept: everybody was here once.
    if (report.online) reports.set(key, { tenant, user, report });
    else reports.delete(key);
    this.#changed(tenant, user, this.together(tenant, user) ?? report);
  }

  /** All that a node says, instead of what it said before. */
  replace(node: string, all: readonly { tenant: string; user: string; report: PresenceReport }[]): void {
    const before = this.#nodes.get(node);
    const reports: NodeReports = new Map(all.map((each) => [keyOf(each.tenant, each.user), each]));
    this.#nodes.set(node, reports);
    for (const [key, { tenant, user, report }] of before ?? []) if (!reports.has(key)) this.#tell(tenant, user, report);
    for (const [key, { tenant, user, report }] of reports)
      if (JSON.stringify(before?.get(key)?.report) !== JSON.stringify(report)) this.#tell(tenant, user, report);
  }

  /** A node is gone, and its users with it as far as they are nowhere else. */
  drop(node: string): void {
    const reports = this.#nodes.get(node);
    this.#nodes.delete(node);
    for (const { tenant, user, report } of reports?.values() ?? []) this.#tell(tenant, user, report);
  }

  of(node: string): { tenant: string; user: string; report: PresenceReport }[] {
    return [...(this.#nodes.get(node)?.values() ?? [])];
  }

  /** Undefined for somebody who is nowhere. */
  together(tenant: string, user: string): PresenceReport | undefined {
    const key = keyOf(tenant, user);
    let sum: PresenceReport | undefined;
    for (const reports of this.#nodes.values()) {
      const report = reports.get(key)?.report;
      if (report) sum = sum ? merge(sum, report) : report;
    }
    return sum;
  }

  /** How many of a tenant are somewhere, and over how many connections. */
  online(tenant: string): { people: number; connections: number } {
    const people = new Set<string>();
    let connections = 0;
    for (const reports of this.#nodes.values())
      for (const each of reports.values()) {
        if (each.tenant !== tenant) continue;
        people.add(each.user);
        connections += each.report.connections;
      }
    return { people: people.size, connections };
  }

  #tell(tenant: string, user: string, last: PresenceReport): void {
    this.#changed(tenant, user, this.together(tenant, user) ?? { ...last, online: false, active: false, connections: 0 });
  }
}

function merge(one: PresenceReport, other: PresenceReport): PresenceReport {
  const rank = (report: PresenceReport) => DISCREETEST.indexOf(report.availability);
  const { availability, message, busyOnCall } = rank(one) <= rank(other) ? one : other;
  return {
    online: true,
    active: one.active || other.active,
    availability,
    message,
    busyOnCall,
    connections: one.connections + other.connections,
  };
}

const keyOf = (tenant: string, user: string): string => `${tenant}:${user}`;
