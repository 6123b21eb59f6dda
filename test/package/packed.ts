import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './modules.js';

/** npm says much that is no matter of ours. */
const QUIET = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

/** What `npm publish` would send, as a file in this folder. The build has run. */
export function pack(folder: string): string {
  const said = execFileSync('npm', ['pack', ...QUIET, '--json', '--pack-destination', folder], { cwd: ROOT, encoding: 'utf8' });
  const [packed] = JSON.parse(said) as { filename: string }[];
  if (packed === undefined) throw new Error('nothing was packed');
  return path.join(folder, packed.filename);
}

/** A host's project in this folder with the package in it, as npm installs it where scripts are forbidden. */
export function installed(folder: string): void {
  const tarball = pack(folder);
  writeFileSync(path.join(folder, 'package.json'), '{ "name": "host", "private": true, "type": "module" }\n');
  execFileSync('npm', ['install', ...QUIET, '--prefer-offline', tarball], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Packages that a host has besides, as they are here. */
export function beside(folder: string, ...names: string[]): void {
  for (const name of names) {
    const place = path.join(folder, 'node_modules', name);
    mkdirSync(path.dirname(place), { recursive: true });
    symlinkSync(path.join(ROOT, 'node_modules', name), place);
  }
}
