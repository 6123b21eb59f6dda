import path from 'node:path';
import { defaultReporter, startTestRunner } from '@web/test-runner';
import type { TestRunnerConfig, TestSession, TestSuiteResult } from '@web/test-runner';
import { FAILED, sum, type Outcome } from './part.js';

const CONFIG = new URL('../../../test/support/web-test-runner.config.mjs', import.meta.url);

/** Runs element tests in Chromium; @web/test-runner prints what failed. */
export async function runBrowserTests(files: string[]): Promise<Outcome> {
  const { default: config } = (await import(CONFIG.href)) as { default: TestRunnerConfig };
  const runner = await startTestRunner({
    config: {
      ...config,
      files: files.map((file) => path.relative(config.rootDir ?? '.', file)),
      reporters: [defaultReporter({ reportTestResults: true, reportTestProgress: false })],
    },
    readCliArgs: false,
    readFileConfig: false,
    autoExitProcess: false,
  });
  if (!runner) return FAILED;
  await new Promise<void>((resolve) => runner.on('finished', () => resolve()));
  const outcome = sum([...runner.sessions.all()].map(ofSession));
  await runner.stop();
  return outcome;
}

function ofSession(session: TestSession): Outcome {
  const counted = session.testResults ? ofSuite(session.testResults) : { passed: 0, failed: 0, skipped: 0 };
  // A file that did not load, or found fault with the page, has failed even if each of its tests went well.
  return session.passed || counted.failed > 0 ? counted : sum([counted, FAILED]);
}

function ofSuite({ tests, suites }: TestSuiteResult): Outcome {
  const own = tests.map((test): Outcome => ({
    passed: test.passed && !test.skipped ? 1 : 0,
    failed: test.passed || test.skipped ? 0 : 1,
    skipped: test.skipped ? 1 : 0,
  }));
  return sum([...own, ...suites.map(ofSuite)]);
}
