import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { ParleyError } from '#protocol/errors';
import type { Acting } from '../acting.js';
import type { Revocations } from '../revocation-storage.js';
import { sortRevocations } from '../sql/revocations.js';
import type { RevocationRow } from '../sql/revocations.js';

/** Writes what every node must act on, each in the transaction of the change itself. */
export class RevocationWriter {
  readonly #insert: StatementSync;
  readonly #latest: StatementSync;
  readonly #now: () => number;

  constructor(db: DatabaseSync, now: () => number = Date.now) {
    this.#insert = db.prepare('INSERT INTO revocations (tenant, kind, user_id, at) VALUES (?, ?, ?, ?)');
    this.#latest = db.prepare("SELECT max(at) AS at FROM revocations WHERE tenant = ? AND user_id = ? AND kind = 'tokens'");
    this.#now = now;
  }

  /** A clock that was set back takes nothing back. */
  revokeUser(tenant: string, user: string): void {
    const latest = Number(this.#latest.get(tenant, user)?.['at'] ?? 0);
    this.#insert.run(tenant, 'tokens', user, Math.max(latest, this.#now()));
  }

  personChanged(tenant: string, user: string): void {
    this.#insert.run(tenant, 'person', user, this.#now());
  }

  tenantChanged(tenant: string): void {
    this.#insert.run(tenant, 'tenant', null, this.#now());
  }
}

/** There is one writer, so ids grow in the order in which commits become visible. */
export class RevocationReader {
  readonly #latest: StatementSync;
  readonly #head: StatementSync;
  readonly #since: StatementSync;

  constructor(db: DatabaseSync) {
    this.#latest = db.prepare("SELECT max(at) AS at FROM revocations WHERE tenant = ? AND user_id = ? AND kind = 'tokens'");
    this.#head = db.prepare('SELECT coalesce(max(id), 0) AS id FROM revocations');
    this.#since = db.prepare('SELECT id, tenant, kind, user_id AS user, conversation, at FROM revocations WHERE id > ? ORDER BY id');
  }

  tokensSince(tenant: string, user: string): number {
    return Number(this.#latest.get(tenant, user)?.['at'] ?? 0);
  }

  /** @throws ParleyError UNAUTHENTICATED when their token was revoked. */
  requireToken({ tenant, user, issuedAt }: Acting): void {
    if (issuedAt <= this.tokensSince(tenant, user)) throw new ParleyError('UNAUTHENTICATED');
  }

  since(cursor: string | null): Revocations {
    if (cursor === null) return sortRevocations(String(this.#head.get()?.['id']), []);
    const rows = this.#since.all(Number(cursor)) as unknown as (RevocationRow & { id: number })[];
    return sortRevocations(String(rows.at(-1)?.id ?? cursor), rows);
  }
}
