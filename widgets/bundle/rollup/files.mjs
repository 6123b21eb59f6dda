import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { emojiFile } from '../../../dist/widgets/bundle/emoji-file.js';
import { LANGUAGES } from '../../../dist/widgets/emoji/emoji-data.js';
import { json, moduleFile } from './paths.mjs';

/* What lies in the folder of a bundle besides its scripts. */

/** Hashed names pile up otherwise. */
export const emptied = (...folders) => ({
  name: 'emptied',
  buildStart() {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  },
});

/** The licences of what is inside, next to the bundle: their terms ask for it, and comments in every chunk would cost each page. */
export const notices = (fileName) => ({
  name: 'notices',
  generateBundle(options, bundle) {
    const folders = new Set();
    for (const chunk of Object.values(bundle)) {
      for (const id of chunk.type === 'chunk' ? Object.keys(chunk.modules) : []) {
        const inside = id.match(/^\0?(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//);
        if (inside) folders.add(inside[1]);
      }
    }
    const texts = [...folders].sort().map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
      const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
      return `${name} ${version} (${license})\n\n${file ? readFileSync(path.join(folder, file), 'utf8').trim() : ''}\n`;
    });
    this.emitFile({ type: 'asset', fileName, source: texts.join(`\n${'-'.repeat(80)}\n\n`) });
  },
});

/** The emoji by group, named in each language that the interface speaks: from Unicode's data, so that no page asks another server for it. */
export const emojiFiles = {
  name: 'emoji-files',
  generateBundle() {
    const groups = json(moduleFile('unicode-emoji-json/data-by-group.json'));
    for (const language of LANGUAGES) {
      const { annotations } = json(moduleFile(`cldr-annotations-full/annotations/${language}/annotations.json`)).annotations;
      this.emitFile({ type: 'asset', fileName: `emoji/${language}.json`, source: emojiFile(groups, annotations, language) });
    }
    const licences = ['unicode-emoji-json', 'cldr-annotations-full'].map((name) =>
      readFileSync(moduleFile(`${name}/LICENSE`), 'utf8').trim(),
    );
    this.emitFile({ type: 'asset', fileName: 'emoji/licences.txt', source: `${licences.join(`\n\n${'-'.repeat(80)}\n\n`)}\n` });
  },
};

/** Each file also as it travels, so that no server compresses the same bytes for every page. Source maps are asked for by developers only. */
export const precompressed = {
  name: 'precompressed',
  writeBundle({ dir }, bundle) {
    for (const file of Object.keys(bundle).filter((name) => /\.(?:js|json)$/.test(name))) compress(path.join(dir, file));
  },
};

function compress(file) {
  const content = readFileSync(file);
  writeFileSync(`${file}.br`, brotliCompressSync(content));
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
}

/** Which file of the bundle loads which: for `npm run size`, and for hosts that preload. */
export const manifest = (fileName) => ({
  name: 'manifest',
  generateBundle(options, bundle) {
    this.emitFile({ type: 'asset', fileName, source: text(linksOf(bundle)) });
  },
});

/** Puts a bundle into the manifest of another one in the same folder. */
export const addedToManifest = (fileName) => ({
  name: 'added-to-manifest',
  writeBundle({ dir }, bundle) {
    const file = path.join(dir, fileName);
    writeFileSync(file, text({ ...json(file), ...linksOf(bundle) }));
    compress(file);
  },
});

const text = (links) => `${JSON.stringify(links, null, 2)}\n`;

function linksOf(bundle) {
  const chunks = Object.values(bundle).filter(({ type }) => type === 'chunk');
  // A file that a bundle beside it has is named as it is imported, `./parley.js`.
  const named = (files) => files.map((file) => path.posix.normalize(file));
  return Object.fromEntries(
    chunks.map(({ fileName, imports, dynamicImports }) => [fileName, { imports: named(imports), dynamicImports: named(dynamicImports) }]),
  );
}
