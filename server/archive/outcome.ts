import { ConfigError } from '../config.js';
import type { ServerConfig } from '../config.js';
import type { AuditActor } from '../storage/audit-storage.js';

/** What one command was asked. */
export interface Asked {
  config: ServerConfig;
  /** The words behind the command. */
  words: readonly string[];
  values: Named;
  switches: Readonly<Partial<Record<string, boolean>>>;
}

/** How a command ended. */
export interface Outcome {
  /** 0 done; 1 failed or damaged; 2 asked wrongly; 3 whole, but put back from a backup since. */
  code: 0 | 1 | 2 | 3;
  /** For the operator, in order. */
  lines: string[];
  /** What went wrong, in a line. */
  complaint?: string;
}

/** The command line itself is wrong, and not a setting. */
export class Misused extends ConfigError {
  constructor(problems: readonly string[]) {
    super(problems);
    this.message = problems.join('\n');
  }
}

type Named = Readonly<Partial<Record<string, string>>>;

/**
 * The values of flags that a command cannot do without.
 *
 * @throws Misused naming all that are missing.
 */
export function required<N extends string>(values: Named, ...names: readonly N[]): Record<N, string> {
  const missing = names.filter((name) => (values[name] ?? '').trim() === '');
  if (missing.length > 0) throw new Misused(missing.map((name) => `--${name}: needed`));
  return Object.fromEntries(names.map((name) => [name, (values[name] ?? '').trim()])) as Record<N, string>;
}

export function operator(name: string): AuditActor {
  return { kind: 'operator', id: name };
}

/**
 * A flag that says a time: a date, a date with a time and its zone, or ms UTC.
 *
 * @throws Misused when it is none.
 */
export function instantOf(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{10,}$/.test(text)) return Number(text);
  const time = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(time)) throw new Misused([`--${flag}: a date such as 2026-03-31, or a time such as 2026-03-31T08:00:00Z`]);
  return time;
}
