import type { EntryDraft, Locks, LogPosition, WriteContext, WrittenEntry } from '../sql/membership-changes.js';
import { Salts, sealEntry } from '../sql/seal-entry.js';
import type { Session } from './database.js';
import { lockStates, revise } from './revisions.js';

const salts = new Salts();

/** Puts the next entry into a log whose conversation this transaction has locked. Null when the author has used the cid there before. */
async function writeEntry({ query }: Session, log: LogPosition, draft: EntryDraft, now: number): Promise<WrittenEntry | null> {
  const { author, cid, body: content } = draft;
  const { seq, at, body, salt, commitment, hash, request } = sealEntry(log, draft, now, salts.next());
  const [written] = await query(
    `WITH entry AS (
       INSERT INTO entries (tenant, conversation, seq, author, cid, kind, at, body, salt, commitment, hash, request)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (cid, conversation, author) DO NOTHING RETURNING seq)
     UPDATE conversations c SET head = entry.seq, chain = $11, updated_at = $7 FROM entry WHERE c.id = $2 AND c.tenant = $1 RETURNING c.head`,
    [log.tenant, log.id, seq, author, cid, content.kind, at, body, salt, commitment, hash, request],
  );
  return written ? { seq, at } : null;
}

/** What this engine lends to the changes that engines share. */
export function writeContext(session: Session, now: number): WriteContext {
  return {
    db: session.db,
    write: (log, draft) => writeEntry(session, log, draft, now),
    revise: (tenant, users) => revise(session, tenant, users),
    locks: locksOf(session),
  };
}

function locksOf(session: Session): Locks {
  return {
    async place(tenant, author, conversation) {
      await Promise.all([
        session.query('SELECT 1 FROM conversations WHERE tenant = $1 AND uuid = $2 FOR NO KEY UPDATE', [tenant, conversation]),
        session.query(
          `SELECT 1 FROM members m JOIN conversations c ON c.id = m.conversation AND c.tenant = m.tenant
           WHERE c.tenant = $1 AND c.uuid = $2 AND m.user_id = $3 FOR NO KEY UPDATE OF m`,
          [tenant, conversation, author],
        ),
      ]);
    },
    states: (tenant, users) => lockStates(session, tenant, users),
  };
}
