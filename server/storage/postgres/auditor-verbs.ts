import { LIMITS } from '#protocol/limits';
import { pageOf } from '../../domain/visibility.js';
import type { View } from '../../domain/visibility.js';
import type { AuditorStorage } from '../auditor-storage.js';
import { toEntry } from '../sql/entry-row.js';
import type { EntryRow } from '../sql/entry-row.js';
import { FROM_THE_START } from '../sql/intervals.js';
import { summarise } from '../sql/summaries.js';
import type { MembershipRow } from '../sql/summaries.js';
import type { Database, Session } from './database.js';
import { horizonOf, viewOfRow } from './views.js';

/** What an auditor reads; see `AuditorStorage`. */
export function auditorVerbs(database: Database, now: () => number): AuditorStorage {
  return {
    auditedConversation: (tenant, uuid) =>
      database.read(tenant, async (session) => {
        const found = await find(session, tenant, uuid, now());
        if (!found) return null;
        const { row, view } = found;
        const rows = await session.query<{ user_id: string }>(
          `SELECT user_id FROM members WHERE tenant = $1 AND conversation = $2 AND joined IS NOT NULL
           ORDER BY joined, user_id LIMIT ${LIMITS.membersInSummary}`,
          [tenant, row.id],
        );
        return summarise({ ...row, view }, [], { members: rows.map((member) => member.user_id), memberCount: row.member_count });
      }),
    auditedRange: (tenant, uuid, page) =>
      database.read(tenant, async (session) => {
        const found = await find(session, tenant, uuid, now());
        if (!found) return null;
        const { ranges, from, to } = pageOf(found.view.ranges, page);
        const pages = await Promise.all(
          ranges.map((range) =>
            session.query<EntryRow>(
              'SELECT seq, cid, author, at, body FROM entries WHERE tenant = $1 AND conversation = $2 AND seq BETWEEN $3 AND $4 ORDER BY seq',
              [tenant, found.row.id, range.from, range.to],
            ),
          ),
        );
        const { head, floor } = found.view;
        return { entries: pages.flat().map((entry) => toEntry(uuid, entry)), from, to, head, floor };
      }),
  };
}

async function find(session: Session, tenant: string, uuid: string, now: number): Promise<{ row: MembershipRow; view: View } | null> {
  const [[found], horizon] = await Promise.all([
    session.query<Omit<MembershipRow, 'user_id' | 'joined' | 'intervals' | 'held_seq' | 'delivered' | 'read'>>(
      `SELECT id, uuid, kind, title, description, creator, head, ended_seq, member_count, updated_at
       FROM conversations WHERE tenant = $1 AND uuid = $2`,
      [tenant, uuid],
    ),
    horizonOf(session, tenant, now),
  ]);
  if (!found) return null;
  const row: MembershipRow = { ...found, user_id: '', joined: null, intervals: FROM_THE_START, held_seq: null, delivered: 0, read: 0 };
  return { row, view: await viewOfRow(session, row, horizon) };
}
