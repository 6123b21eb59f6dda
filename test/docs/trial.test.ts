import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { freePort, SERVER_CLI } from '../support/server-process.js';
import { TestClient } from '../support/server.js';
import { snippet } from './documents.js';

test('the trial by hand of the README starts a server that takes the token which it prints', async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'parley-trial-'));
  const port = await freePort();
  const text = snippet('README.md', 'sh', 'parley serve')
    .replace('--port 4200', `--port ${port}`)
    .replaceAll('npx parley', `"${process.execPath}" "${SERVER_CLI}"`);
  // A group of its own: what the shell leaves in the background is ended with it.
  const shell = spawn('sh', ['-ec', `${text}\nwait`], { cwd: folder, detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(async () => {
    const ended = shell.exitCode === null ? once(shell, 'exit') : null;
    if (shell.pid !== undefined) process.kill(-shell.pid, 'SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  });
  let said = '';
  shell.stdout.on('data', (data: Buffer) => (said += data.toString()));
  const find = (pattern: RegExp): string | undefined => pattern.exec(said)?.[0];
  while (!find(/Parley serves on \S+/) || !find(/^eyJ\S+$/m)) {
    assert.equal(shell.exitCode, null, said);
    await once(shell.stdout, 'data');
  }
  const headers = { Origin: 'http://localhost:8080' };
  const alice = new TestClient(`http://127.0.0.1:${port}`, 'alice', find(/^eyJ\S+$/m) ?? '', { client: { extraHeaders: headers } });
  t.after(() => alice.close());
  await alice.ready();
  assert.equal(alice.received('session:started')[0]?.session.user.name, 'Alice');
});
