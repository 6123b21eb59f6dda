import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { titlesOf } from './titles.js';
import type { Title } from './titles.js';

export const ROOT = path.join(import.meta.dirname, '../../..');

/** Of all tests of the project but those of this folder, which quote titles. */
export function titlesOfTests(): Title[] {
  const files = globSync('test/**/*.ts', { cwd: ROOT, exclude: ['test/rows/**'] }).sort();
  return files.flatMap((file) => titlesOf(file.split(path.sep).join('/'), readFileSync(path.join(ROOT, file), 'utf8')));
}
