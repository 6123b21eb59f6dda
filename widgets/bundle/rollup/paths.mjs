import { readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '../../..');
/** What tsc has written. */
export const built = (file) => path.join(root, 'dist', file);
export const moduleFile = (name) => path.join(root, 'node_modules', name);
export const json = (file) => JSON.parse(readFileSync(file, 'utf8'));
export const { version } = json(path.join(root, 'package.json'));
