import type { AnchorState, AnchorStorage, MovedHeads } from '../anchor-storage.js';
import { SINCE, cursorOf } from './changes.js';
import type { Database, Session } from './database.js';

/** Up to where everything was gone through: entries by a snapshot, audit records by how many there are, erasures by their number. */
interface Position {
  snapshot: string;
  audits: number;
  erasure: number;
}

/** See `AnchorStorage`. All that moved is answered at once: a snapshot has no half. */
export function anchorVerbs(database: Database): AnchorStorage {
  return {
    movedHeads: (cursor) => database.read(null, (session) => readMoved(session, cursor === null || cursor === '' ? null : cursor)),
    anchorState: () => database.read(null, readState),
    keepAnchor: (after, next) => database.write(null, (session) => keep(session, after, next)),
    anchorDelivered: (epoch, number) =>
      database.write(null, async ({ query }) => {
        await query('DELETE FROM anchors_pending WHERE epoch = $1 AND number <= $2', [epoch, number]);
      }),
  };
}

async function readMoved(session: Session, cursor: string | null): Promise<MovedHeads> {
  const before = cursor === null ? null : (JSON.parse(cursor) as Position);
  const grown = before === null ? '' : `WHERE c.id IN (SELECT e.conversation FROM entries e WHERE ${SINCE('e.xid')})`;
  const [snapshot, conversations, audits, erasures] = await Promise.all([
    cursorOf(session),
    session.query<MovedHeads['conversations'][number]>(
      `SELECT c.tenant, c.uuid AS conversation, c.head AS seq, encode(c.chain, 'hex') AS hash FROM conversations c ${grown} ORDER BY c.id`,
      before === null ? [] : [before.snapshot],
    ),
    session.query<MovedHeads['audits'][number]>(
      `SELECT tenant, head AS seq, encode(chain, 'hex') AS hash FROM audit_heads WHERE head > 0 ORDER BY tenant`,
    ),
    session.query<MovedHeads['erasures'][number] & { id: number }>(
      `SELECT e.id, e.tenant, c.uuid AS conversation, e.seq FROM erasures e JOIN conversations c ON c.id = e.conversation
       WHERE e.id > $1 ORDER BY e.id`,
      [before?.erasure ?? 0],
    ),
  ]);
  // Tenants are few and their records fewer: when one was written anywhere, all heads are signed again, and none can be missed.
  const records = audits.reduce((sum, { seq }) => sum + seq, 0);
  const position: Position = { snapshot, audits: records, erasure: erasures.at(-1)?.id ?? before?.erasure ?? 0 };
  return {
    cursor: JSON.stringify(position),
    conversations,
    audits: records === before?.audits ? [] : audits,
    erasures: erasures.map(({ tenant, conversation, seq }) => ({ tenant, conversation, seq })),
    more: false,
  };
}

async function readState({ query }: Session): Promise<AnchorState | null> {
  const [state] = await query<Omit<AnchorState, 'pending'>>('SELECT epoch, number, previous, cursor FROM anchors');
  if (!state) return null;
  const pending = await query<AnchorState['pending'][number]>(
    'SELECT number, made_at AS "madeAt", line FROM anchors_pending WHERE epoch = $1 ORDER BY number',
    [state.epoch],
  );
  return { ...state, pending };
}

async function keep({ query }: Session, ...[after, next]: Parameters<AnchorStorage['keepAnchor']>): Promise<boolean> {
  const { epoch, number, previous, cursor, line, madeAt } = next;
  // Whichever node comes first has the row; the other finds it changed, or there.
  const kept =
    after === null
      ? await query(
          'INSERT INTO anchors (singleton, epoch, number, previous, cursor) VALUES (1, $1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING number',
          [epoch, number, previous, cursor],
        )
      : await query(
          'UPDATE anchors SET epoch = $1, number = $2, previous = $3, cursor = $4 WHERE epoch = $5 AND number = $6 RETURNING number',
          [epoch, number, previous, cursor, after.epoch, after.number],
        );
  if (kept.length === 0) return false;
  await query('INSERT INTO anchors_pending (epoch, number, made_at, line) VALUES ($1, $2, $3, $4)', [epoch, number, madeAt, line]);
  return true;
}
