import type { KeyObject } from 'node:crypto';
import { NO_LINE, digestOf, rawPublicKey, signLine } from '../domain/anchor-line.js';
import type { AnchorLine } from '../domain/anchor-line.js';
import type { Logger } from '../logger.js';
import type { Metrics } from '../metrics.js';
import type { AnchorState, MovedHeads } from '../storage/anchor-storage.js';
import type { Storage } from '../storage/storage.js';
import type { AnchorPlace } from './anchor-place.js';

export interface AnchorerParts {
  storage: Storage;
  key: KeyObject;
  place: AnchorPlace;
  /** Milliseconds between two lines. */
  interval: number;
  logger: Logger;
  metrics: Pick<Metrics, 'anchored'>;
  /** ms UTC */
  now: () => number;
}

/** Entries that one line goes through; it names each conversation among them once. */
const ENTRIES = 1_000;
/** ms that a node has to deliver what it made, before another one does it. */
const OTHERS = 30_000;
/** ms for the last line of a server that stops. */
const LAST = 1_500;

/**
 * Signs where every log stands and gives it to a second place, every minute and at the end (reliability 5). A line is kept in the store before
 * it is delivered: a kill in between repeats the line, and of several nodes the one that kept its line first has the turn.
 */
export class Anchorer {
  readonly #parts: AnchorerParts;
  readonly #made = new Set<number>();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(parts: AnchorerParts) {
    this.#parts = parts;
  }

  /** Base64, for the operator to give to who verifies. */
  get publicKey(): string {
    return rawPublicKey(this.#parts.key);
  }

  start(): void {
    this.#timer = setInterval(() => void this.run(), this.#parts.interval).unref();
  }

  /** Signs and delivers what moved. Never rejects: what could not be delivered is delivered the next time. */
  run(): Promise<void> {
    this.#running = this.#running.then(async () => {
      try {
        await this.#catchUp();
        this.#parts.metrics.anchored(true, this.#parts.now());
      } catch (error) {
        this.#parts.metrics.anchored(false, this.#parts.now());
        this.#parts.logger.error({ err: error }, 'heads could not be signed and delivered');
      }
    });
    return this.#running;
  }

  /** A last line. A place that does not answer gets it after the next start. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, LAST);
    await Promise.race([this.run(), late]);
    clearTimeout(timer);
  }

  async #catchUp(): Promise<void> {
    const { storage, now } = this.#parts;
    let state = await storage.anchorState();
    if (state && state.pending.length > 0) {
      if (state.pending.some(({ number, madeAt }) => !this.#made.has(number) && Math.abs(now() - madeAt) < OTHERS)) return;
      for (const pending of state.pending) await this.#deliver(state.epoch, pending);
    }
    for (let more = true; more;) {
      const cursor = state?.epoch === storage.epoch ? state.cursor : null;
      const moved = await storage.movedHeads(cursor, ENTRIES);
      const tenants = byTenant(moved);
      for (const [index, of] of tenants.entries()) {
        // After a kill in between the whole batch comes again: to sign a head twice does no harm, to miss one does.
        const next = this.#line(state, of, index === tenants.length - 1 ? moved.cursor : (cursor ?? ''));
        const after: { epoch: string; number: number } | null = state && { epoch: state.epoch, number: state.number };
        if (!(await storage.keepAnchor(after, next))) return;
        this.#made.add(next.number);
        await this.#deliver(next.epoch, next);
        state = { ...next, pending: [] };
      }
      more = moved.more && tenants.length > 0;
    }
  }

  #line(state: AnchorState | null, of: TenantHeads, cursor: string) {
    const { storage, key, now } = this.#parts;
    const { epoch } = storage;
    const goesOn = state?.epoch === epoch;
    const number = goesOn ? state.number + 1 : 1;
    const at = now();
    const line = signLine(
      {
        epoch,
        number,
        at,
        ...(state && !goesOn ? { follows: state.epoch } : {}),
        ...of,
        previous: goesOn ? state.previous : NO_LINE,
      },
      key,
    );
    return { epoch, number, previous: digestOf(line), cursor, line, madeAt: at };
  }

  async #deliver(epoch: string, { number, line }: { number: number; line: string }): Promise<void> {
    await this.#parts.place.keep({ epoch, number, line });
    await this.#parts.storage.anchorDelivered(epoch, number);
    this.#made.delete(number);
  }
}

type TenantHeads = Pick<AnchorLine, 'tenant' | 'conversations' | 'audit' | 'erasures'>;

function byTenant({ conversations, audits, erasures }: MovedHeads): TenantHeads[] {
  const tenants = new Map<string, TenantHeads>();
  const of = (tenant: string): TenantHeads => {
    const known = tenants.get(tenant) ?? { tenant, conversations: [], audit: null, erasures: [] };
    tenants.set(tenant, known);
    return known;
  };
  for (const { tenant, conversation, seq, hash } of conversations) of(tenant).conversations.push([conversation, seq, hash]);
  for (const { tenant, seq, hash } of audits) of(tenant).audit = [seq, hash];
  for (const { tenant, conversation, seq } of erasures) of(tenant).erasures.push([conversation, seq]);
  return [...tenants.values()].flatMap(inLines);
}

/** A line that names too much at once is no line that somebody can look at. */
function inLines({ conversations, ...rest }: TenantHeads): TenantHeads[] {
  const lines: TenantHeads[] = [];
  for (let from = 0; from < conversations.length; from += ENTRIES)
    lines.push({ ...rest, conversations: conversations.slice(from, from + ENTRIES), audit: null, erasures: [] });
  return [...lines.slice(0, -1), { ...rest, conversations: lines.at(-1)?.conversations ?? [] }];
}
