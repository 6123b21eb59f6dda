/**
 * What a tenant's administrator may know of conversations: that they are there and how large. Nothing that anybody wrote, no title, and
 * nobody's id. Part of `Storage`.
 */
export interface AdminStorage {
  /** People who are not deactivated, and conversations, ended ones included; one more than MOST_COUNTED stands for all that is more. */
  tenantCounts(tenant: string): Promise<TenantCounts>;
  /** A page of conversations, the youngest first; `before` is the last one of the page before, and one that the tenant has not ends the list. */
  conversationFacts(tenant: string, page: FactsPage): Promise<{ conversations: ConversationFacts[]; more: boolean }>;
}

/** Counting goes on the thread that reads for everybody, so it ends. */
export const MOST_COUNTED = 10_000;

export interface TenantCounts {
  people: number;
  conversations: number;
}

export interface FactsPage {
  before?: string | undefined;
  limit: number;
}

export interface ConversationFacts {
  id: string;
  kind: 'direct' | 'group';
  memberCount: number;
  /** Of its log: messages and what else was written down. */
  entries: number;
  /** ms UTC. */
  startedAt: number;
  lastAt: number;
  ended: boolean;
}

/** A row of either engine. */
export interface FactsRow {
  uuid: string;
  kind: ConversationFacts['kind'];
  member_count: number;
  head: number;
  started_at: number | null;
  updated_at: number;
  ended_seq: number | null;
}

/** `rows` has one more than the page where there is more. */
export function toFacts(rows: readonly FactsRow[], limit: number): { conversations: ConversationFacts[]; more: boolean } {
  const conversations = rows.slice(0, limit).map(({ uuid, kind, member_count, head, started_at, updated_at, ended_seq }) => ({
    id: uuid,
    kind,
    memberCount: member_count,
    entries: head,
    startedAt: started_at ?? updated_at,
    lastAt: updated_at,
    ended: ended_seq !== null,
  }));
  return { conversations, more: rows.length > limit };
}
