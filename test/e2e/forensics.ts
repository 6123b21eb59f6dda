import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

/** A word as a file may hold it: as letters of one byte or of two in either order, and within base64 wherever it begins. */
function writingsOf(word: string): Buffer[] {
  const wide = Buffer.from(word, 'utf16le');
  // The first and the last letters depend on what stands beside the word.
  const base64 = [0, 1, 2].map((before) =>
    Buffer.from('\0'.repeat(before) + word)
      .toString('base64')
      .slice(before === 0 ? 0 : 4, -4),
  );
  return [Buffer.from(word), wide, Buffer.from(wide).swap16(), ...base64.map((text) => Buffer.from(text))];
}

export interface Find {
  /** From the folder that was searched. */
  file: string;
  offset: number;
  /** What stands around it, letter by letter. */
  around: string;
}

/** Every file below a folder that holds the word, whatever kind of file it is; and how many bytes were looked at. */
export function searchBytes(folder: string, word: string): { finds: Find[]; files: number; bytes: number } {
  const writings = writingsOf(word);
  const finds: Find[] = [];
  let files = 0;
  let bytes = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const content = readFileSync(path);
    files += 1;
    bytes += content.length;
    for (const writing of writings) {
      const offset = content.indexOf(writing);
      if (offset < 0) continue;
      const around = content.toString('latin1', Math.max(0, offset - 60), offset + 120).replaceAll(/[^\x20-\x7e]+/g, '.');
      finds.push({ file: relative(folder, path), offset, around });
    }
  }
  return { finds, files, bytes };
}
