import { type ServerProcess, type ServerProcessOptions, startServerProcess } from '../../support/server-process.js';

/** One `parley serve`, at a port that it keeps over its lives. */
export class Node {
  readonly port: number;
  readonly #options: ServerProcessOptions;
  #process: ServerProcess | null = null;
  #paused = false;

  constructor(options: ServerProcessOptions) {
    this.#options = options;
    this.port = options.port;
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.port)}`;
  }

  get running(): boolean {
    return this.#process !== null;
  }

  get pid(): number {
    return this.#process?.pid ?? 0;
  }

  /** What it said last. */
  output(): string {
    return this.#process?.output() ?? '';
  }

  async start(): Promise<void> {
    this.#process ??= await startServerProcess(this.#options);
  }

  async end(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const process = this.#process;
    this.#process = null;
    if (this.#paused) this.#signal(process?.pid ?? 0, 'SIGCONT');
    this.#paused = false;
    await process?.stop(signal);
  }

  /** Holds it still: it takes connections, because the kernel does, and says nothing. */
  pause(): void {
    this.#paused = true;
    this.#signal(this.pid, 'SIGSTOP');
  }

  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#signal(this.pid, 'SIGCONT');
  }

  #signal(pid: number, signal: NodeJS.Signals): void {
    try {
      if (pid > 0) process.kill(pid, signal);
    } catch {
      // It has ended by itself, which its user notices by the next command.
    }
  }
}
