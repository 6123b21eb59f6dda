import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { canonicalJson } from '../../domain/canonical-json.js';
import { isCommittedTo } from '../../domain/chain.js';
import type { Appended, NewMessage } from '../storage.js';
import type { EntryWriter } from './entry-writer.js';

/** What the writer answers: the caller has the rest of the entry already, and copying it between threads would cost more than writing it. */
export type AppendOutcome = { status: 'appended'; seq: number; at: number } | Exclude<Appended, { status: 'appended' }>;

interface Place {
  id: number;
  head: number;
  /** In hexadecimal: bytes of a row come with a piece of memory of their own, which takes longer than all the rest of it. */
  chain: string;
  updatedAt: number;
  endedSeq: number | null;
  kind: string;
  joined: number | null;
  /** Null when the author never was a member. */
  read: number | null;
  delivered: number | null;
  /** Not null while the author wants not to be disturbed. */
  heldSeq: number | null;
}
/** In the order of the columns: without their names a row takes three quarters of the time. */
type PlaceRow = [number, number, string, number, number | null, string, number | null, number | null, number | null, number | null];

interface Stored {
  seq: number;
  at: number;
  kind: string;
  salt: Uint8Array;
  commitment: Uint8Array;
}

/** The hot path: three or four statements a message, prepared once. */
export class MessageAppender {
  readonly #entries: EntryWriter;
  readonly #place: StatementSync;
  readonly #stored: StatementSync;
  readonly #follow: StatementSync;
  readonly #recipientHeld: StatementSync;
  readonly #revoked: StatementSync;

  constructor(db: DatabaseSync, entries: EntryWriter) {
    this.#entries = entries;
    this.#place = db.prepare(
      `SELECT c.id, c.head, hex(c.chain), c.updated_at, c.ended_seq, c.kind, m.joined, m.read, m.delivered, m.held_seq
       FROM conversations c LEFT JOIN members m ON m.conversation = c.id AND m.user_id = ? AND m.tenant = c.tenant
       WHERE c.tenant = ? AND c.uuid = ?`,
    );
    this.#place.setReturnArrays(true);
    this.#stored = db.prepare(
      'SELECT seq, at, kind, salt, commitment FROM entries WHERE conversation = ? AND author = ? AND cid = ? AND tenant = ?',
    );
    this.#recipientHeld = db.prepare(
      'SELECT 1 FROM members WHERE conversation = ? AND user_id <> ? AND tenant = ? AND held_seq IS NOT NULL LIMIT 1',
    );
    this.#revoked = db.prepare("SELECT 1 FROM revocations WHERE tenant = ? AND user_id = ? AND kind = 'tokens' AND at >= ? LIMIT 1");
    this.#follow = db.prepare('UPDATE members SET delivered = ?, read = ? WHERE conversation = ? AND user_id = ? AND tenant = ?');
  }

  append(message: NewMessage): AppendOutcome {
    const { tenant, author, conversation, cid, body } = message;
    const place = toPlace(this.#place.get(author, tenant, conversation) as PlaceRow | undefined);
    if (!place || place.read === null) return { status: 'refused', standing: 'stranger', ended: false };
    if (message.issuedAt !== undefined && this.#revoked.get(tenant, author, message.issuedAt)) return { status: 'revoked' };
    // What somebody has said stays said: a repeated send is answered the same after they left, or it was ended, or nobody is to be disturbed.
    const refused = this.#refusal(place, message);
    if (refused) return this.#earlier(place.id, message) ?? refused;
    const log = {
      id: place.id,
      tenant,
      uuid: conversation,
      head: place.head,
      chain: Buffer.from(place.chain, 'hex'),
      updatedAt: place.updatedAt,
    };
    const written = this.#entries.write(log, { author, cid, body });
    if (!written) return this.#earlier(place.id, message) ?? { status: 'conflict' };
    this.#followOwn(place, message, written.seq);
    return { status: 'appended', seq: written.seq, at: written.at };
  }

  #refusal({ id, kind, endedSeq, joined, heldSeq }: Place, { tenant, author, block }: NewMessage): AppendOutcome | null {
    if (joined === null || endedSeq !== null || heldSeq !== null) {
      const standing = joined === null ? 'left' : 'member';
      return { status: 'refused', standing, ended: endedSeq !== null, ...(heldSeq === null ? {} : { dnd: true }) };
    }
    if (block && kind === 'direct' && this.#recipientHeld.get(id, author, tenant)) return { status: 'recipient-dnd' };
    return null;
  }

  #earlier(id: number, { tenant, author, cid, body }: NewMessage): AppendOutcome | null {
    const stored = this.#stored.get(id, author, cid, tenant) as Stored | undefined;
    if (!stored) return null;
    const equal = stored.kind === body.kind && isCommittedTo(stored, canonicalJson(body));
    return equal ? { status: 'duplicate', seq: stored.seq, at: stored.at } : { status: 'conflict' };
  }

  /**
   * Nobody has to read their own message: marks that stand just before it move over it, so that the unread count of somebody who
   * only writes has nothing to walk over. Marks further back stay, because others would take that for a reading of what lies between.
   */
  #followOwn(place: Place, { tenant, author }: NewMessage, seq: number): void {
    const delivered = place.delivered === seq - 1 ? seq : (place.delivered ?? 0);
    const read = place.read === seq - 1 ? seq : (place.read ?? 0);
    if (delivered === place.delivered && read === place.read) return;
    this.#follow.run(delivered, read, place.id, author, tenant);
  }
}

function toPlace(row: PlaceRow | undefined): Place | undefined {
  if (!row) return undefined;
  const [id, head, chain, updatedAt, endedSeq, kind, joined, read, delivered, heldSeq] = row;
  return { id, head, chain, updatedAt, endedSeq, kind, joined, read, delivered, heldSeq };
}
