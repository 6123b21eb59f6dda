import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import ts from 'typescript';

/*
 * What needs the whole tree to check; what one import shows is in eslint.config.mjs.
 * The graph is made of what is left at run time: a cycle of types alone loads in any order.
 */
const root = path.join(import.meta.dirname, '../..');
const own = ['sdk', 'widgets', 'server', 'demo-host', 'test'];
/** Errors and limits have doors of their own: a thread of the storage needs nothing else, and the catalogs bring 20 MB of schemas with them. */
const protocolDoors: Record<string, string> = {
  '#protocol': 'sdk/protocol/index.ts',
  '#protocol/errors': 'sdk/protocol/errors.ts',
  '#protocol/defaults': 'sdk/protocol/defaults.ts',
  '#protocol/limits': 'sdk/protocol/limits.ts',
};
const doors: Record<string, string> = {
  ...protocolDoors,
  '#sdk': 'sdk/index.ts',
  '#links': 'sdk/links/index.ts',
  '#widgets': 'widgets/index.ts',
};
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const files = globSync(`{${own.join(',')}}/**/*.ts`, { cwd: root, exclude: ['**/node_modules'] }).map((file) =>
  file.split(path.sep).join('/'),
);
const sources = new Map(files.map((file) => [file, ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest)]));

/** Where an import leads: a file of ours, or the name of a package. */
function target(from: string, specifier: string): string {
  if (specifier in doors) return doors[specifier] as string;
  return specifier.startsWith('.') ? path.posix.join(path.posix.dirname(from), specifier).replace(/\.js$/, '.ts') : specifier;
}

function imports(file: string, withTypes: boolean): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (
      (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) &&
      node.moduleSpecifier &&
      ts.isStringLiteral(node.moduleSpecifier)
    ) {
      const typeOnly = ts.isImportDeclaration(node) ? node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword : node.isTypeOnly;
      if (withTypes || !typeOnly) found.push(target(file, node.moduleSpecifier.text));
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword && withTypes) {
      const [argument] = node.arguments;
      if (argument && ts.isStringLiteral(argument)) found.push(target(file, argument.text));
    }
    ts.forEachChild(node, visit);
  };
  visit(sources.get(file) as ts.SourceFile);
  return found;
}

/** The files of one cycle of imports, or null. */
function findCycle(graph: ReadonlyMap<string, readonly string[]>): string[] | null {
  const done = new Set<string>();
  const trail: string[] = [];
  const walk = (file: string): string[] | null => {
    if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file];
    if (done.has(file)) return null;
    trail.push(file);
    for (const next of graph.get(file) ?? []) {
      const cycle = walk(next);
      if (cycle) return cycle;
    }
    trail.pop();
    done.add(file);
    return null;
  };
  for (const file of graph.keys()) {
    const cycle = walk(file);
    if (cycle) return cycle;
  }
  return null;
}

const inside = (file: string, ...folders: string[]): boolean => folders.some((folder) => file.startsWith(`${folder}/`));
const importers = (wanted: (to: string) => boolean, where: (file: string) => boolean): string[] =>
  files.filter((file) => where(file) && imports(file, true).some(wanted));

describe('architecture', () => {
  it('[wall 5] no cycle of imports', () => {
    assert.equal(
      findCycle(
        new Map([
          ['a', ['b']],
          ['b', ['c']],
          ['c', ['a']],
        ]),
      )?.join(' > '),
      'a > b > c > a',
      'the search itself finds cycles',
    );
    assert.equal(findCycle(new Map(files.map((file) => [file, imports(file, false)]))), null);
  });

  it('[wall 1] the server reaches the protocol by its doors and nothing else of the client', () => {
    const strays = importers(
      (to) => inside(to, 'sdk', 'widgets', 'demo-host', 'test') && !Object.values(protocolDoors).includes(to),
      (file) => inside(file, 'server'),
    );
    assert.deepEqual(strays, []);
  });

  it('[G26] the threads of the storage load no catalog, and the one that reads no query builder', () => {
    const loaded = (from: string, known = new Set<string>()): Set<string> => {
      known.add(from);
      if (sources.has(from)) for (const to of imports(from, false)) if (!known.has(to)) loaded(to, known);
      return known;
    };
    const reader = loaded('server/storage/sqlite/reader.ts');
    assert.ok(reader.has('node:sqlite'), 'the walk reaches the end');
    assert.deepEqual(
      [...reader, ...loaded('server/storage/sqlite/writer.ts')].filter((to) => to.startsWith('zod') || to === 'sdk/protocol/index.ts'),
      [],
    );
    assert.equal(reader.has('kysely'), false);
  });

  it('[wall 2] only one file of the SDK names socket.io-client, and stores do not know it', () => {
    const naming = importers(
      (to) => to === 'socket.io-client' || to.startsWith('engine.io'),
      (file) => inside(file, 'sdk', 'widgets', 'server'),
    );
    assert.ok(naming.length <= 1, naming.join(', '));
    assert.deepEqual(
      naming.filter((file) => !inside(file, 'sdk/transport')),
      [],
    );
  });

  it('[wall 2] elements reach the SDK by its doors', () => {
    const strays = importers(
      (to) => inside(to, 'sdk') && to !== doors['#sdk'] && to !== doors['#links'],
      (file) => inside(file, 'widgets'),
    );
    assert.deepEqual(strays, []);
  });

  it('[wall 3] each database driver is named in the folder of its engine only', () => {
    const folders: Record<string, string> = {
      'node:sqlite': 'server/storage/sqlite',
      pg: 'server/storage/postgres',
      ioredis: 'server/cluster',
    };
    for (const [driver, folder] of Object.entries(folders)) {
      assert.deepEqual(
        importers(
          (to) => to === driver,
          (file) => inside(file, 'server', 'sdk') && !inside(file, folder),
        ),
        [],
        driver,
      );
    }
  });

  it('[wall 4] nothing imports the demo host or the tests', () => {
    assert.deepEqual(
      importers(
        (to) => inside(to, 'demo-host'),
        (file) => inside(file, 'sdk', 'widgets', 'server'),
      ),
      [],
    );
    assert.deepEqual(
      importers(
        (to) => inside(to, 'test'),
        (file) => !inside(file, 'test'),
      ),
      [],
    );
  });

  it('[wall 5] no drawers for leftovers, no file past 400 lines', () => {
    assert.deepEqual(
      files.filter((file) => /\/(utils?|types|common|helpers|misc)(\/|\.ts$)/.test(file) && !inside(file, 'test/types')),
      [],
    );
    const long = files.map((file) => `${file} ${read(file).split('\n').length}`).filter((line) => Number(line.split(' ')[1]) > 401);
    assert.deepEqual(long, []);
  });

  it('[attack 63] markup and code never come from strings', () => {
    const forbidden =
      /unsafe(HTML|SVG|Static)|\.(innerHTML|outerHTML)\b|insertAdjacentHTML|document\.write\b|\beval\(|\bnew Function\b|setHTMLUnsafe/;
    const shipped = files.filter((file) => inside(file, 'sdk', 'widgets', 'server', 'demo-host'));
    assert.deepEqual(
      shipped.filter((file) => forbidden.test(withoutComments(file))),
      [],
    );
  });

  it('no comment switches a check off', () => {
    const off = new RegExp(['@ts-' + 'ignore', '@ts-' + 'nocheck', 'eslint-' + 'disable', 'TO' + 'DO', 'FIX' + 'ME'].join('|'));
    assert.deepEqual(
      files.filter((file) => off.test(read(file))),
      [],
    );
  });

  it('no address of a package registry and no path of one machine is written anywhere', () => {
    const everything = globSync(['*.{md,json,mjs}', '.ci/*', '.npmrc', `{${own.join(',')}}/**/*.{ts,mjs,md,json,html,css}`], {
      cwd: root,
      exclude: ['**/node_modules'],
    });
    const local = new RegExp(
      ['/' + 'work/', '/' + 'root/', '(?<![\\w.])/' + 'tmp/', '/home/' + '\\w', 'npm' + 'js\\.', '_auth' + 'Token'].join('|'),
    );
    const named = everything.filter((file) => !file.includes('node_modules') && !/LICENSE/.test(file) && local.test(read(file)));
    assert.deepEqual(named, []);
  });
});

function withoutComments(file: string): string {
  return read(file).replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
}
