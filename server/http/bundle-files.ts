import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PACKAGE_VERSION } from './operation.js';

/** Where the build puts what browsers load. */
export const BUNDLE_FOLDER = fileURLToPath(new URL('../../browser/', import.meta.url));
/** The file that a page names. */
export const ENTRY = 'parley.js';
const MANIFEST = 'parley.manifest.json';

/** What a file loads at once, and later. */
type Manifest = Readonly<Record<string, { imports: readonly string[]; dynamicImports: readonly string[] }>>;

/** Where the bundle of this version stays the same for good. */
export const versionedPath = (file: string): string => `/parley/${PACKAGE_VERSION}/${file}`;

/** @throws Error when the bundle was not built. */
export function readManifest(folder: string = BUNDLE_FOLDER): Manifest {
  return JSON.parse(readFileSync(join(folder, MANIFEST), 'utf8')) as Manifest;
}

/** The entry and everything that it imports before it runs, in the order in which a browser finds them. */
export function loadedAtOnce(manifest: Manifest): string[] {
  const files = new Set([ENTRY]);
  for (const file of files) for (const next of manifest[file]?.imports ?? []) files.add(next);
  return [...files];
}

/** Files that the manifest names and that are not there. */
export function missingFiles(folder: string = BUNDLE_FOLDER): string[] {
  const manifest = readManifest(folder);
  return Object.keys(manifest).filter((file) => !existsSync(join(folder, file)));
}

/** As the attribute `integrity` has it. */
export function integrityOf(file: string): string {
  return `sha384-${createHash('sha384')
    .update(readFileSync(join(BUNDLE_FOLDER, file)))
    .digest('base64')}`;
}
