import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** The key that the demo's back end signs tokens with; the Parley server reads the same file. Made once per data folder. */
export interface DemoSecret {
  file: string;
  value: string;
}

export async function demoSecret(data: string): Promise<DemoSecret> {
  await mkdir(data, { recursive: true });
  const file = path.join(data, 'demo-secret');
  try {
    // `wx` and the mode in one call: the file is never readable for others, not even for a moment.
    await writeFile(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch (cause) {
    if (!(cause instanceof Error) || !('code' in cause) || cause.code !== 'EEXIST') throw cause;
  }
  return { file, value: (await readFile(file, 'utf8')).trim() };
}
