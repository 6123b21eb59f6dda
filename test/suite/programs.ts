import { spawn } from 'node:child_process';
import { FAILED, indent, PASSED, type Outcome } from './part.js';

interface Finished {
  code: number;
  output: string;
}

/** A program that takes longer than this hangs. ms */
const PROGRAM_TIMEOUT = 2_100_000;

/** Runs a program with this Node and collects what it says; one that hangs is ended, and has failed. */
function execute(args: readonly string[]): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const late = setTimeout(() => {
      output += `\nIt was ended after ${PROGRAM_TIMEOUT / 1_000} s.`;
      child.kill('SIGKILL');
      // What it started may still hold them.
      child.stdout.destroy();
      child.stderr.destroy();
    }, PROGRAM_TIMEOUT);
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(late);
      resolve({ code: code ?? 1, output });
    });
  });
}

/** A program that holds when it exits with 0: one test. */
export async function runCheck(title: string, args: readonly string[]): Promise<Outcome> {
  const { code, output } = await execute(args);
  if (code === 0) return PASSED;
  console.log(`FAILED ${title}\n${indent(output)}`);
  return FAILED;
}
