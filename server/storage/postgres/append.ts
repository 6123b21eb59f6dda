import { canonicalJson } from '../../domain/canonical-json.js';
import { isCommittedTo } from '../../domain/chain.js';
import { Salts, sealEntry } from '../sql/seal-entry.js';
import type { SealedEntry } from '../sql/seal-entry.js';
import { stretchOf } from '../sql/stretches.js';
import type { Appended, NewMessage } from '../storage.js';
import type { Session } from './database.js';
import { wordsOf } from './message-words.js';
import { tokensHeld } from './token-held.js';

interface Log {
  id: number;
  uuid: string;
  kind: string;
  head: number;
  chain: Uint8Array;
  updated_at: number;
  ended_seq: number | null;
}

interface Author {
  id: number;
  user_id: string;
  joined: number | null;
  delivered: number;
  read: number;
  held_seq: number | null;
  /** Tokens that were made until then are refused; null when they never were revoked. */
  revoked: number | null;
}

interface Earlier {
  conversation: number;
  author: string;
  cid: string;
  seq: number;
  at: number;
  kind: string;
  salt: Uint8Array;
  commitment: Uint8Array;
}

interface Written {
  message: NewMessage;
  conversation: number;
  sealed: SealedEntry;
}

/** What becomes of each message of a batch; `locked` are those whose conversation or author another transaction had, which were not tried. */
export type BatchOutcome = Appended | { status: 'locked' };

export interface Batch {
  tenant: string;
  messages: readonly NewMessage[];
  /** Waits for what another transaction has, instead of leaving it out. */
  waits: boolean;
  now: number;
}

const salts = new Salts();

/**
 * Appends messages of one tenant, in their order, in four statements however many they are. All that decides about them is read behind
 * the locks; the numbers and hashes are made here, so what is written is known before it is sent.
 */
export async function appendBatch(session: Session, { tenant, messages, waits, now }: Batch): Promise<BatchOutcome[]> {
  const [logs, authors, earlier, disturbed] = await readPlaces(session, tenant, messages, waits);
  const written: Written[] = [];
  const moved = new Set<Author>();
  const outcomes = messages.map((message): BatchOutcome => {
    const { author, conversation, cid, body, block, issuedAt = Infinity } = message;
    const log = logs.get(conversation);
    const place = log && authors.get(placeKey(log.id, author));
    if (!place) return waits ? { status: 'refused', standing: 'stranger', ended: false } : { status: 'locked' };
    if (issuedAt <= (place.revoked ?? 0)) return { status: 'revoked' };
    // What somebody has said stays said: a repeated send is answered the same after they left, or it was ended, or nobody is to be disturbed.
    const stored = earlier.get(sendKey(log.id, author, cid));
    if (stored) return repeated(stored, body);
    const refused = refusal(log, place, block === true && disturbed.get(log.id)?.some((user) => user !== author) === true);
    if (refused) return refused;
    const position = { ...log, tenant, updatedAt: log.updated_at };
    const sealed = sealEntry(position, { author, cid, body }, now, salts.next());
    written.push({ message, conversation: log.id, sealed });
    Object.assign(log, { head: sealed.seq, chain: sealed.hash, updated_at: sealed.at });
    earlier.set(sendKey(log.id, author, cid), { ...sealed, conversation: log.id, author, cid, kind: body.kind });
    if (followOwn(place, sealed.seq)) moved.add(place);
    return { status: 'appended', entry: { conversation, seq: sealed.seq, cid, author, at: sealed.at, body } };
  });
  if (written.length > 0) {
    session.owe(store(session, tenant, { written, logs: [...logs.values()], moved: [...moved] }));
  }
  return outcomes;
}

async function readPlaces(session: Session, tenant: string, messages: readonly NewMessage[], waits: boolean) {
  const { query } = session;
  const conversations = messages.map(({ conversation }) => conversation);
  const authors = messages.map(({ author }) => author);
  const of = 'JOIN conversations c ON c.tenant = $1 AND c.uuid = w.uuid';
  const [, , placeRows, earlierRows, disturbedRows] = await Promise.all([
    // Before anything is read: what is written here is before a revocation, or it is refused.
    tokensHeld(session, tenant, [...new Set(authors)].sort()),
    // By itself: who is let in by what is waited for has no row yet that the next statement could wait for.
    waits
      ? query('SELECT 1 FROM conversations WHERE tenant = $1 AND uuid = ANY($2::text[]) ORDER BY id FOR NO KEY UPDATE', [
          tenant,
          [...new Set(conversations)],
        ])
      : [],
    // Where the author stands is locked too: a wish not to be disturbed is before what they send, or after.
    query<Log & Author>(
      `SELECT c.id, c.uuid, c.kind, c.head, c.chain, c.updated_at, c.ended_seq, m.user_id, m.joined, m.delivered, m.read, m.held_seq,
         (SELECT max(r.at) FROM revocations r WHERE r.tenant = $1 AND r.user_id = m.user_id AND r.kind = 'tokens') AS revoked
       FROM (SELECT DISTINCT uuid, author FROM unnest($2::text[], $3::text[]) AS u(uuid, author)) w ${of}
       JOIN members m ON m.conversation = c.id AND m.user_id = w.author AND m.tenant = $1
       ORDER BY c.id, m.user_id FOR NO KEY UPDATE OF c, m ${waits ? '' : 'SKIP LOCKED'}`,
      [tenant, conversations, authors],
    ),
    query<Earlier>(
      // Each in a bounded look of its own, or a plan made while the store was small walks a conversation.
      `SELECT e.conversation, e.author, e.cid, e.seq, e.at, e.kind, e.salt, e.commitment
       FROM unnest($2::text[], $3::text[], $4::text[]) AS w(uuid, author, cid)
       CROSS JOIN LATERAL (SELECT id FROM conversations WHERE tenant = $1 AND uuid = w.uuid LIMIT 1) c
       CROSS JOIN LATERAL (SELECT * FROM entries WHERE cid = w.cid AND conversation = c.id AND author = w.author AND tenant = $1 LIMIT 1) e`,
      [tenant, conversations, authors, messages.map(({ cid }) => cid)],
    ),
    messages.some(({ block }) => block)
      ? query<{ conversation: number; users: string[] }>(
          `SELECT m.conversation, array_agg(m.user_id) AS users FROM unnest($2::text[]) AS w(uuid) ${of}
           JOIN members m ON m.conversation = c.id AND m.tenant = $1 AND m.held_seq IS NOT NULL
           WHERE c.kind = 'direct' GROUP BY m.conversation`,
          [tenant, conversations],
        )
      : [],
  ]);
  return [
    // One for each conversation, however many write to it: it grows with each message.
    new Map<string, Log>(placeRows.map((row) => [row.uuid, row])),
    new Map<string, Author>(placeRows.map((row) => [placeKey(row.id, row.user_id), row])),
    new Map(earlierRows.map((row) => [sendKey(row.conversation, row.author, row.cid), row])),
    new Map(disturbedRows.map((row) => [row.conversation, row.users])),
  ] as const;
}

const placeKey = (conversation: number, user: string): string => `${conversation} ${user}`;
/** Neither an id of a user nor a cid has white space in it. */
const sendKey = (conversation: number, author: string, cid: string): string => `${conversation} ${cid} ${author}`;

function repeated(stored: Earlier, body: NewMessage['body']): Appended {
  const equal = stored.kind === body.kind && isCommittedTo(stored, canonicalJson(body));
  return equal ? { status: 'duplicate', seq: stored.seq, at: stored.at } : { status: 'conflict' };
}

function refusal({ ended_seq: ended }: Log, { joined, held_seq: held }: Author, blocked: boolean): Appended | null {
  if (joined === null || ended !== null || held !== null) {
    const standing = joined === null ? 'left' : 'member';
    return { status: 'refused', standing, ended: ended !== null, ...(held === null ? {} : { dnd: true }) };
  }
  return blocked ? { status: 'recipient-dnd' } : null;
}

/** Nobody has to read their own message; see sqlite/append.ts. */
function followOwn(place: Author, seq: number): boolean {
  const { delivered, read } = place;
  if (delivered === seq - 1) place.delivered = seq;
  if (read === seq - 1) place.read = seq;
  return place.delivered !== delivered || place.read !== read;
}

interface Changed {
  written: readonly Written[];
  logs: readonly Log[];
  moved: readonly Author[];
}

/**
 * One statement: the entries with their words, the ends of the logs, the marks. The numbers that entries have in the store are taken first,
 * in the order of the logs, because their words need them too.
 */
async function store({ query }: Session, tenant: string, { written, logs, moved }: Changed): Promise<void> {
  const touched = new Set(written.map(({ conversation }) => conversation));
  const grown = logs.filter(({ id }) => touched.has(id));
  const entries = written.map(({ conversation, message, sealed }) => ({ ...sealed, conversation, message }));
  await query(
    `WITH made AS MATERIALIZED (
       SELECT nextval('entries_id_seq') AS id, w.*
       FROM unnest($2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::text[], $9::bytea[], $10::bytea[],
         $11::bytea[], $20::integer[], $21::text[])
         AS w(conversation, seq, author, cid, kind, at, body, salt, commitment, hash, stretch, words)
     ), entry AS (
       INSERT INTO entries (id, tenant, conversation, seq, author, cid, kind, at, body, salt, commitment, hash) OVERRIDING SYSTEM VALUE
       SELECT id, $1, conversation, seq, author, cid, kind, at, body, salt, commitment, hash FROM made
     ), indexed AS (
       INSERT INTO message_words (tenant, conversation, stretch, word, id)
       SELECT $1, conversation, stretch, word, id FROM made CROSS JOIN unnest(string_to_array(words, ' ')) AS word
     ), mark AS (
       UPDATE members m SET delivered = w.delivered, read = w.read
       FROM unnest($12::bigint[], $13::text[], $14::bigint[], $15::bigint[]) AS w(conversation, user_id, delivered, read)
       WHERE m.conversation = w.conversation AND m.user_id = w.user_id AND m.tenant = $1
     )
     UPDATE conversations c SET head = w.head, chain = w.chain, updated_at = w.updated_at
     FROM unnest($16::bigint[], $17::bigint[], $18::bytea[], $19::bigint[]) AS w(id, head, chain, updated_at)
     WHERE c.id = w.id AND c.tenant = $1`,
    [
      tenant,
      entries.map(({ conversation }) => conversation),
      entries.map(({ seq }) => seq),
      entries.map(({ message }) => message.author),
      entries.map(({ message }) => message.cid),
      entries.map(({ message }) => message.body.kind),
      entries.map(({ at }) => at),
      entries.map(({ body }) => body),
      entries.map(({ salt }) => salt),
      entries.map((entry) => entry.commitment),
      entries.map(({ hash }) => hash),
      moved.map(({ id }) => id),
      moved.map(({ user_id: user }) => user),
      moved.map(({ delivered }) => delivered),
      moved.map(({ read }) => read),
      grown.map(({ id }) => id),
      grown.map(({ head }) => head),
      grown.map(({ chain }) => chain),
      grown.map((log) => log.updated_at),
      entries.map(({ seq }) => stretchOf(seq)),
      entries.map(({ message }) => wordsOf(message.body)),
    ],
  );
}
