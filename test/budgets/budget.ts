import type { CommandName } from '#protocol';

/** One number that may not be passed, with the reason for it. */
export interface Budget {
  what: string;
  most: number;
  why: string;
  /** It bounds what chance decides below it: a smaller number says nothing. */
  bound?: true;
}

/** A number that was counted, beside its budget. */
export interface Figure extends Budget {
  measured: number;
  /** What is shown in one line with others: the beginning of what it is. */
  row?: string;
}

/** What one command may cost, alone on a server. */
export interface CommandBudget {
  /** Messages between the event loop and the threads of the store, both ways; statements that read and that write; commits, each a flush of the disk. */
  sqlite: Asked<'hops' | 'reads' | 'writes' | 'commits'>;
  /** Statements; transactions; and how often something had to be waited for before the next thing could be asked. */
  postgres: Asked<'reads' | 'writes' | 'transactions' | 'trips'>;
  /** To the device that sent it, answer included, and to one of another member. */
  frames: Asked<'own' | 'other'>;
  /** What more there may be of it in a large store. Nothing on a hot path has this. */
  grows?: { sqlite?: Partial<CommandBudget['sqlite']>; postgres?: Partial<CommandBudget['postgres']>; why: string };
  why: string;
}

type Asked<K extends string> = { readonly [N in K]: number };

export type CommandBudgets = { readonly [N in CommandName]: CommandBudget };
export type Engine = 'sqlite' | 'postgres';

/** Every figure within its budget, and what is to be said of those that are not or are far below. */
export interface Verdict {
  passed: boolean;
  over: string[];
  /** Budgets that could be lowered, so that what was won is not lost again unseen. */
  loose: string[];
}

/** What varies by a digit or two, such as bytes, is loose a tenth below its budget; what one command asks is a count that never varies. */
const LOOSE = 0.9;

export function judge(figures: readonly Figure[]): Verdict {
  const over = figures.filter(({ measured, most }) => !(measured <= most));
  const loose = figures.filter(
    ({ row, measured, most, bound }) => !bound && measured < most && (row !== undefined || measured <= most * LOOSE),
  );
  return {
    passed: over.length === 0 && figures.length > 0,
    over: over.map(({ what, measured, most, why }) => `${what}: ${measured}, ${measured - most} over ${most}. ${why}`),
    loose: loose.map(({ what, measured, most }) => `${what}: ${measured} of ${most}`),
  };
}
