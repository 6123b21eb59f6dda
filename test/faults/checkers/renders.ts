import type { Reading } from '../driver/history.js';
import type { Finding } from './finding.js';

/** One line of what a client shows: an entry of the log, somebody's own text on its way, or a stretch that is not held. */
export type RenderedLine =
  | { type: 'entry'; seq: number; cid: string; mine: boolean }
  | { type: 'pending'; cid: string; state: string }
  | { type: 'gap'; from: number; to: number };

interface Shown {
  cid: string;
  reader: string;
  mine: boolean;
}

/**
 * Looks at every list that any client would show, at the moment it would show it (G6), and keeps who was shown what: at the end the
 * log must hold it (G10).
 */
export class RenderChecker {
  renders = 0;
  readonly findings: Finding[] = [];
  /** By conversation and number: the same for everybody, always. */
  readonly #shown = new Map<string, Map<number, Shown>>();
  /** By reader and conversation: what stands there last. */
  readonly #last = new Map<string, { reader: string; conversation: string; lines: readonly RenderedLine[] }>();
  /** By reader and conversation: the list that was good last; lists share their lines, so most of each need not be looked at again. */
  readonly #seen = new Map<string, Map<number, string>>();

  render(reader: string, conversation: string, lines: readonly RenderedLine[]): void {
    this.renders += 1;
    const key = `${reader} ${conversation}`;
    this.#last.set(key, { reader, conversation, lines });
    const cids = new Set<string>();
    let before = 0;
    for (const line of lines) {
      if (line.type === 'gap') {
        if (before > 0 && line.from !== before + 1) this.#find('gap', reader, conversation, `a gap from ${line.from} after ${before}`);
        before = line.to;
        continue;
      }
      if (cids.has(line.cid)) this.#find('duplicate', reader, conversation, 'shown twice in one list', line.cid);
      cids.add(line.cid);
      if (line.type === 'pending') continue;
      if (line.seq <= before) this.#find('order', reader, conversation, `${line.seq} shown after ${before}`, line.cid);
      else if (before > 0 && line.seq !== before + 1)
        this.#find('gap', reader, conversation, `${line.seq} shown after ${before}`, line.cid);
      before = line.seq;
      this.#remember(key, reader, conversation, line);
    }
  }

  /** When everything is quiet: what was shown is in the log, what is shown is its end, and nothing that was typed is nowhere. */
  finish(readings: readonly Reading[], typed: readonly { user: string; conversation: string; cid: string }[] = []): Finding[] {
    const logs = new Map<string, Map<number, string>>();
    for (const { conversation, entries } of readings)
      if (!logs.has(conversation)) logs.set(conversation, new Map(entries.map(({ seq, cid }) => [seq, cid])));
    const findings = [...this.findings];
    for (const [conversation, shown] of this.#shown) {
      for (const [seq, { cid, reader, mine }] of shown) {
        const there = logs.get(conversation)?.get(seq);
        if (there === cid) continue;
        const detail = `shown to ${reader} as ${seq}, which ${there === undefined ? 'does not exist' : `holds ${there}`}`;
        findings.push({ check: mine ? 'false-sent' : 'retracted', conversation, cid, detail });
      }
    }
    for (const { reader, conversation, lines } of this.#last.values()) {
      const head = Math.max(0, ...(logs.get(conversation)?.keys() ?? []));
      const last = lines.findLast((line) => line.type !== 'pending');
      const at = last === undefined ? 0 : last.type === 'gap' ? last.to : last.seq;
      if (at !== head) findings.push({ check: 'gap', conversation, detail: `${reader} ends at ${at}, the log at ${head}` });
    }
    for (const { user, conversation, cid } of typed) {
      const lines = this.#last.get(`${user} ${conversation}`)?.lines ?? [];
      const inLog = [...(logs.get(conversation)?.values() ?? [])].includes(cid);
      if (!inLog && !lines.some((line) => line.type === 'pending' && line.cid === cid))
        findings.push({ check: 'vanished', conversation, cid, detail: `typed by ${user}, neither sent nor pending nor "not sent"` });
    }
    return findings;
  }

  /** Where everybody stands: true once each list ends at the head of its conversation. */
  complete(heads: ReadonlyMap<string, number>): boolean {
    return [...this.#last.values()].every(({ conversation, lines }) => {
      const last = lines.findLast((line) => line.type !== 'pending');
      return last?.type === 'entry' && last.seq >= (heads.get(conversation) ?? 0);
    });
  }

  /** The number at which somebody's list ends now, 0 when it is empty. */
  endOf(reader: string, conversation: string): number {
    const last = this.#last.get(`${reader} ${conversation}`)?.lines.findLast((line) => line.type !== 'pending');
    return last === undefined ? 0 : last.type === 'gap' ? last.to : last.seq;
  }

  #remember(key: string, reader: string, conversation: string, line: Extract<RenderedLine, { type: 'entry' }>): void {
    const seen = this.#seen.get(key) ?? new Map<number, string>();
    this.#seen.set(key, seen);
    if (seen.get(line.seq) === line.cid) return;
    seen.set(line.seq, line.cid);
    const shown = this.#shown.get(conversation) ?? new Map<number, Shown>();
    this.#shown.set(conversation, shown);
    const other = shown.get(line.seq);
    if (!other) shown.set(line.seq, { cid: line.cid, reader, mine: line.mine });
    else if (other.cid !== line.cid)
      this.#find('order', reader, conversation, `${line.seq} is ${line.cid} here and ${other.cid} for ${other.reader}`);
    else if (line.mine) other.mine = true;
  }

  #find(check: Finding['check'], reader: string, conversation: string, detail: string, cid?: string): void {
    this.findings.push({ check, conversation, ...(cid === undefined ? {} : { cid }), detail: `${reader}: ${detail}` });
  }
}
