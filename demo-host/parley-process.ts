import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { portTaken, StartProblem } from './settings.js';

/** The server's command line, beside the demo host in the built package. An operator runs `parley serve`. */
const CLI = fileURLToPath(new URL('../server/cli.js', import.meta.url));
const READY_WITHIN = 15_000;
const STOP_WITHIN = 8_000;
const RESTART_AFTER = 1_000;

export interface ParleyProcessOptions {
  port: number;
  data: string;
  secretFile: string;
  /** Origins of the demo host's pages. */
  origins: readonly string[];
  /** Where the server hands in mail, and from which address; without it history is not sent by mail. */
  mail?: { url: string; from: string };
  env: Readonly<Record<string, string | undefined>>;
  /** Told what an onlooker should know, one line each. */
  tell: (line: string) => void;
}

/** The Parley server as a process of its own, as in real life. When it dies it is started again: the pages catch up by themselves. */
export class ParleyProcess {
  readonly url: string;
  readonly #options: ParleyProcessOptions;
  #child: ChildProcess | null = null;
  #stopping = false;
  #restart: NodeJS.Timeout | null = null;

  constructor(options: ParleyProcessOptions) {
    this.#options = options;
    this.url = `http://localhost:${String(options.port)}`;
  }

  /** Resolves when the server takes connections. @throws StartProblem */
  async start(): Promise<void> {
    await this.#assertPortFree();
    await this.#launch();
  }

  /** Asks it to end, and resolves when it has. */
  async stop(): Promise<void> {
    this.#stopping = true;
    if (this.#restart) clearTimeout(this.#restart);
    const child = this.#child;
    if (!child || hasEnded(child)) return;
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    const hard = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN);
    await gone;
    clearTimeout(hard);
  }

  async #launch(): Promise<void> {
    const { port, data, secretFile, origins, mail, env } = this.#options;
    const { PARLEY_SECRET: _secret, PARLEY_SECRET_FILE: _file, NODE_ENV: _production, ...rest } = env;
    const child = spawn(process.execPath, [CLI, 'serve'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PARLEY_LOG_LEVEL: 'warn',
        ...(mail ? { PARLEY_SMTP_URL: mail.url, PARLEY_MAIL_FROM: mail.from } : {}),
        ...rest,
        PARLEY_HOST: '127.0.0.1',
        PARLEY_PORT: String(port),
        PARLEY_DATA: data,
        PARLEY_SECRET_FILE: secretFile,
        PARLEY_ORIGINS: origins.join(','),
        PARLEY_NATIVE_CLIENTS: 'true',
      },
    });
    this.#child = child;
    child.stdout.pipe(process.stdout, { end: false });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4_000);
      process.stderr.write(chunk);
    });
    await untilReady(child, `http://127.0.0.1:${String(port)}/readyz`, () => said);
    child.once('exit', (code, signal) => this.#hasDied(signal ?? `exit code ${String(code)}`));
    if (hasEnded(child)) this.#hasDied('at once');
  }

  #hasDied(how: string): void {
    if (this.#stopping || this.#restart) return;
    this.#options.tell(`The Parley server has ended (${how}) and is started again.`);
    this.#restart = setTimeout(() => {
      this.#restart = null;
      this.#launch().catch((cause: unknown) => this.#options.tell(`The Parley server does not start again: ${String(cause)}`));
    }, RESTART_AFTER);
  }

  async #assertPortFree(): Promise<void> {
    const { port } = this.#options;
    const probe = createServer();
    probe.listen(port, '127.0.0.1');
    try {
      await once(probe, 'listening');
    } catch {
      throw portTaken('PARLEY_PORT', port);
    }
    probe.close();
    await once(probe, 'close');
  }
}

async function untilReady(child: ChildProcess, address: string, said: () => string): Promise<void> {
  const deadline = performance.now() + READY_WITHIN;
  for (;;) {
    if (hasEnded(child)) throw new StartProblem(`The Parley server did not start.\n${said().trim()}`);
    const answered = await fetch(address, { signal: AbortSignal.timeout(1_000) }).then(
      (response) => response.ok,
      () => false,
    );
    if (answered) return;
    if (performance.now() > deadline) {
      child.kill('SIGKILL');
      throw new StartProblem(`The Parley server was not ready within ${String(READY_WITHIN / 1000)} s.`);
    }
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
