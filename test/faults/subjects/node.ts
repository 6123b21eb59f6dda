import { type ServerProcess, type ServerProcessOptions, startServerProcess } from '../../support/server-process.js';

/** Ms that a node has for its clients' sake. */
const ENDS_WITHIN = 10_000;
const running = new Set<ServerProcess>();
process.once('exit', () => {
  for (const { pid } of running) signal(pid, 'SIGKILL');
});

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
    if (this.#process) return;
    this.#process = await startServerProcess(this.#options);
    running.add(this.#process);
  }

  /** Resolves once it is gone; with SIGTERM it is killed when it takes too long. */
  async end(how: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const process = this.#process;
    this.#process = null;
    if (!process) return;
    if (this.#paused) signal(process.pid, 'SIGCONT');
    this.#paused = false;
    const hurry = setTimeout(() => signal(process.pid, 'SIGKILL'), ENDS_WITHIN);
    await process.stop(how);
    clearTimeout(hurry);
    running.delete(process);
  }

  /** Holds it still: it takes connections, because the kernel does, and says nothing. */
  pause(): void {
    this.#paused = true;
    signal(this.pid, 'SIGSTOP');
  }

  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    signal(this.pid, 'SIGCONT');
  }
}

function signal(pid: number, which: NodeJS.Signals): void {
  try {
    if (pid > 0) process.kill(pid, which);
  } catch {
    // It has ended by itself, which its user notices by the next command.
  }
}
