import { messageQuery } from '../../domain/message-words.js';
import type { MessageQuery } from '../../domain/message-words.js';
import type { SeqRange } from '../../domain/visibility.js';
import type { MessageHits, MessageSearch } from '../history-storage.js';
import { toEntry } from '../sql/entry-row.js';
import type { EntryRow } from '../sql/entry-row.js';
import { LAST } from '../sql/people-queries.js';
import { stretchesOf } from '../sql/stretches.js';
import { isUnknown } from '../sql/viewed-row.js';
import type { ViewedRow } from '../sql/viewed-row.js';
import type { Session } from './database.js';
import { horizonOf, viewOfRow, viewsOf } from './views.js';

/** Spans that are looked into together: few at first, because a frequent word is found there, and more once it seems to be a rare one. */
const TOGETHER = [4, 16, 64];

interface PlaceRow extends ViewedRow {
  uuid: string;
}

/** What a viewer may see of a stretch of a conversation, in one piece; the numbers are those that entries have in the store. */
interface Span {
  conversation: number;
  stretch: number;
  uuid: string;
  range: SeqRange;
  first: number;
  last: number;
}

type Hit = EntryRow & { id: number; conversation: number };

const PLACES = `SELECT c.id, c.uuid, c.head, m.intervals, m.held_seq
  FROM members m JOIN conversations c ON c.id = m.conversation AND c.tenant = m.tenant WHERE m.tenant = $1 AND m.user_id = $2`;

/**
 * See `HistoryStorage.searchMessages`. Looks into what the viewer may see, the spans with the newest entries first, and stops at those whose
 * newest entry is older than what the page holds already: a frequent word is found in the first few, and a rare one costs a look into the
 * index for each conversation of the viewer, however many entries the store has.
 */
export async function searchMessages(
  session: Session,
  tenant: string,
  user: string,
  { text, conversation, before, limit }: MessageSearch,
  now: number,
): Promise<MessageHits | null> {
  const [mine, horizon] = await Promise.all([placesOf(session, tenant, user, conversation), horizonOf(session, tenant, now)]);
  // Where all has become too old to be shown there is nothing to find, and its member is no stranger for that.
  if (conversation !== undefined && (await viewsOf(session, mine, null)).every((view, at) => isUnknownAt(mine, at, view))) return null;
  const below = before === undefined ? Infinity : await positionOf(session, tenant, user, before, horizon);
  if (below === null) return null;
  const query = messageQuery(text);
  if (!query) return { hits: [], more: false };
  const spans = await spansOf(session, tenant, mine, horizon);
  const uuids = new Map(mine.map(({ id, uuid }) => [id, uuid]));
  const hits: Hit[] = [];
  for (let start = 0, round = 0; start < spans.length; round += 1) {
    const above = hits[limit]?.id ?? 0;
    if (above > (spans[start]?.last ?? 0)) break;
    const some = spans.slice(start, start + (TOGETHER[round] ?? TOGETHER.at(-1) ?? 1));
    start += some.length;
    hits.push(...(await hitsIn(session, tenant, some, { query, above, below, limit: limit + 1 })));
    hits.sort((a, b) => b.id - a.id).splice(limit + 1);
  }
  const entries = hits.slice(0, limit).map((hit) => toEntry(uuids.get(hit.conversation) ?? '', hit));
  return { hits: entries, more: hits.length > limit };
}

function placesOf({ query }: Session, tenant: string, user: string, conversation: string | undefined): Promise<PlaceRow[]> {
  return conversation === undefined
    ? query<PlaceRow>(PLACES, [tenant, user])
    : query<PlaceRow>(`${PLACES} AND c.uuid = $3`, [tenant, user, conversation]);
}

function isUnknownAt(rows: readonly PlaceRow[], index: number, view: Parameters<typeof isUnknown>[1]): boolean {
  const row = rows[index];
  return row === undefined || isUnknown(row, view);
}

/** Null for an entry that the user may not see: nobody learns by a cursor whether there is one. */
async function positionOf(
  session: Session,
  tenant: string,
  user: string,
  { conversation, seq }: { conversation: string; seq: number },
  horizon: number | null,
): Promise<number | null> {
  const [row] = await placesOf(session, tenant, user, conversation);
  if (!row || !includes((await viewOfRow(session, row, horizon)).ranges, seq)) return null;
  const [entry] = await session.query<{ id: number }>('SELECT id FROM entries WHERE tenant = $1 AND conversation = $2 AND seq = $3', [
    tenant,
    row.id,
    seq,
  ]);
  return entry?.id ?? null;
}

/** The one with the newest entry first. */
async function spansOf(session: Session, tenant: string, rows: readonly PlaceRow[], horizon: number | null): Promise<Span[]> {
  const views = await viewsOf(session, rows, horizon);
  const seen = rows.flatMap((row, index) =>
    stretchesOf(row.id, views[index]?.ranges ?? []).flatMap(({ ranges, ...place }) =>
      ranges.map((range) => ({ ...place, uuid: row.uuid, range })),
    ),
  );
  // The entries of a conversation are numbered in the store in the order of its log: whoever appends to it has its row locked.
  const ends = await session.query<{ first: number; last: number }>(
    `SELECT f.id AS first, l.id AS last
     FROM unnest($2::bigint[], $3::bigint[], $4::bigint[]) WITH ORDINALITY AS w (conversation, low, high, place)
     JOIN entries f ON f.tenant = $1 AND f.conversation = w.conversation AND f.seq = w.low
     JOIN entries l ON l.tenant = $1 AND l.conversation = w.conversation AND l.seq = w.high ORDER BY w.place`,
    [tenant, seen.map((span) => span.conversation), seen.map(({ range }) => range.from), seen.map(({ range }) => range.to)],
  );
  return seen
    .map((span, index) => ({ ...span, first: ends[index]?.first ?? 0, last: ends[index]?.last ?? 0 }))
    .sort((a, b) => b.last - a.last);
}

/** The newest hits in these spans, at least as many as are wanted where there are so many. */
async function hitsIn(
  session: Session,
  tenant: string,
  spans: readonly Span[],
  { query, above, below, limit }: { query: MessageQuery; above: number; below: number; limit: number },
): Promise<Hit[]> {
  const asked = spans
    .map((span) => ({ ...span, first: Math.max(span.first, above + 1), last: Math.min(span.last, below - 1) }))
    .filter(({ first, last }) => first <= last);
  if (asked.length === 0) return [];
  const hits = await session.query<Hit>(searchText(query.words.length), [
    tenant,
    asked.map(({ conversation }) => conversation),
    asked.map(({ stretch }) => stretch),
    asked.map(({ first }) => first),
    asked.map(({ last }) => last),
    limit,
    query.beginning,
    query.beginning + LAST,
    ...query.words,
  ]);
  // The index says where to look; what is shown is decided by the ranges alone.
  return hits.filter((hit) => asked.some((span) => span.conversation === hit.conversation && includes([span.range], hit.seq)));
}

/** Every word is looked up once in each span, so that a beginning of one letter does not cost a look for each of its hits. */
function searchText(words: number): string {
  const inSpan = 'FROM message_words w WHERE w.tenant = $1 AND w.conversation = s.conversation AND w.stretch = s.stretch';
  const others = Array.from(
    { length: words },
    (_, index) => ` INTERSECT SELECT w.id ${inSpan} AND w.word = $${String(index + 9)} AND w.id BETWEEN s.first AND s.last`,
  );
  return `SELECT e.id, e.conversation, e.seq, e.cid, e.author, e.at, e.body
    FROM unnest($2::bigint[], $3::integer[], $4::bigint[], $5::bigint[]) AS s (conversation, stretch, first, last)
    CROSS JOIN LATERAL (
      SELECT DISTINCT w.id ${inSpan} AND w.word >= $7 AND w.word < $8 AND w.id BETWEEN s.first AND s.last${others.join('')}
      ORDER BY id DESC LIMIT $6) found
    JOIN entries e ON e.tenant = $1 AND e.id = found.id ORDER BY e.id DESC LIMIT $6`;
}

function includes(ranges: readonly SeqRange[], seq: number): boolean {
  return ranges.some(({ from, to }) => from <= seq && seq <= to);
}
