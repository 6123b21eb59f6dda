/** What a part of the suite found. */
export interface Outcome {
  passed: number;
  failed: number;
  skipped: number;
}

/** One part of the suite, such as `sdk` or `lint`; its name is what `npm test -- <name>` takes. */
export interface Part {
  name: string;
  run(): Promise<Outcome>;
}

export const NOTHING: Outcome = { passed: 0, failed: 0, skipped: 0 };
export const PASSED: Outcome = { passed: 1, failed: 0, skipped: 0 };
export const FAILED: Outcome = { passed: 0, failed: 1, skipped: 0 };

export function sum(outcomes: readonly Outcome[]): Outcome {
  return outcomes.reduce(
    (total, { passed, failed, skipped }) => ({
      passed: total.passed + passed,
      failed: total.failed + failed,
      skipped: total.skipped + skipped,
    }),
    NOTHING,
  );
}

export function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '    ');
}
