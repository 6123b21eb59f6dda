import { mkdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { fileOfEpoch } from './anchored-heads.js';

/** Where signed heads go: somewhere that whoever changes the store cannot change. */
export interface AnchorPlace {
  /** Resolves when the line is kept for good. The same line may come again. */
  keep(line: { epoch: string; number: number; line: string }): Promise<void>;
}

/** ms */
const ANSWER = 10_000;

export function anchorPlace(setting: string): AnchorPlace {
  return /^https?:\/\//.test(setting) ? new AddressPlace(setting) : new FolderPlace(setting);
}

/** A file for each epoch, only ever appended to: a volume may refuse everything else. */
class FolderPlace implements AnchorPlace {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async keep({ epoch, line }: { epoch: string; number: number; line: string }): Promise<void> {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const file = await open(join(this.#folder, fileOfEpoch(epoch)), 'a+', 0o600);
    try {
      const { ended, last } = await lastLine(file);
      if (last === line) return;
      // Half a line of a power cut stays, and its whole one follows.
      await file.appendFile(`${ended ? '' : '\n'}${line}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
  }
}

async function lastLine(file: FileHandle): Promise<{ ended: boolean; last: string }> {
  const { size } = await file.stat();
  let text = '';
  for (let end = size; end > 0 && !text.trimEnd().includes('\n');) {
    const start = Math.max(0, end - 65_536);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(end - start), 0, end - start, start);
    text = buffer.toString('latin1', 0, bytesRead) + text;
    end = start;
  }
  const whole = Buffer.from(text, 'latin1').toString('utf8');
  return { ended: size === 0 || whole.endsWith('\n'), last: whole.trimEnd().split('\n').at(-1) ?? '' };
}

/** An address of the host, which keeps the body of each request: one line. */
class AddressPlace implements AnchorPlace {
  readonly #address: string;

  constructor(address: string) {
    this.#address = address;
  }

  async keep({ epoch, number, line }: { epoch: string; number: number; line: string }): Promise<void> {
    const response = await fetch(this.#address, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-ndjson', 'Parley-Epoch': epoch, 'Parley-Number': String(number) },
      body: `${line}\n`,
      redirect: 'error',
      signal: AbortSignal.timeout(ANSWER),
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`the address answered ${response.status}`);
  }
}
