import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { PredefinedMessage } from '#protocol';
import type { TenantPolicies } from '../../domain/policies.js';
import type { TenantRecord } from '../directory-storage.js';
import { isShownOtherwise } from '../sql/shown-policies.js';
import { RevocationWriter } from './revocations.js';

export class TenantReader {
  readonly #find: StatementSync;

  constructor(db: DatabaseSync) {
    this.#find = db.prepare('SELECT policies, predefined FROM tenants WHERE tenant = ?');
  }

  tenant(tenant: string): TenantRecord {
    const row = this.#find.get(tenant);
    if (!row) return { policies: {}, predefined: [] };
    return {
      policies: JSON.parse(String(row['policies'])) as Partial<TenantPolicies>,
      predefined: JSON.parse(String(row['predefined'])) as PredefinedMessage[],
    };
  }
}

export class TenantWriter {
  readonly #reader: TenantReader;
  readonly #put: StatementSync;
  readonly #reviseAll: StatementSync;
  readonly #revocations: RevocationWriter;

  constructor(db: DatabaseSync) {
    this.#reader = new TenantReader(db);
    this.#revocations = new RevocationWriter(db);
    this.#put = db.prepare(
      `INSERT INTO tenants (tenant, policies, predefined) VALUES (?, ?, ?)
       ON CONFLICT (tenant) DO UPDATE SET policies = excluded.policies, predefined = excluded.predefined`,
    );
    this.#reviseAll = db.prepare(
      `UPDATE user_states SET revision = revision + 1, changed = (SELECT coalesce(max(changed), 0) + 1 FROM user_states) WHERE tenant = ?`,
    );
  }

  setPolicies(tenant: string, change: Partial<TenantPolicies>): TenantRecord {
    const before = this.#reader.tenant(tenant);
    const policies = { ...before.policies, ...change };
    this.#put.run(tenant, JSON.stringify(policies), JSON.stringify(before.predefined));
    if (isShownOtherwise(before.policies, policies)) this.#reviseAll.run(tenant);
    this.#revocations.tenantChanged(tenant);
    return { policies, predefined: before.predefined };
  }

  setPredefined(tenant: string, messages: readonly PredefinedMessage[]): TenantRecord {
    const { policies } = this.#reader.tenant(tenant);
    this.#put.run(tenant, JSON.stringify(policies), JSON.stringify(messages));
    return { policies, predefined: [...messages] };
  }
}
