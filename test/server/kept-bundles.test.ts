import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { runCommand } from '../../server/cli/main.js';
import { PACKAGE_VERSION } from '../../server/http/operation.js';
import { ConfigError } from '../../server/index.js';
import { SECRET, startServer } from '../support/server.js';

const root = mkdtempSync(join(tmpdir(), 'parley-bundles-'));
after(() => rmSync(root, { recursive: true, force: true }));

/** A folder in which a version of before has left its bundle. */
function folderWith(version: string): string {
  const folder = mkdtempSync(join(root, 'of-'));
  mkdirSync(join(folder, version));
  writeFileSync(join(folder, version, 'parley.js'), '// the entry of before');
  writeFileSync(join(folder, version, 'parley-inside-AbCdEfGh.js'), '// a chunk of before');
  writeFileSync(join(folder, 'secret.js'), '// outside');
  return folder;
}

test('pages of a version before go on after an upgrade: what they name, and what they load later', async (t) => {
  const folder = folderWith('0.0.9');
  const server = await startServer({ bundles: folder });
  t.after(() => server.close());
  const ask = async (path: string) => {
    const response = await fetch(`${server.url}/parley/${path}`);
    return [response.status, response.headers.get('cache-control'), await response.text()] as const;
  };
  assert.deepEqual(await ask('0.0.9/parley.js'), [200, 'public, max-age=31536000, immutable', '// the entry of before']);
  assert.deepEqual(await ask('parley-inside-AbCdEfGh.js'), [200, 'public, max-age=31536000, immutable', '// a chunk of before']);
  const [status, , own] = await ask(`${PACKAGE_VERSION}/parley.js`);
  assert.equal(status, 200);
  assert.deepEqual((await ask('parley.js'))[2], own, 'without a version it is the bundle of this one');
  for (const path of [
    '0.0.8/parley.js',
    '0.0.9/secret.js',
    '0.0.9/%2e%2e/secret.js',
    '..%2fsecret.js',
    'secret.js',
    '0.0.9',
    '0.0.9-..%2f..%2f/secret.js',
  ])
    assert.ok([400, 404].includes((await ask(path))[0]), path);
});

test('every version puts its bundle there once, however many nodes start at once, and writes over nothing', async (t) => {
  const folder = mkdtempSync(join(root, 'of-'));
  const servers = await Promise.all([startServer({ bundles: folder }), startServer({ bundles: folder })]);
  t.after(() => Promise.all(servers.map((server) => server.close())));
  assert.deepEqual(readdirSync(folder), [PACKAGE_VERSION]);
  assert.ok(readdirSync(join(folder, PACKAGE_VERSION)).includes('parley.js'));
  writeFileSync(join(folder, PACKAGE_VERSION, 'mark'), '');
  const third = await startServer({ bundles: folder });
  t.after(() => third.close());
  assert.ok(readdirSync(join(folder, PACKAGE_VERSION)).includes('mark'));
  const { lines } = await runCommand(['doctor'], { PARLEY_SECRET: SECRET, PARLEY_DATA: root, PARLEY_BUNDLES: folder });
  assert.ok(lines.some((line) => line.includes(`kept in ${folder}: ${PACKAGE_VERSION}`)));
});

test('a folder that cannot be written stops the start and names the setting', async () => {
  const file = join(root, 'a-file');
  writeFileSync(file, '');
  await assert.rejects(
    startServer({ bundles: join(file, 'bundles') }),
    (error) => error instanceof ConfigError && /PARLEY_BUNDLES/.test(error.message),
  );
});
