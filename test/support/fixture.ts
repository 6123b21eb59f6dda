import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Of the repository, whatever is compiled to where. */
export const ROOT = path.join(import.meta.dirname, '../../..');
/** Not in the repository: what watches or searches its sources would walk through all that is installed. Of this working tree alone. */
const INSTALLED = path.join(tmpdir(), `parley-fixtures-${createHash('sha256').update(ROOT).digest('hex').slice(0, 12)}`);

/**
 * A project of a host under test/, with a package.json and a lockfile of its own: several versions of one library cannot share a folder, and
 * what a fixture needs is nothing that Parley depends on. It is copied, and what it needs is installed when that was not done for this
 * lockfile. Returns where it lies.
 */
export function prepareFixture(name: string): string {
  const source = path.join(ROOT, 'test', name);
  const folder = path.join(INSTALLED, name);
  cpSync(source, folder, { recursive: true, filter: (file) => path.basename(file) !== 'node_modules' });
  const lock = path.join(source, 'package-lock.json');
  const done = path.join(folder, 'node_modules/.installed-for.json');
  if (!existsSync(done) || !readFileSync(done).equals(readFileSync(lock))) {
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
    cpSync(lock, done);
  }
  return folder;
}
