import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Subject, SubjectOptions } from '../subjects/subject.js';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** Longer than a server goes by what it has read. */
const NOTICED = 60;

/** The clock of a subject's servers, which somebody sets. */
export class Clock {
  readonly #file: string;

  constructor(folder: string) {
    this.#file = join(folder, 'clock');
  }

  /** What a subject must be started with. */
  get options(): Pick<SubjectOptions, 'nodeArguments' | 'env'> {
    return {
      nodeArguments: ['--import', new URL('./patches/clock.js', import.meta.url).href],
      env: { FAULTS_CLOCK: this.#file },
    };
  }

  /** From now on it is so many ms ahead; negative: behind. */
  async set(subject: Subject, offset: number): Promise<void> {
    writeFileSync(this.#file, String(offset));
    subject.clockOffset = offset;
    await wait(NOTICED);
  }
}
