import type { Conversation } from '#protocol';
import type { RangePage, RangeRecord } from './storage.js';

/**
 * What an auditor reads of conversations in which they are no member, part of `Storage`. Verbs of their own: no user id, and no user id
 * that is forgotten, can stand for the right to read everything. Who calls them writes the reading down.
 */
export interface AuditorStorage {
  /** A conversation without anybody's marks and counts; null where the tenant has none of this id. */
  auditedConversation(tenant: string, conversation: string): Promise<Conversation | null>;
  /** A page of its whole log, as far as the tenant shows it to anybody (`visibleDays`); null where there is none. */
  auditedRange(tenant: string, conversation: string, page: RangePage): Promise<RangeRecord | null>;
}
