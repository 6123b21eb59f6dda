import { generateJetBrainsWebTypes } from 'custom-element-jet-brains-integration';
import { generateVsCodeCustomElementData } from 'custom-element-vs-code-integration';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { analysed } from './analysed.mjs';
import { llms } from './llms.mjs';

const root = path.join(import.meta.dirname, '../../..');

/** What editors and programs are told of the elements, by the names of the files. */
export function documents() {
  const manifest = analysed();
  const about = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  // Both write files; where they are wanted, the caller knows.
  const outdir = mkdtempSync(path.join(tmpdir(), 'parley-manifest-'));
  const read = (file) => readFileSync(path.join(outdir, file), 'utf8');
  try {
    generateVsCodeCustomElementData(manifest, { outdir, cssFileName: null, hideLogs: true });
    generateJetBrainsWebTypes(manifest, { outdir, packageJson: false, hideLogs: true });
    return {
      'custom-elements.json': `${JSON.stringify(manifest, null, 2)}\n`,
      'vscode.html-custom-data.json': read('vscode.html-custom-data.json'),
      'web-types.json': read('web-types.json'),
      'llms.txt': llms(manifest, about),
    };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
