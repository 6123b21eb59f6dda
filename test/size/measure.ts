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

/** The files that come with an entry and with these lazy chunks, named without their hashes. */
export function filesWith(manifest: Manifest, entry: string, chunks: readonly string[]): string[] {
  const named = chunks.map((name) => {
    const found = Object.keys(manifest).find((file) => file.replace(/-[\w-]{8}\.js$/, '') === `parley-${name}`);
    if (found === undefined) throw new Error(`There is no chunk ${name}: was it renamed?`);
    return found;
  });
  return [...new Set([entry, ...named].flatMap((file) => filesOf(manifest, file, false)))];
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
