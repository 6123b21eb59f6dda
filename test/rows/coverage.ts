import type { Row } from './rows.js';
import type { Title } from './titles.js';

/** The ids of rows that a title claims to cover, and what looks like one and cannot be read. */
export interface Claim {
  ids: string[];
  faults: string[];
}

const ID = /^([SBEM])(\d+)$/;
const SPAN = /^([SBEM])(\d+)\s*[-–]\s*([A-Z]?)(\d+)$/;

/**
 * Reads the brackets at the beginning of a title: `[S19]`, `[B12, B13]`, `[B2-B4]`, `[E12] [G6]`. What is no id of a row is of no
 * concern: behaviours of the protocol (`[C3]`, `[SPEC S2]`), pains, attacks. Brackets further on are part of the sentence.
 */
export function claimOf(title: string): Claim {
  const claim: Claim = { ids: [], faults: [] };
  const brackets = /^(?:\s*\[[^\]]*\])+/.exec(title)?.[0] ?? '';
  for (const [, inside = ''] of brackets.matchAll(/\[([^\]]*)\]/g)) {
    for (const item of inside.split(/[,;]/).map((part) => part.trim())) {
      const span = SPAN.exec(item);
      if (ID.test(item)) claim.ids.push(item);
      else if (span !== null) {
        const [, group = '', first, other = '', last] = span;
        const [from, to] = [Number(first), Number(last)];
        if ((other !== '' && other !== group) || to < from) claim.faults.push(item);
        else for (let at = from; at <= to; at++) claim.ids.push(`${group}${at}`);
      }
    }
  }
  return claim;
}

export interface CoveredRow extends Row {
  tests: Title[];
}

export interface Coverage {
  rows: CoveredRow[];
  missing: string[];
  /** Titles that name a row which does not exist, or a span that leads nowhere. */
  unknown: { id: string; title: Title }[];
}

export function coverageOf(rows: readonly Row[], titles: readonly Title[]): Coverage {
  const covered = rows.map((row): CoveredRow => ({ ...row, tests: [] }));
  const byId = new Map(covered.map((row) => [row.id, row]));
  const unknown: Coverage['unknown'] = [];
  for (const title of titles) {
    const { ids, faults } = claimOf(title.text);
    for (const id of new Set(ids)) {
      const row = byId.get(id);
      if (row) row.tests.push(title);
      else unknown.push({ id, title });
    }
    unknown.push(...faults.map((id) => ({ id, title })));
  }
  return { rows: covered, missing: covered.filter(({ tests }) => tests.length === 0).map(({ id }) => id), unknown };
}
