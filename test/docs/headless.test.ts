import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import ts from 'typescript';
import { BackEnd } from '../support/back-end.js';
import { SECRET, startServer } from '../support/server.js';
import { ROOT, snippet } from './documents.js';

const run = promisify(execFile);

test('the program without elements of the guide writes to Mark, changes the user and ends', async (t) => {
  const folder = mkdtempSync(path.join(ROOT, 'dist/test/docs/headless-'));
  const server = await startServer();
  t.after(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const mark = await server.connect('mark');
  const text = snippet('sdk/README.md', 'ts', 'createParley').replace('https://chat.example.org', server.url);
  const given = `
    import { mintToken } from 'parley-chat/server/token';
    const who = (sub) => () => mintToken({ secret: ${JSON.stringify(SECRET)}, sub, tenant: 'demo', name: sub });
    const fetchToken = who('ann');
    const fetchNextUsersToken = who('ben');
    let sent;
    const isSent = new Promise((resolve) => (sent = resolve));
    const render = (items) => items.some((item) => item.type === 'entry' && item.mine) && sent();
  `;
  const compiled = ts.transpile(text, { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext });
  // The reader's program goes on as its user does; here the next line waits for the message.
  const file = path.join(folder, 'program.mjs');
  writeFileSync(file, given + compiled.replace('await parley.switchUser', 'await isSent;\nawait parley.switchUser'));
  const { stdout } = await run(process.execPath, [file], { timeout: 30_000 });
  assert.match(stdout, /^\[/m, 'the list was told');
  const { entry } = await mark.event('entry:added', (added) => added.entry.body.kind === 'message');
  assert.deepEqual(entry.body, {
    kind: 'message',
    text: 'The left base looks new to me.',
    links: [{ kind: 'study', id: '1.2.840.1' }],
  });
});

test('the call of a back end in the guide puts Mark into the directory', async (t) => {
  const key = 'a-key-of-the-back-end-with-more-than-32-characters';
  const server = await startServer({ hostKeys: `demo=${key}` });
  t.after(() => server.close());
  const command = snippet('server/README.md', 'sh', 'curl').replace('https://chat.example.org', server.url);
  const { stdout } = await run('sh', ['-c', command.replace('curl', 'curl --silent --fail')], { env: { ...process.env, HOST_KEY: key } });
  assert.match(stdout, /"changed":1/);
  assert.match(JSON.stringify(await new BackEnd(server).do('GET', 'users/mark')), /Radiologist/);
});
