import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, plainEnvironment } from '../support/server-process.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** What an evaluator runs: a script of npm, and what it says at last. */
interface DemoScript {
  run: readonly string[];
  ready: string;
  /** How many ports of its own it listens on, one after the other. */
  ports: number;
}
const START: DemoScript = { run: ['start'], ready: 'Parley is ready.', ports: 1 };
export const OHIF: DemoScript = { run: ['run', 'demo:ohif'], ready: 'Two viewers are ready.', ports: 2 };

/** A demo as an evaluator runs it, on ports and a data folder of its own. */
export interface Demo {
  readonly url: string;
  /** Of each of its ports. */
  readonly urls: readonly string[];
  /** Milliseconds from the command to "ready". */
  readonly startedIn: number;
  output(): string;
  /** Ctrl-C; resolves to the exit code once all of it is gone. */
  interrupt(): Promise<number | null>;
}

export class DemoGround {
  readonly #data: string;
  readonly #ports: { parley: number; demo: number };
  readonly #script: DemoScript;
  readonly #running: Demo[] = [];

  private constructor(data: string, ports: { parley: number; demo: number }, script: DemoScript) {
    this.#data = data;
    this.#ports = ports;
    this.#script = script;
  }

  static async open(script: DemoScript = START): Promise<DemoGround> {
    const parley = await freePort();
    let demo = await freePort();
    while (parley - demo < script.ports && parley >= demo) demo = await freePort();
    return new DemoGround(await mkdtemp(join(tmpdir(), 'parley-demo-')), { parley, demo }, script);
  }

  async start(): Promise<Demo> {
    const begin = performance.now();
    // A process group of its own, which gets the Ctrl-C as the foreground group of a terminal does.
    const { run, ready, ports } = this.#script;
    const child = spawn('npm', run, {
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
        if (output.includes(ready)) resolve();
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      void ended.then((code) => {
        reject(new Error(`npm ${run.join(' ')} ended with ${String(code)}:\n${output}`));
      });
    });
    const urls = Array.from({ length: ports }, (_, index) => `http://localhost:${String(this.#ports.demo + index)}`);
    const demo: Demo = {
      url: urls[0] ?? '',
      urls,
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
