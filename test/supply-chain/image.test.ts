import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { SECRET } from '../support/server.js';
import { ROOT, read } from './bill-of-materials.js';

/*
 * What the Dockerfile builds, without Docker: the files that its last stage copies, its environment, its entry point and its command. A file
 * that is needed and not copied is missing here, too.
 */
const stage =
  read('server/deploy/Dockerfile')
    .split(/^FROM /m)
    .at(-1) ?? '';
const copied = [...stage.matchAll(/^COPY --from=build \/parley\/(\S+) (\S+)$/gm)].map(([, from = '', to = '']) => ({ from, to }));
const variables = Object.fromEntries([...stage.matchAll(/\b([A-Z_]+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]));
const words = (instruction: string): string[] =>
  JSON.parse(new RegExp(`^${instruction} (\\[.*\\])$`, 'm').exec(stage)?.[1] ?? '[]') as string[];

let image = '';
before(() => {
  image = mkdtempSync(path.join(tmpdir(), 'parley-image-'));
  for (const { from, to } of copied) {
    const target = path.join(image, to === './' ? path.basename(from) : to);
    mkdirSync(path.dirname(target), { recursive: true });
    // Node looks at where a link leads; packages need nothing of what is around them.
    if (from === 'node_modules') symlinkSync(path.join(ROOT, from), target);
    else cpSync(path.join(ROOT, from), target, { recursive: true });
  }
});
after(() => rmSync(image, { recursive: true, force: true }));

const environment = () => ({
  PATH: process.env['PATH'],
  ...variables,
  // Where a container has a network and a volume of its own.
  PARLEY_HOST: '127.0.0.1',
  PARLEY_PORT: '0',
  PARLEY_DATA: path.join(image, 'data'),
  PARLEY_SECRET: SECRET,
  PARLEY_TRUST_PROXY: '1',
  PARLEY_ADMIN_PAGE: 'on',
});
const [program = '', ...entry] = words('ENTRYPOINT');

test('the image starts, serves the bundle, the admin page and its API, and ends in order', async () => {
  assert.equal(program, 'node');
  assert.equal(variables['NODE_ENV'], 'production');
  const child = spawn(process.execPath, [...entry, ...words('CMD')], { cwd: image, env: environment() });
  let out = '';
  child.stdout.on('data', (data: Buffer) => (out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (out += data.toString()));
  const exited = once(child, 'close') as Promise<[number]>;
  while (!/Parley serves on (\S+)/.test(out)) await Promise.race([once(child.stdout, 'data'), exited.then(() => assert.fail(out))]);
  const [, url = ''] = /Parley serves on (\S+)/.exec(out) ?? [];
  for (const address of ['/healthz', '/readyz', '/parley/parley.js', '/admin', '/admin/main.js', '/v1/openapi.json'])
    assert.equal((await fetch(`${url}${address}`)).status, 200, address);

  const [, ...check] = words('HEALTHCHECK[^[]*CMD');
  const asked = check.map((word) => word.replace('http://127.0.0.1:4100', url));
  assert.notDeepEqual(asked, check);
  const health = () => spawnSync(process.execPath, asked, { env: environment() }).status;
  assert.equal(health(), 0);
  child.kill('SIGTERM');
  assert.deepEqual(await exited, [0, null], out);
  assert.equal(health(), 1);
});

test('every command that an operator says in a container finds its files', () => {
  const say = (...args: string[]) => spawnSync(process.execPath, [...entry, ...args], { cwd: image, env: environment(), encoding: 'utf8' });
  for (const args of [
    ['--help'],
    ['asyncapi'],
    ['openapi'],
    ['sri'],
    ['config', 'print'],
    ['keys', 'generate'],
    ['migrate'],
    ['verify'],
    ['doctor'],
  ]) {
    const { status, stderr } = say(...args);
    assert.equal(status, 0, `${args.join(' ')}: ${stderr}`);
  }
});

test('the image has the packages that PostgreSQL, Redis and mail need, in the versions that are tested', () => {
  const { devDependencies, peerDependenciesMeta } = JSON.parse(read('package.json')) as {
    devDependencies: Record<string, string>;
    peerDependenciesMeta: Record<string, unknown>;
  };
  const [, line = ''] = /^RUN npm install --no-save .*--ignore-scripts (.*)$/m.exec(read('server/deploy/Dockerfile')) ?? [];
  // The others are of pages.
  const server = Object.keys(peerDependenciesMeta).filter((name) => !/react|vue|svelte/.test(name));
  assert.ok(server.length >= 4);
  assert.deepEqual(line.split(' ').sort(), server.map((name) => `${name}@${devDependencies[name] ?? ''}`).sort());
});
