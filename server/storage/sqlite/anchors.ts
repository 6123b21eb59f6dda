import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { AnchorState, AnchorStorage, MovedHeads } from '../anchor-storage.js';

/** Entry, audit record and erasure up to which everything was gone through, by their numbers in the store. */
type Position = [entry: number, audit: number, erasure: number];

interface HeadRow {
  tenant: string;
  conversation: string;
  seq: number;
  hash: Uint8Array;
}

/** Heads of logs that grew: numbers in the store grow in the order of commits, so that none is missed. */
export class AnchorReader {
  readonly #entries: StatementSync;
  readonly #heads: StatementSync;
  readonly #audits: StatementSync;
  readonly #auditHeads: StatementSync;
  readonly #erasures: StatementSync;
  readonly #state: StatementSync;
  readonly #pending: StatementSync;

  constructor(db: DatabaseSync) {
    this.#entries = db.prepare('SELECT id, conversation FROM entries WHERE id > ? ORDER BY id LIMIT ?');
    this.#heads = db.prepare(
      `SELECT tenant, uuid AS conversation, head AS seq, chain AS hash FROM conversations
       WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id`,
    );
    this.#audits = db.prepare('SELECT id, tenant FROM audit WHERE id > ? ORDER BY id LIMIT ?');
    this.#auditHeads = db.prepare(
      'SELECT tenant, head AS seq, chain AS hash FROM audit_heads WHERE tenant IN (SELECT value FROM json_each(?)) ORDER BY tenant',
    );
    this.#erasures = db.prepare(
      `SELECT e.id, e.tenant, c.uuid AS conversation, e.seq FROM erasures e JOIN conversations c ON c.id = e.conversation
       WHERE e.id > ? ORDER BY e.id LIMIT ?`,
    );
    this.#state = db.prepare('SELECT epoch, number, previous, cursor FROM anchors');
    this.#pending = db.prepare('SELECT number, made_at AS madeAt, line FROM anchors_pending WHERE epoch = ? ORDER BY number');
  }

  moved(cursor: string | null, limit: number): MovedHeads {
    const [entry, audit, erasure] = positionOf(cursor);
    const entries = this.#entries.all(entry, limit) as unknown as { id: number; conversation: number }[];
    const audits = this.#audits.all(audit, limit) as unknown as { id: number; tenant: string }[];
    const erasures = this.#erasures.all(erasure, limit) as unknown as { id: number; tenant: string; conversation: string; seq: number }[];
    const grown = JSON.stringify([...new Set(entries.map((row) => row.conversation))]);
    const written = JSON.stringify([...new Set(audits.map((row) => row.tenant))]);
    return {
      cursor: [entries.at(-1)?.id ?? entry, audits.at(-1)?.id ?? audit, erasures.at(-1)?.id ?? erasure].join(' '),
      conversations: (this.#heads.all(grown) as unknown as HeadRow[]).map((row) => ({ ...row, hash: hex(row.hash) })),
      audits: (this.#auditHeads.all(written) as unknown as HeadRow[]).map((row) => ({ ...row, hash: hex(row.hash) })),
      erasures: erasures.map(({ tenant, conversation, seq }) => ({ tenant, conversation, seq })),
      more: [entries, audits, erasures].some((rows) => rows.length === limit),
    };
  }

  state(): AnchorState | null {
    const row = this.#state.get() as unknown as Omit<AnchorState, 'pending'> | undefined;
    return row ? { ...row, pending: this.#pending.all(row.epoch) as unknown as AnchorState['pending'] } : null;
  }
}

export class AnchorWriter {
  readonly #reader: AnchorReader;
  readonly #put: StatementSync;
  readonly #keep: StatementSync;
  readonly #forget: StatementSync;

  constructor(db: DatabaseSync) {
    this.#reader = new AnchorReader(db);
    this.#put = db.prepare(
      `INSERT INTO anchors (only, epoch, number, previous, cursor) VALUES (1, ?, ?, ?, ?)
       ON CONFLICT (only) DO UPDATE SET epoch = excluded.epoch, number = excluded.number, previous = excluded.previous, cursor = excluded.cursor`,
    );
    this.#keep = db.prepare('INSERT INTO anchors_pending (epoch, number, made_at, line) VALUES (?, ?, ?, ?)');
    this.#forget = db.prepare('DELETE FROM anchors_pending WHERE epoch = ? AND number <= ?');
  }

  keep(...[after, next]: Parameters<AnchorStorage['keepAnchor']>): boolean {
    const state = this.#reader.state();
    if ((state?.epoch ?? null) !== (after?.epoch ?? null) || (state?.number ?? null) !== (after?.number ?? null)) return false;
    this.#put.run(next.epoch, next.number, next.previous, next.cursor);
    this.#keep.run(next.epoch, next.number, next.madeAt, next.line);
    return true;
  }

  delivered(epoch: string, number: number): void {
    this.#forget.run(epoch, number);
  }
}

function positionOf(cursor: string | null): Position {
  const [entry = 0, audit = 0, erasure = 0] = (cursor ?? '').split(' ').map(Number);
  return [entry, audit, erasure];
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
