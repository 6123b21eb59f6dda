import { run } from 'node:test';
import { inspect } from 'node:util';
import { indent, type Outcome } from './part.js';

/** A single test that takes longer than this hangs; `watchdog.ts` ends whole files. ms */
const TEST_TIMEOUT = 240_000;
const WATCHDOG = new URL('watchdog.js', import.meta.url).href;

/**
 * Files at a time. Also of those that start servers and browsers: alone, one of them keeps little more than one core busy, and no test may
 * depend on how fast the machine is.
 */
const CONCURRENCY = 2;

/** Runs files of node:test, each in a process of its own, and prints what failed with everything its file said. */
export async function runNodeTests(files: string[]): Promise<Outcome> {
  const outcome = { passed: 0, failed: 0, skipped: 0 };
  const said = new Map<string, string>();
  const failures: { file: string; text: string }[] = [];
  const hear = ({ file = '', message }: { file?: string | undefined; message: string }): void =>
    void said.set(file, (said.get(file) ?? '') + message);

  const stream = run({ files, concurrency: CONCURRENCY, timeout: TEST_TIMEOUT, execArgv: ['--import', WATCHDOG] });
  stream.on('test:stdout', hear);
  stream.on('test:stderr', hear);
  stream.on('test:pass', ({ name, details, skip, todo }) => {
    if (typeof skip === 'string') console.log(`Skipped: ${name}. ${skip}`);
    if (details.type === 'suite' && !skip) return;
    if (skip || todo) outcome.skipped += 1;
    else outcome.passed += 1;
  });
  stream.on('test:fail', ({ name, file = '', line, details }) => {
    const { error } = details;
    // The tests inside it were counted already.
    if ('failureType' in error && error.failureType === 'subtestsFailed') return;
    outcome.failed += 1;
    failures.push({ file, text: `FAILED ${name}\n       ${file}:${line ?? 0}\n${indent(inspect(error.cause ?? error))}` });
  });
  for await (const _event of stream);

  for (const { text } of failures) console.log(text);
  for (const file of new Set(failures.map((failure) => failure.file))) {
    const output = said.get(file);
    if (output) console.log(`Output of ${file}:\n${indent(output)}`);
  }
  return outcome;
}
