import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import ts from 'typescript';
import { manifest, ROOT } from '../package/modules.js';

const folder = mkdtempSync(path.join(tmpdir(), 'parley-isolated-'));
const host = path.join(folder, 'host/node_modules');
/** As pnpm's shared store and Yarn's Plug'n'Play do it: a package sees what its manifest names, and nothing that its host has besides. */
const store = path.join(folder, 'store/parley-chat/node_modules');
const FRAMEWORKS = ['react', '@types/react', 'vue', 'svelte', '@lit/react'];

function link(names: readonly string[], into: string): void {
  for (const name of names) {
    const from = path.join(ROOT, 'node_modules', name);
    const place = path.join(into, name);
    mkdirSync(path.dirname(place), { recursive: true });
    if (existsSync(from)) symlinkSync(from, place);
  }
}

before(() => {
  const own = path.join(store, manifest.name);
  cpSync(path.join(ROOT, 'package.json'), path.join(own, 'package.json'));
  for (const half of ['sdk', 'widgets'])
    cpSync(path.join(ROOT, 'dist', half), path.join(own, 'dist', half), { recursive: true, filter: (file) => !/\.(?:js|map)$/.test(file) });
  link([...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies)], store);
  link(FRAMEWORKS, host);
  symlinkSync(own, path.join(host, manifest.name));
  cpSync(path.join(ROOT, 'test/types/frameworks.ts'), path.join(folder, 'host/frameworks.ts'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

describe('the package where every package sees only what it names', () => {
  it('frameworks of a host learn of the tags, and no declaration of ours is unchecked', () => {
    const program = ts.createProgram([path.join(folder, 'host/frameworks.ts')], {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
      types: [],
      strict: true,
      noEmit: true,
    });
    const files = program.getSourceFiles().map(({ fileName }) => path.relative(folder, fileName));
    assert.ok(files.some((file) => file.includes('store/parley-chat/node_modules/parley-chat/dist/widgets/frameworks/vue.d.ts')));
    assert.deepEqual(
      ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
        const where = file === undefined ? '' : path.relative(folder, file.fileName);
        return `${where}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
      }),
      [],
    );
  });
});
