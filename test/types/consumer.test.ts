import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { describe, it } from 'node:test';
import ts from 'typescript';

const root = path.join(import.meta.dirname, '../../..');

/** What a customer's compiler says about host.ts, with the declarations in dist/. */
function complaints(options: ts.CompilerOptions): string {
  const program = ts.createProgram([path.join(root, 'test/types/host.ts')], {
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    types: ['node'],
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    ...options,
  });
  const used = program.getSourceFiles().map(({ fileName }) => path.relative(root, fileName));
  assert.ok(used.includes(path.join('dist', 'sdk', 'index.d.ts')), 'it is the package that is compiled against, not the sources');
  return ts.formatDiagnostics(ts.getPreEmitDiagnostics(program), {
    getCanonicalFileName: (name) => name,
    getCurrentDirectory: () => root,
    getNewLine: () => '\n',
  });
}

describe('published package', () => {
  it('types are usable with a bundler', () => {
    assert.equal(complaints({ module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler }), '');
  });

  it('types are usable in Node', () => {
    assert.equal(complaints({ module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext }), '');
  });

  it('the SDK, the protocol, the server and the elements can be imported in Node', async () => {
    const [sdk, protocol, server, widgets] = await Promise.all([
      import('parley-chat'),
      import('parley-chat/protocol'),
      import('parley-chat/server'),
      import('parley-chat/widgets'),
    ]);
    assert.equal(typeof sdk.createParley, 'function');
    assert.equal(typeof server.createServer, 'function');
    assert.ok('message:send' in protocol.commands);
    assert.equal(typeof widgets.ChatPanel, 'function');
    assert.equal(sdk.ParleyError, protocol.ParleyError, 'one class, whichever door it came through');
  });

  it('contains what its doors lead to, and neither tests nor demo', () => {
    const [pack] = JSON.parse(
      execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
        cwd: root,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    ) as [{ files: { path: string }[] }];
    const files = pack.files.map((file) => file.path);
    for (const file of [
      'dist/sdk/index.js',
      'dist/sdk/index.d.ts',
      'dist/widgets/index.js',
      'dist/server/index.js',
      'dist/server/cli.js',
      'dist/browser/parley.js',
      'LICENSE',
      'README.md',
    ]) {
      assert.ok(files.includes(file), file);
    }
    assert.deepEqual(
      files.filter((file) => /(^|\/)(test|demo-host|browser-demo)\/|tsbuildinfo|(^|\/)\.env/.test(file)),
      [],
    );
  });
});
