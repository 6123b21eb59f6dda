import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';

/** A disk of a few megabytes, which fills up as real ones do. */
export class SmallDisk {
  readonly folder: string;
  #megabytes: number;

  private constructor(folder: string, megabytes: number) {
    this.folder = folder;
    this.#megabytes = megabytes;
  }

  /** Null with the reason when this machine does not let us mount one. */
  static mount(folder: string, megabytes: number): SmallDisk | { reason: string } {
    mkdirSync(folder, { recursive: true });
    const { status, stderr, error } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${String(megabytes)}m,mode=0777`, 'tmpfs', folder], {
      encoding: 'utf8',
    });
    if (status === 0) return new SmallDisk(folder, megabytes);
    return { reason: `a small disk cannot be mounted here (root only): ${(error?.message ?? stderr).trim()}` };
  }

  /** As when an operator has made room. */
  grow(megabytes: number): void {
    this.#megabytes += megabytes;
    spawnSync('mount', ['-o', `remount,size=${String(this.#megabytes)}m`, this.folder]);
  }

  unmount(): void {
    spawnSync('umount', ['-l', this.folder]);
  }
}

/** What was killed has left its disks where they were. */
export function unmountWithin(folder: string): void {
  if (process.platform !== 'linux') return;
  for (const line of readFileSync('/proc/mounts', 'utf8').split('\n')) {
    const place = line.split(' ')[1];
    if (place?.startsWith(`${folder}/`)) spawnSync('umount', ['-l', place]);
  }
}
