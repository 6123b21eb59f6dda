import { execFileSync, type ExecFileSyncOptions } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** The first of these programs that is on the path or in one of the folders; null when there is none. */
export function findProgram(
  names: readonly string[],
  folders: readonly string[] = [],
  env: NodeJS.ProcessEnv = process.env,
): string | null {
  const everywhere = [...(env['PATH'] ?? '').split(path.delimiter), ...folders];
  return everywhere.flatMap((folder) => names.map((name) => path.join(folder, name))).find(isExecutable) ?? null;
}

/** What tests need that npm does not bring. */
export interface Program {
  /** As a person calls it: `Chromium`. */
  title: string;
  /** Debian's package. */
  package: string;
  find: () => string | null;
  /** What else helps where Debian's package does not. */
  hint?: string;
}

/**
 * Where the program is; Debian's package of it is installed when it is missing and this process may.
 * @throws Error that says what to do when it may not.
 */
export function ensureProgram({ title, package: name, find, hint }: Program): string {
  const found = find();
  if (found) return found;
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    const options: ExecFileSyncOptions = {
      stdio: ['ignore', 'ignore', 'inherit'],
      // A package that brings a service would start it: what tests need they start themselves, in folders of their own.
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
    };
    // Another test file may be at it already.
    const wait = ['-o', 'DPkg::Lock::Timeout=300'];
    execFileSync('apt-get', [...wait, 'update'], options);
    execFileSync('apt-get', [...wait, 'install', '-y', '--no-install-recommends', name], options);
  }
  const installed = find();
  if (installed) return installed;
  throw new Error(`No ${title} found. Install it (Debian: apt-get install ${name})${hint === undefined ? '' : ` ${hint}`}.`);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
