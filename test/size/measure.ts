import { readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

/** What Rollup wrote about each file of a bundle. */
export type Manifest = Record<string, { imports: string[]; dynamicImports: string[] }>;

export interface Size {
  files: number;
  raw: number;
  gzip: number;
  brotli: number;
}

/** rollup.config.mjs names them so. */
const LANGUAGE = /^parley-locale-(\w+)-/;

/** The files of the languages besides English, of which a page loads one or none, by their codes. */
export function languagesOf(manifest: Manifest): Map<string, string> {
  return new Map(Object.keys(manifest).flatMap((file) => (LANGUAGE.test(file) ? [[LANGUAGE.exec(file)?.[1] ?? '', file]] : [])));
}

/** The files that come with an entry: those it imports, and with `lazy` also those that it may import later, without languages. */
export function filesOf(manifest: Manifest, entry: string, lazy: boolean): string[] {
  const found = new Set<string>();
  const visit = (file: string): void => {
    const links = manifest[file];
    if (!links) throw new Error(`${file} is not in the manifest: was the bundle built?`);
    if (found.has(file)) return;
    found.add(file);
    for (const next of [...links.imports, ...(lazy ? links.dynamicImports.filter((name) => !LANGUAGE.test(name)) : [])]) visit(next);
  };
  visit(entry);
  return [...found];
}

/** Compressed one by one, as they travel. */
export function measure(folder: string, files: readonly string[]): Size {
  const size: Size = { files: files.length, raw: 0, gzip: 0, brotli: 0 };
  for (const file of files) {
    const content = readFileSync(path.join(folder, file));
    size.raw += content.length;
    size.gzip += gzipSync(content, { level: 9 }).length;
    size.brotli += brotliCompressSync(content).length;
  }
  return size;
}
