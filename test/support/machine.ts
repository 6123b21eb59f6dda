import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from './packages.js';

/** A program that Parley leans on, such as a database, as a test or the fault harness treats it. */
export interface MachineProgram {
  /** Names the folder and the messages: `postgres`. */
  name: string;
  command: string;
  /** Arguments, once it has its folder. */
  args: readonly string[];
  folder: string;
  /** Resolves to true once it answers; asked again and again. */
  answers: () => Promise<boolean>;
  /** Ends it at once but in good order. */
  quit: NodeJS.Signals;
  /** Whom it runs as, when it may not be us. */
  owner?: Owner | undefined;
  env?: Record<string, string>;
}

export interface Owner {
  uid: number;
  gid: number;
}

/** Milliseconds for a start, crash recovery included. */
const READY_WITHIN = 60_000;
const running = new Set<Machine>();
process.once('exit', () => {
  for (const machine of running) machine.endNow();
});

/**
 * A process with everything it started: it can be ended, killed, held still and started again at the same place. It does not keep
 * this process alive and does not survive it.
 */
export class Machine {
  readonly #program: MachineProgram;
  #child: ChildProcess | null = null;
  #paused: number[] = [];

  constructor(program: MachineProgram) {
    this.#program = program;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  get running(): boolean {
    return this.#child !== null && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** What it said last. */
  output(): string {
    return readFileSync(this.#log, 'utf8').slice(-20_000);
  }

  /** @throws Error with what the program said when it ends or does not answer. */
  async start(): Promise<void> {
    if (this.running) return;
    const { name, command, args, folder, owner, env, answers, quit } = this.#program;
    const log = openSync(this.#log, 'a');
    // Linux ends it when we are killed and cannot.
    const guard = findProgram(['setpriv']);
    const [program = command, ...rest] = [...(guard ? [guard, `--pdeathsig=${quit.slice(3)}`, '--'] : []), command, ...args];
    const child = spawn(program, rest, {
      cwd: folder,
      stdio: ['ignore', log, log],
      env: { PATH: process.env['PATH'], LC_ALL: 'C', ...env },
      ...owner,
    });
    closeSync(log);
    child.unref();
    this.#child = child;
    running.add(this);
    const deadline = performance.now() + READY_WITHIN;
    while (!(await answers())) {
      if (!this.running) throw new Error(`${name} ended:\n${this.output()}`);
      if (performance.now() > deadline) throw new Error(`${name} did not answer:\n${this.output()}`);
      await pause();
    }
  }

  /** Ends it in good order. */
  stop(): Promise<void> {
    return this.#end(() => this.#signal(this.#program.quit));
  }

  /** As a crash ends it: the process and all it started, without a chance to do anything. */
  kill9(): Promise<void> {
    return this.#end(() => {
      for (const pid of this.#family()) signal(pid, 'SIGKILL');
    });
  }

  async restart(how: 'stop' | 'kill9' = 'stop'): Promise<void> {
    await this[how]();
    await this.start();
  }

  /** Holds it still with everything it started: nobody answers, and no connection ends. */
  pause(): void {
    // The parent first: it could start another one while the others are held.
    for (;;) {
      const awake = this.#family().filter((pid) => !this.#paused.includes(pid));
      if (awake.length === 0) return;
      for (const pid of awake) signal(pid, 'SIGSTOP');
      this.#paused.push(...awake);
    }
  }

  resume(): void {
    for (const pid of this.#paused.splice(0).reverse()) signal(pid, 'SIGCONT');
  }

  /** Ends it and removes its folder. */
  async close(): Promise<void> {
    await this.stop();
    rmSync(this.#program.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** As `close`, without waiting: this process is ending. */
  endNow(): void {
    const family = this.#family();
    this.resume();
    this.#signal(this.#program.quit);
    const still = new Int32Array(new SharedArrayBuffer(4));
    for (let waited = 0; waited < 5_000 && family.some(isAlive); waited += 10) Atomics.wait(still, 0, 0, 10);
    for (const pid of family) signal(pid, 'SIGKILL');
    rmSync(this.#program.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  get #log(): string {
    return join(this.#program.folder, 'output.log');
  }

  async #end(how: () => void): Promise<void> {
    const child = this.#child;
    if (!child || !this.running) return;
    const family = this.#family();
    const gone = once(child, 'exit');
    child.ref();
    how();
    this.resume();
    await gone;
    while (family.some(isAlive)) await pause();
    running.delete(this);
  }

  #signal(which: NodeJS.Signals): void {
    if (this.running) signal(this.pid, which);
  }

  #family(): number[] {
    return this.running ? withDescendants(this.pid) : [];
  }
}

/** A folder for the program, which a later run removes if this one is killed. */
export function newFolder(name: string, owner?: Owner): string {
  for (const entry of readdirSync(tmpdir())) {
    const [, pid] = /^parley-machine-[a-z]+-(\d+)-/.exec(entry) ?? [];
    if (pid !== undefined && !exists(Number(pid))) rmSync(join(tmpdir(), entry), { recursive: true, force: true });
  }
  const folder = mkdtempSync(join(tmpdir(), `parley-machine-${name}-${String(process.pid)}-`));
  if (owner) chownSync(folder, owner.uid, owner.gid);
  return folder;
}

/** A folder inside it that belongs to the same user. */
export function newSubfolder(folder: string, name: string, owner?: Owner): string {
  const inside = join(folder, name);
  mkdirSync(inside, { mode: 0o700 });
  if (owner) chownSync(inside, owner.uid, owner.gid);
  return inside;
}

/** A port that is free, and that the system gives to nobody who asks for any port: it is still free after a restart. */
export async function steadyPort(): Promise<number> {
  for (;;) {
    const port = 12_000 + Math.floor(Math.random() * 18_000);
    const probe = createServer().listen(port, '127.0.0.1');
    const free = await once(probe, 'listening').then(
      () => true,
      () => false,
    );
    if (!free) continue;
    probe.close();
    await once(probe, 'close');
    return port;
  }
}

/** A process and all that it started and that these started, as they are now. */
export function withDescendants(pid: number): number[] {
  const children = ofProcess(pid, `task/${String(pid)}/children`)
    .split(' ')
    .filter(Boolean)
    .map(Number);
  return [pid, ...children.flatMap(withDescendants)];
}

/** Without /proc every process counts as dead and childless, and only the machine's own process is known. */
export function isAlive(pid: number): boolean {
  const state = /\) (\w)/.exec(ofProcess(pid, 'stat'))?.[1];
  return state !== undefined && state !== 'Z' && state !== 'X';
}

function ofProcess(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${String(pid)}/${file}`, 'utf8').trim();
  } catch {
    return '';
  }
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function signal(pid: number, which: NodeJS.Signals): void {
  try {
    process.kill(pid, which);
  } catch {
    // It is gone.
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 10));
}
