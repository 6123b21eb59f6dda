import type { AuditDraft } from './audit-storage.js';

/** Who may do less from now on, part of `Storage` (G13). */
export interface RevocationStorage {
  /** Every token of this user that was issued until now is refused. Whom the directory does not have may be revoked too. */
  revokeUser(tenant: string, user: string, record?: AuditDraft): Promise<void>;
  /** Tokens of this user that were issued until then are refused: ms UTC, 0 when none was. Deactivation revokes too. */
  tokensSince(tenant: string, user: string): Promise<number>;
  /**
   * What each node has to act on within a second, since the cursor of the last call; null starts from now. May name some again, never
   * misses one, and asks the primary: it tells what was committed before the call.
   */
  revocationsSince(cursor: string | null): Promise<Revocations>;
}

export interface Revocations {
  cursor: string;
  /** Revoked or deactivated: tokens issued until `at` (ms UTC) are refused. */
  users: { tenant: string; user: string; at: number }[];
  /** Left or removed; they may be in again. */
  members: { tenant: string; conversation: string; user: string }[];
  /** The directory gives them other rights than before. */
  people: { tenant: string; user: string }[];
  /** The policies are others than before. */
  tenants: string[];
}
