import { globSync } from 'node:fs';
import path from 'node:path';
import commonjs from '@rollup/plugin-commonjs';
import nodeResolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { countedPrivates, gatheredStyles, trimmedTemplates } from './widgets/bundle/rollup/denser.mjs';
import { addedToManifest, emojiFiles, emptied, manifest, notices, precompressed } from './widgets/bundle/rollup/files.mjs';
import { compactLit, compactParts, errorsWithoutProse, pureSchemas, repliesOnly } from './widgets/bundle/rollup/left-out.mjs';
import { parts } from './widgets/bundle/rollup/parts.mjs';
import { built, version } from './widgets/bundle/rollup/paths.mjs';

/*
 * Rollup runs over what tsc has written to dist/, so that types are checked once and by one program.
 *
 *   dist/browser/parley.js             for hosts, served by the Parley server under /parley/: elements and SDK in one file and its lazy chunks
 *   dist/browser/ohif.js               an adapter: Parley in an OHIF viewer; so are fhircast.js, iframe.js and links.js
 *   dist/browser/emoji/<language>.json what the emoji picker shows, with names to search by
 *   dist/browser-demo/<name>.js        a page of the demo host each
 */
/** What libraries make Rollup say is theirs to mend and harms nothing; whatever it says about our own modules stops the build. */
const foreign = ['CIRCULAR_DEPENDENCY', 'INVALID_ANNOTATION', 'THIS_IS_UNDEFINED', 'EVAL'];
function onLog(level, log, report) {
  const file = log.id ?? log.ids?.[0] ?? '';
  if (foreign.includes(log.code) && file.includes('/node_modules/')) return;
  report(level === 'warn' ? 'error' : level, log);
}

/** An entry that is nothing but exports of other modules; a name that two of them export is a warning and so an error. */
const entryOf = (name, ...modules) => ({
  name: 'entry',
  resolveId: (id) => (id === name ? `\0${name}` : null),
  load: (id) => (id === `\0${name}` ? modules.map((file) => `export * from ${JSON.stringify(file)};`).join('\n') : null),
});

/** Production is lit without its development warnings. */
const resolve = () => nodeResolve({ browser: true, exportConditions: ['production'] });

function forHosts() {
  return {
    input: { parley: 'parley' },
    onLog,
    plugins: [
      emptied(built('browser')),
      entryOf('parley', built('widgets/index.js'), built('sdk/index.js')),
      compactParts,
      compactLit,
      pureSchemas,
      errorsWithoutProse,
      repliesOnly,
      resolve(),
      trimmedTemplates,
      countedPrivates,
      gatheredStyles,
      notices('parley.licences.txt'),
      emojiFiles,
      manifest('parley.manifest.json'),
      precompressed,
    ],
    output: {
      dir: built('browser'),
      format: 'es',
      // What an import() answers with is ours alone.
      freeze: false,
      sourcemap: true,
      entryFileNames: '[name].js',
      manualChunks: parts(),
      onlyExplicitManualChunks: true,
      // parley.js itself is a few bytes that name the core: it may be asked for with a query or cached briefly, the rest for ever.
      chunkFileNames: ({ name, facadeModuleId }) =>
        `parley-${facadeModuleId?.startsWith(built('widgets/locales/')) ? `locale-${name}` : name}-[hash].js`,
      // Once, in the file that a page names: the others are its parts.
      banner: ({ isEntry }) => (isEntry ? `/*! Parley ${version} | Apache-2.0 | third parties: parley.licences.txt */` : ''),
      plugins: [terser({ ecma: 2022, module: true, compress: { passes: 2 }, format: { comments: /^!/ } })],
    },
  };
}

/** For hosts that are not built: an adapter is one small file beside the bundle, and loads the bundle of its own version when it has to. */
const ADAPTERS = {
  ohif: 'widgets/adapters/ohif/index.js',
  fhircast: 'sdk/adapters/fhircast/index.js',
  iframe: 'sdk/adapters/iframe/index.js',
  links: 'sdk/links/index.js',
};

/** Each by itself: what two of them share is a few lines, and one file is one hash in a page. */
function adapter([name, file]) {
  const elements = built('widgets/index.js');
  return {
    input: { [name]: built(file) },
    onLog,
    external: [elements],
    plugins: [resolve(), precompressed, addedToManifest('parley.manifest.json')],
    output: {
      dir: built('browser'),
      format: 'es',
      sourcemap: true,
      paths: { [elements]: './parley.js' },
      banner: `/*! Parley ${version} | Apache-2.0 */`,
      plugins: [terser({ ecma: 2022, module: true, format: { comments: /^!/ } })],
    },
  };
}

/** Cornerstone can read meshes from XML, by a library that wants Node's modules; the viewer shows images only. */
const withoutXml = {
  name: 'without-xml',
  resolveId: (id) => (id === 'xmlbuilder2' ? '\0xmlbuilder2' : null),
  load: (id) => (id === '\0xmlbuilder2' ? 'export function create() { throw new Error("meshes are not part of this viewer"); }' : null),
};

/** The demo host is a stranger to the package: whatever it needs of Parley comes from the server's bundle, at run time. */
function forDemo() {
  const pages = globSync('demo-host/**/*.page.js', { cwd: built('.') });
  return {
    input: Object.fromEntries(pages.map((file) => [path.basename(file, '.page.js'), built(file)])),
    onLog,
    external: /^https?:/,
    plugins: [emptied(built('browser-demo')), withoutXml, resolve(), commonjs()],
    output: { dir: built('browser-demo'), format: 'es', sourcemap: true, entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
  };
}

/** In this order: the first one empties the folder and begins the manifest. */
const forBrowsers = () => [forHosts(), ...Object.entries(ADAPTERS).map(adapter)];

/** `--configBrowser` or `--configDemo` for one of the two, as the build does so that a change in one leaves the other alone. */
export default ({ configBrowser, configDemo }) =>
  configBrowser ? forBrowsers() : configDemo ? [forDemo()] : [...forBrowsers(), forDemo()];
