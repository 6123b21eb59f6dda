import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, copyFileSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { manifest, ROOT } from './modules.js';
import { pack } from './packed.js';

const folder = mkdtempSync(path.join(tmpdir(), 'parley-packed-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const tarball = pack(folder);
const program = (name: string): string => path.join(ROOT, 'node_modules', name);

/** Where a package that is made of modules alone does not work by intention. */
const NOT_MEANT = /"(?:resolutionKind|resolutionOption)":"(?:node10|node16-cjs)"/;

describe('what is published', () => {
  it('has no finding of publint', async () => {
    const { buffer, byteOffset, byteLength } = readFileSync(tarball);
    const packed = { tarball: buffer.slice(byteOffset, byteOffset + byteLength) };
    const { messages, pkg } = await publint({ pack: packed, strict: true });
    assert.deepEqual(
      messages.map((message) => formatMessage(message, pkg)),
      [],
    );
  });

  it('has types that are right for modules', () => {
    // Into a file: it ends before a pipe has taken all of it.
    const said = path.join(folder, 'types.json');
    const to = openSync(said, 'w');
    spawnSync(
      process.execPath,
      [
        program('@arethetypeswrong/cli/dist/index.js'),
        '--profile',
        'esm-only',
        '--format',
        'json',
        '--exclude-entrypoints',
        'llms.txt',
        '--',
        tarball,
      ],
      { stdio: ['ignore', to, 'inherit'] },
    );
    closeSync(to);
    const { analysis } = JSON.parse(readFileSync(said, 'utf8')) as {
      analysis: { types: unknown; entrypoints: Record<string, unknown>; problems: unknown[] };
    };
    assert.ok(Object.keys(analysis.entrypoints).length > 15);
    assert.deepEqual(
      analysis.problems.filter((problem) => !NOT_MEANT.test(JSON.stringify(problem))),
      [],
    );
  });

  it('leaves nothing over: no file, dependency or export that nobody uses', () => {
    const { status, stdout } = spawnSync(process.execPath, [program('knip/bin/knip.js'), '--no-progress', '--no-config-hints'], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    assert.equal(status, 0, stdout);
  });

  it('is built from a lockfile that `npm ci` takes', () => {
    const project = path.join(folder, 'locked');
    mkdirSync(project);
    for (const file of ['package.json', 'package-lock.json']) copyFileSync(path.join(ROOT, file), path.join(project, file));
    const { status, stderr } = spawnSync('npm', ['ci', '--dry-run', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: project,
      encoding: 'utf8',
    });
    assert.equal(status, 0, stderr);
  });

  it('names what most servers do without as optional, in the image as it is tested', () => {
    const dockerfile = readFileSync(path.join(ROOT, 'server/deploy/Dockerfile'), 'utf8');
    for (const name of ['pg', 'ioredis', '@socket.io/redis-adapter', 'nodemailer']) {
      const tested = manifest.devDependencies[name] ?? '';
      assert.equal(manifest.dependencies[name], undefined, name);
      assert.equal(manifest.peerDependencies[name], `^${tested}`, name);
      assert.ok(dockerfile.includes(`${name}@${tested}`), name);
    }
  });
});
