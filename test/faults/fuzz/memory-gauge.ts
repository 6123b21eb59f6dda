import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../../support/eventually.js';
import type { Subject, SubjectOptions } from '../subjects/subject.js';

/** What a server holds after every thread of it has swept its heap. */
export interface Memory {
  /** Live objects of the main thread and what they hold outside of the heap; bytes. */
  held: number;
  /** Resident memory of the whole process; bytes. It keeps pages that nothing is on. */
  resident: number;
}

export class MemoryGauge {
  readonly #file: string;

  constructor(folder: string) {
    this.#file = join(folder, 'memory');
  }

  /** What a subject must be started with. */
  get options(): Required<Pick<SubjectOptions, 'nodeArguments' | 'env'>> {
    return {
      nodeArguments: ['--expose-gc', '--import', new URL('../nemeses/patches/memory.js', import.meta.url).href],
      env: { FAULTS_MEMORY: this.#file },
    };
  }

  /** Of the subject's first node. Null when it has ended. */
  async read(subject: Subject): Promise<Memory | null> {
    const pid = subject.nodes[0]?.pid ?? 0;
    rmSync(this.#file, { force: true });
    try {
      process.kill(pid, 'SIGUSR2');
      const { heapUsed, external } = await eventually(() => this.#said(), 'a sweep', 60_000);
      return { held: heapUsed + external, resident: residentOf(pid) };
    } catch {
      return null;
    }
  }

  #said(): NodeJS.MemoryUsage | undefined {
    try {
      return JSON.parse(readFileSync(this.#file, 'utf8')) as NodeJS.MemoryUsage;
    } catch {
      return undefined;
    }
  }
}

function residentOf(pid: number): number {
  const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'));
  return Number(line?.[1] ?? 0) * 1_024;
}
