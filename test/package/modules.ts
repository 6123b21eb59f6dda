import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

export const ROOT = path.join(import.meta.dirname, '../../..');

interface Manifest {
  name: string;
  version: string;
  sideEffects: string[];
  exports: Record<string, string | { types: string; default: string } | null>;
  imports: Record<string, string>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
}
export const manifest = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as Manifest;

export interface Import {
  /** A file of ours from the top of the project, or the name of a package. */
  to: string;
  /** It is imported for what it does, and for nothing that it exports. */
  bare: boolean;
}

function target(file: string, specifier: string): string {
  if (specifier.startsWith('.')) return path.posix.join(path.posix.dirname(file), specifier);
  return (manifest.imports[specifier] ?? specifier).replace(/^\.\//, '');
}

/** What a compiled file imports, at once and later. */
export function importsOf(file: string): Import[] {
  const found: Import[] = [];
  const visit = (node: ts.Node): void => {
    if (
      (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) &&
      node.moduleSpecifier &&
      ts.isStringLiteral(node.moduleSpecifier)
    ) {
      found.push({ to: target(file, node.moduleSpecifier.text), bare: ts.isImportDeclaration(node) && node.importClause === undefined });
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments;
      if (argument && ts.isStringLiteralLike(argument)) found.push({ to: target(file, argument.text), bare: false });
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(path.join(ROOT, file), 'utf8'), ts.ScriptTarget.Latest, true));
  return found;
}

/** The files and packages that can be reached from a file, and how. */
export function reached(from: string): Map<string, string> {
  const by = new Map([[from, '']]);
  const open = [from];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    for (const { to } of file.startsWith('dist/') ? importsOf(file) : []) {
      if (by.has(to)) continue;
      by.set(to, file);
      open.push(to);
    }
  }
  return by;
}

/** The files that an entry of `exports` opens; several, where it has a star. */
export function filesOf(entry: string): string[] {
  const opened = manifest.exports[entry];
  if (opened === undefined || opened === null) return [];
  const file = (typeof opened === 'string' ? opened : opened.default).slice(2);
  return file.includes('*') ? globSync(file, { cwd: ROOT }).filter((one) => !/\.(?:map|d\.ts)$/.test(one)) : [file];
}
