/** A guarantee that is proved by other programs than this harness. */
export interface Elsewhere {
  guarantee: string;
  promise: string;
  /** From the root of the project. */
  files: readonly string[];
  /** What runs them. */
  run: string;
  /** What runs them longer, where chance is part of it. */
  longer?: string;
}

/** What needs a browser, or no fault at all. */
export const ELSEWHERE: readonly Elsewhere[] = [
  {
    guarantee: 'G10',
    promise: 'nothing says "sent" before the commit, and nothing typed vanishes',
    files: ['test/e2e/outbox.test.ts', 'test/e2e/outbox-limits.test.ts'],
    run: 'npm test -- e2e/outbox',
    longer: 'PARLEY_OUTBOX_ROUNDS=500 npm test -- e2e/outbox',
  },
  {
    guarantee: 'G11',
    promise: 'stale text is never sent by itself',
    files: ['test/e2e/outbox-limits.test.ts'],
    run: 'npm test -- e2e/outbox-limits',
  },
  {
    guarantee: 'G14',
    promise: 'nothing of the previous user stays on the screen, in the page or in its storage',
    files: ['test/e2e/switching.test.ts', 'test/e2e/workstation.test.ts'],
    run: 'npm test -- e2e/switching e2e/workstation',
    longer: 'PARLEY_SWITCHES=1000 npm test -- e2e/switching',
  },
  {
    guarantee: 'G18',
    promise: 'nothing deletes history, and a lawful erasure leaves the chain valid',
    files: ['test/server/archive/erasure.test.ts', 'test/server/archive/postgres.test.ts'],
    run: 'npm test -- server/archive/erasure server/archive/postgres',
  },
];

export function saysWhere({ guarantee, promise, files, run, longer }: Elsewhere): string {
  const more = longer === undefined ? '' : `; longer: ${longer}`;
  return `${guarantee} (${promise}) is proved in ${files.join(', ')}: ${run}${more}`;
}
