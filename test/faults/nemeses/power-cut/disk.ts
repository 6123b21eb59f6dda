import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Random } from '../../../support/random.js';
import type { Step } from './trace.js';

type Change = Extract<Step, { type: 'write' | 'truncate' }>;

/** The unit that a disk writes whole. */
const SECTOR = 512;

/** A disk that forgets: what was flushed is safe, of the rest any part may be there after the power comes back. */
export class Disk {
  readonly #safe = new Map<string, Buffer>();
  /** Each file's changes that no flush has covered, with the number of their step. */
  readonly #unsafe = new Map<string, { step: number; change: Change }[]>();

  take(step: Step, number: number): void {
    if (step.type === 'write' || step.type === 'truncate') {
      const changes = this.#unsafe.get(step.file) ?? [];
      changes.push({ step: number, change: step });
      this.#unsafe.set(step.file, changes);
    } else if (step.type === 'flush') {
      const changes = this.#unsafe.get(step.file) ?? [];
      const covered = changes.filter((one) => one.step < step.since);
      let content = this.#safe.get(step.file) ?? Buffer.alloc(0);
      for (const { change } of covered) content = apply(content, change);
      this.#safe.set(step.file, content);
      this.#unsafe.set(
        step.file,
        changes.filter((one) => one.step >= step.since),
      );
    } else if (step.type === 'remove') {
      this.#safe.delete(step.file);
      this.#unsafe.delete(step.file);
    }
  }

  /** Writes into `folder` what could be found after the power was cut now: a random half of what was not flushed, the last write torn. */
  async cut(folder: string, random: Random): Promise<void> {
    await mkdir(folder, { recursive: true });
    for (const file of new Set([...this.#safe.keys(), ...this.#unsafe.keys()])) {
      let content: Buffer = Buffer.from(this.#safe.get(file) ?? Buffer.alloc(0));
      const changes = this.#unsafe.get(file) ?? [];
      for (const [index, { change }] of changes.entries()) {
        if (random.below(2) === 0) continue;
        const torn = index === changes.length - 1 && change.type === 'write' && random.below(2) === 0;
        content = apply(content, torn ? tear(change, random) : change);
      }
      await writeFile(join(folder, basename(file)), content);
    }
  }
}

function apply(content: Buffer, change: Change): Buffer {
  if (change.type === 'truncate') {
    return change.size <= content.length
      ? content.subarray(0, change.size)
      : Buffer.concat([content, Buffer.alloc(change.size - content.length)]);
  }
  const end = change.offset + change.data.length;
  const grown = end <= content.length ? content : Buffer.concat([content, Buffer.alloc(end - content.length)]);
  change.data.copy(grown, change.offset);
  return grown;
}

function tear(change: Extract<Change, { type: 'write' }>, random: Random): Change {
  const sectors = Math.ceil(change.data.length / SECTOR);
  return { ...change, data: change.data.subarray(0, random.below(sectors + 1) * SECTOR) };
}
