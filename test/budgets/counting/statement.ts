/** A statement that a store was given. */
export interface Statement {
  sql: string;
  /** What in the store gave it, as far as the stack tells: `message-index`, `append`. */
  by: string;
}

/** What begins, ends or divides a transaction, or says for whom it is; and what reads or writes. */
export type Kind = 'frame' | 'read' | 'write';

const FRAME = /^(begin|commit|rollback|savepoint|release|set\b|select set_config)/i;
const WRITE = /\b(insert\s+into|update\s+"?\w+"?\s+(as\s+)?(\w+\s+)?set|delete\s+from)\b/i;

export function kindOf(sql: string): Kind {
  const text = sql.trimStart();
  if (FRAME.test(text)) return 'frame';
  return WRITE.test(text) ? 'write' : 'read';
}

/** Work that follows commits at its own pace, whatever the commands were: counted for itself. */
const UPKEEP: ReadonlySet<string> = new Set(['message-index', 'witness']);

export function isUpkeep({ by }: Statement): boolean {
  return UPKEEP.has(by);
}
