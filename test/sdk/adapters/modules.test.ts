import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import ts from 'typescript';

/** Bytes, compressed by gzip as they are: a page may load these beside the chat without thinking of it. */
const MOST: Readonly<Record<string, number>> = { links: 8_000, 'adapters/fhircast': 18_000, 'adapters/iframe': 14_000 };

/** What a browser loads for a door, by the imports that are left in what is published. */
function loaded(file: string, known = new Set<string>()): Set<string> {
  if (known.has(file)) return known;
  known.add(file);
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) continue;
    const from = statement.moduleSpecifier;
    if (!from || !ts.isStringLiteral(from)) continue;
    assert.ok(/^\.\.?\/.*\.js$/.test(from.text), `${file} imports ${from.text}, which a browser without a bundler cannot find`);
    loaded(path.join(path.dirname(file), from.text), known);
  }
  return known;
}

describe('the doors beside the SDK', () => {
  for (const door of [...Object.keys(MOST), 'adapters/ohif'])
    it(`parley-chat/${door} is one file of the server, too, for pages that build nothing`, async () => {
      const file = fileURLToPath(import.meta.resolve(`parley-chat/browser/${path.basename(door)}.js`));
      assert.doesNotMatch(readFileSync(file, 'utf8'), /(?:from|import)\s*["']/, 'it loads nothing beside itself');
      const [built, own] = [await import(file), await import(`parley-chat/${door}`)] as object[];
      assert.deepEqual(Object.keys(built ?? {}).sort(), Object.keys(own ?? {}).sort());
    });

  for (const [door, most] of Object.entries(MOST))
    it(`parley-chat/${door} runs in a browser as it is, is small, and brings nothing of the SDK’s own`, () => {
      const files = [...loaded(fileURLToPath(import.meta.resolve(`parley-chat/${door}`)))];
      const bytes = files.reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0);
      assert.ok(bytes <= most, `${bytes} bytes`);
      const foreign = files.filter(
        (file) => !/dist\/sdk\/(links|adapters|new-id|protocol\/errors|transport\/backoff)\b/.test(file.split(path.sep).join('/')),
      );
      assert.deepEqual(foreign, []);
    });
});
