/**
 * Acts that are written down beside the log of conversations, which is the record of everything that people do there. Ids keep their
 * meaning for good: a record names one and is never changed.
 */
export const AUDIT_ACTS = {
  /** `facts`: the names of the policies that were given. */
  policiesChanged: 'policies:changed',
  predefinedChanged: 'predefined:changed',
  userDeactivated: 'user:deactivated',
  userRevoked: 'user:revoked',
  memberRemoved: 'member:removed',
  /** A refresh with somebody else's token (attack 9). */
  foreignRefresh: 'session:foreign-refresh',
  /** A history that was asked for by who may not, or to where it may not go (attack 50). `facts.code` is the refusal. */
  historyRefused: 'history:refused',
  /** Any other refusal that has to be known of; `facts.command` and `facts.code`. */
  commandRefused: 'command:refused',
  /** An auditor read a conversation in which they are no member. */
  conversationRead: 'conversation:read',
  auditRead: 'audit:read',
  /** An administrator read that conversations are there: when and how large, not what is in them. */
  conversationsListed: 'conversations:listed',
  archiveExported: 'archive:exported',
  entryErased: 'entry:erased',
  storeBackedUp: 'store:backed-up',
  storeRestored: 'store:restored',
} as const;
export type AuditAct = (typeof AUDIT_ACTS)[keyof typeof AUDIT_ACTS];

/** Who did it: somebody signed in, a host's back end (`key` or the subject of its token), or an operator as they named themselves. */
export interface AuditActor {
  kind: 'user' | 'host' | 'operator';
  id: string;
}

/** What is to be written down. Ids, codes and numbers only; never the text of a message, never a token. */
export interface AuditDraft {
  act: AuditAct;
  by: AuditActor;
  /** The second person of what one may not do alone, or for whom a host's back end did it. */
  second?: AuditActor | undefined;
  subject?: { user?: string | undefined; conversation?: string | undefined; seq?: number | undefined } | undefined;
  /** In the words of who did it. */
  reason?: string | undefined;
  facts?: Readonly<Record<string, string | number | boolean>> | undefined;
}

export interface AuditRecord extends AuditDraft {
  /** 1, 2, 3 ... within the tenant, without holes. */
  seq: number;
  /** ms UTC; never before that of the record before it. */
  at: number;
  /** Lower-case hexadecimal; see `auditHash` of domain/audit-chain.ts. */
  hash: string;
}

export interface AuditPage {
  /** Records after this number; 0 from the first on. */
  after: number;
  /** ms UTC, both included. */
  from?: number | undefined;
  to?: number | undefined;
  limit: number;
}

/** What belongs to the installation and to no tenant, such as a backup, is written down under this name, which no tenant can have. */
export const INSTALLATION = '';

/**
 * The audit log of each tenant, part of `Storage`: numbered, chained by hashes like a conversation, and neither changed nor removed by
 * anybody. Its heads leave the machine with those of the conversations (anchors). SPEC Z.
 */
export interface AuditStorage {
  /** Writes a record down and resolves to its number. The verbs below that take a `record` write it in the transaction of the act. */
  audit(tenant: string, record: AuditDraft): Promise<number>;
  /** A page of the records, ascending; `head` is the number of the last one that there is. */
  auditRecords(tenant: string, page: AuditPage): Promise<{ records: AuditRecord[]; head: number }>;
}
