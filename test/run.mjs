import { spawnSync } from 'node:child_process';

/*
 * npm test [-- part ...]: builds what is stale, runs the parts of test/suite/suite.ts, and ends with one line that counts.
 * Plain JavaScript: it must be able to say that the build failed.
 */
const wanted = process.argv.slice(2);
const total = { passed: 0, failed: 0 };

function tell(name, { passed, failed, skipped }, started) {
  total.passed += passed;
  total.failed += failed;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${name.padEnd(14)}${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}  (${seconds} s)`);
}

async function measured(name, run) {
  const started = performance.now();
  let outcome;
  try {
    outcome = await run();
    // A part that was asked for and did nothing proves nothing.
    if (outcome.passed + outcome.failed === 0) throw new Error('No test ran.');
  } catch (error) {
    console.log(`FAILED ${name}`, error);
    outcome = { passed: outcome?.passed ?? 0, failed: (outcome?.failed ?? 0) + 1, skipped: 0 };
  }
  tell(name, outcome, started);
}

await measured('build', () => {
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], {
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  return { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 };
});

if (total.failed === 0) {
  const { parts } = await import('../dist/test/suite/suite.js');
  const chosen = parts(wanted);
  if (chosen.length === 0) await measured(wanted.join(' '), () => Promise.reject(new Error('There is no such part.')));
  for (const { name, run } of chosen) await measured(name, run);
}

console.log(`${total.passed} passed, ${total.failed} failed`);
// Whatever a part left open must not keep the run from ending.
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
