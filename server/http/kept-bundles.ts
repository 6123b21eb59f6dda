import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../config.js';
import { BUNDLE_FOLDER } from './bundle-files.js';
import { PACKAGE_VERSION } from './operation.js';

/** As Semantic Versioning has it: nothing that leads out of a folder. */
export const isVersion = (name: string): boolean => /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/.test(name);

/**
 * The bundles of every version that ran here, in a folder that all nodes share: a page that names a version goes on after an upgrade, and
 * one that was loaded before it finds the rest of its files.
 */
export class KeptBundles {
  readonly #folder: string;

  /**
   * Puts the bundle of this version there, where it is not yet. What is there is never written over.
   *
   * @throws ConfigError when the folder cannot be written.
   */
  constructor(folder: string) {
    this.#folder = folder;
    const target = join(folder, PACKAGE_VERSION);
    const copy = join(folder, `.${PACKAGE_VERSION}-${randomUUID()}`);
    try {
      if (existsSync(target)) return;
      mkdirSync(folder, { recursive: true });
      cpSync(BUNDLE_FOLDER, copy, { recursive: true });
      renameSync(copy, target);
    } catch (error) {
      rmSync(copy, { recursive: true, force: true });
      // Another node may have been faster.
      if (!existsSync(target)) throw new ConfigError([`PARLEY_BUNDLES: ${folder} cannot be written (${String(error)})`]);
    }
  }

  /** Every version that is there, in no order. */
  get versions(): string[] {
    return readdirSync(this.#folder).filter(isVersion);
  }

  /** Where the files of a version are; null where there are none. */
  folderOf(version: string): string | null {
    const folder = join(this.#folder, version);
    return isVersion(version) && existsSync(folder) ? folder : null;
  }
}
