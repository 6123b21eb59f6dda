import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, plainEnvironment } from '../support/server-process.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const READY = 'Parley is ready.';

/** `npm start` as an evaluator runs it, on ports and a data folder of its own. */
export interface Demo {
  readonly url: string;
  /** Milliseconds from the command to "ready". */
  readonly startedIn: number;
  output(): string;
  /** Ctrl-C; resolves to the exit code once all of it is gone. */
  interrupt(): Promise<number | null>;
}

export class DemoGround {
  readonly #data: string;
  readonly #ports: { parley: number; demo: number };
  readonly #running: Demo[] = [];

  private constructor(data: string, ports: { parley: number; demo: number }) {
    this.#data = data;
    this.#ports = ports;
  }

  static async open(): Promise<DemoGround> {
    const parley = await freePort();
    let demo = await freePort();
    while (demo === parley) demo = await freePort();
    return new DemoGround(await mkdtemp(join(tmpdir(), 'parley-demo-')), { parley, demo });
  }

  async start(): Promise<Demo> {
    const begin = performance.now();
    // A process group of its own, which gets the Ctrl-C as the foreground group of a terminal does.
    const child = spawn('npm', ['start'], {
      cwd: ROOT,
      detached: true,
      env: {
        ...plainEnvironment(),
        PARLEY_PORT: String(this.#ports.parley),
        PARLEY_DEMO_PORT: String(this.#ports.demo),
        PARLEY_DATA: this.#data,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const ended = once(child, 'exit').then(([code]) => code as number | null);
    await new Promise<void>((resolve, reject) => {
      const hear = (chunk: Buffer) => {
        output += chunk.toString();
        if (output.includes(READY)) resolve();
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      void ended.then((code) => {
        reject(new Error(`npm start ended with ${String(code)}:\n${output}`));
      });
    });
    const demo: Demo = {
      url: `http://localhost:${String(this.#ports.demo)}`,
      startedIn: performance.now() - begin,
      output: () => output,
      async interrupt() {
        if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
        return ended;
      },
    };
    this.#running.push(demo);
    return demo;
  }

  async close(): Promise<void> {
    for (const demo of this.#running) await demo.interrupt();
    await rm(this.#data, { recursive: true, force: true });
  }
}
