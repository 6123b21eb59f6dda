import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

/** Lines of a file that are on the disk before anybody is told of them. What comes during a flush shares the next one. */
export class FlushedLog {
  readonly #file: Promise<FileHandle>;
  #waiting: { line: string; done: () => void }[] = [];
  #writing = false;

  constructor(file: string) {
    this.#file = open(file, 'a');
  }

  append(line: string, done: () => void): void {
    this.#waiting.push({ line, done });
    if (!this.#writing) void this.#write();
  }

  async #write(): Promise<void> {
    this.#writing = true;
    const file = await this.#file;
    while (this.#waiting.length > 0) {
      const lines = this.#waiting;
      this.#waiting = [];
      await file.write(lines.map(({ line }) => `${line}\n`).join(''));
      await file.datasync();
      for (const { done } of lines) done();
    }
    this.#writing = false;
  }
}
