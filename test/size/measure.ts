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

/** The files that come with an entry: those it imports, and with `lazy` also those that it may import later. */
export function filesOf(manifest: Manifest, entry: string, lazy: boolean): string[] {
  const found = new Set<string>();
  const visit = (file: string): void => {
    const links = manifest[file];
    if (!links) throw new Error(`${file} is not in the manifest: was the bundle built?`);
    if (found.has(file)) return;
    found.add(file);
    for (const next of [...links.imports, ...(lazy ? links.dynamicImports : [])]) visit(next);
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
