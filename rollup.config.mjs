import { globSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import commonjs from '@rollup/plugin-commonjs';
import nodeResolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import MagicString from 'magic-string';
import { emojiFile } from './dist/widgets/bundle/emoji-file.js';
import { LANGUAGES } from './dist/widgets/emoji/emoji-data.js';

/*
 * Rollup runs over what tsc has written to dist/, so that types are checked once and by one program.
 *
 *   dist/browser/parley.js             for hosts, served by the Parley server under /parley/: elements and SDK in one file and its lazy chunks
 *   dist/browser/emoji/<language>.json what the emoji picker shows, with names to search by
 *   dist/browser-demo/<name>.js        a page of the demo host each
 */
const root = import.meta.dirname;
const built = (file) => path.join(root, 'dist', file);
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

/** What libraries make Rollup say is theirs to mend and harms nothing; whatever it says about our own modules stops the build. */
const foreign = ['CIRCULAR_DEPENDENCY', 'INVALID_ANNOTATION', 'THIS_IS_UNDEFINED', 'EVAL'];
function onLog(level, log, report) {
  const file = log.id ?? log.ids?.[0] ?? '';
  if (foreign.includes(log.code) && file.includes('/node_modules/')) return;
  report(level === 'warn' ? 'error' : level, log);
}

/** The nodes of a syntax tree, outermost first; not those inside of one for which `visit` answers false. */
function walk(node, visit) {
  if (!node || typeof node.type !== 'string' || visit(node) === false) return;
  for (const child of Object.values(node)) for (const item of Array.isArray(child) ? child : [child]) walk(item, visit);
}

/** What was edited, with the source map of it; null when nothing was. */
const edited = (text) => (text.hasChanged() ? { code: text.toString(), map: text.generateMap({ hires: 'boundary' }) } : null);

/** Hashed names pile up otherwise. */
const emptied = (...folders) => ({
  name: 'emptied',
  buildStart() {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  },
});

/** An entry that is nothing but exports of other modules; a name that two of them export is a warning and so an error. */
const entryOf = (name, ...modules) => ({
  name: 'entry',
  resolveId: (id) => (id === name ? `\0${name}` : null),
  load: (id) => (id === `\0${name}` ? modules.map((file) => `export * from ${JSON.stringify(file)};`).join('\n') : null),
});

/**
 * In the place of large libraries the part of each that is needed here, 11 kB gzip less at load. What is held of open chats (3.5 kB) is loaded
 * when somebody opens one, with the inside of the panel.
 */
const REPLACED = {
  './transport/socket-transport.js': 'sdk/bundle/compact-socket.js',
  'zod/mini': 'sdk/bundle/compact-schemas.js',
  rxjs: 'sdk/bundle/compact-observables.js',
  './open-chats.js': 'sdk/bundle/late-open-chats.js',
  './css-tag.js': 'widgets/bundle/compact-styles.js',
};
const compactParts = {
  name: 'compact-parts',
  resolveId: (id) => (Object.hasOwn(REPLACED, id) ? built(REPLACED[id]) : null),
};

/** lit without what it leaves on the host's `globalThis` for old browsers, other lits and decorators that are not used here: 0.3 kB. */
const compactLit = {
  name: 'compact-lit',
  transform(code, id) {
    if (!/\/node_modules\/(?:lit-html|lit-element|@lit\/reactive-element)\//.test(id)) return null;
    const short = code
      .replace(/\w+\.\w+(?:Polyfill|Hydrate)Support\b/g, '(void 0)')
      .replace(/\(\w+\.\w+Versions\?\?=\[\]\)\.push\("[\d.]+"\)/g, 'void 0')
      .replace(/Symbol\.metadata\?\?=Symbol\("metadata"\),\w+\.litPropertyMetadata\?\?=new WeakMap;/, '')
      .replace('this[Symbol.metadata]', 'null');
    if (/\.\w+Support|Versions\b|etadata\?\?=/.test(short)) throw new Error(`${id} is written in another way than expected here`);
    return { code: short, map: null };
  },
};

/** A schema that only the server reads goes, with all that it is made of: no minifier dares by itself. 0.1 kB. */
const pureSchemas = {
  name: 'pure-schemas',
  transform(code, id) {
    if (!id.startsWith(built('sdk/protocol'))) return null;
    return { code: code.replace(/(?<![\w.])(?:z\s*\.\w+|text|visibleText|name|users)\(/g, '/*#__PURE__*/ $&'), map: null };
  },
};

/**
 * What an error means is prose for developers, who read it in the server's answers and in the documentation: 0.6 kB. An error
 * that the page makes itself has its code for a message.
 */
const errorsWithoutProse = {
  name: 'errors-without-prose',
  transform(code, id) {
    if (id !== built('sdk/protocol/errors.js')) return null;
    const short = code.replace(/,\s*meaning: '[^'\n]*'/g, '').replace('ERRORS[code].meaning', 'code');
    if (/meaning:|\.meaning/.test(short)) throw new Error('sdk/protocol/errors.ts is written in another way than expected here');
    return { code: short, map: null };
  },
};

/** What may be asked is for the server to check, and what is answered for the page, which leaves the shapes of its questions at home: 0.8 kB. */
const repliesOnly = {
  name: 'replies-only',
  transform(code, id) {
    if (id !== built('sdk/protocol/commands.js')) return null;
    const text = new MagicString(code);
    walk(this.parse(code), (node) => {
      if (node.type !== 'Property' || node.key.name !== 'payload') return;
      text.remove(node.start, node.end + code.slice(node.end).match(/^\s*,?/)[0].length);
      return false;
    });
    if (!text.hasChanged()) throw new Error('sdk/protocol/commands.ts is written in another way than expected here');
    return edited(text);
  },
};

/** Those that name nothing else, as they are in the bundle. */
const styles = new Set();

/** Templates and styles without the indentation and comments of the source, which no minifier of scripts touches. A page shows one space for any. */
const trimmedTemplates = {
  name: 'trimmed-templates',
  transform(code, id) {
    if (!id.startsWith(built('widgets'))) return null;
    const text = new MagicString(code);
    walk(this.parse(code), (node) => {
      if (node.type !== 'TaggedTemplateExpression' || !['css', 'html', 'svg'].includes(node.tag.name)) return;
      for (const { start, end } of node.quasi.quasis) {
        const css = node.tag.name === 'css';
        const short = (css ? trimmedStyle : trimmedTemplate)(code.slice(start, end));
        if (start < end) text.update(start, end, short);
        if (css && node.quasi.expressions.length === 0) styles.add(short);
      }
    });
    return edited(text);
  },
};

/** After an attribute without quotes a slash would be part of it. */
const trimmedTemplate = (text) => text.replace(/[ \t\n]+/g, ' ').replace(/(?<!\/) >/g, '>');

/** Strings stay; an operator of `calc()` and a combinator of a selector keep the space that they need. */
const trimmedStyle = (text) =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/('[^']*')|\s*([{};,>])\s*|(:) /g, (_, string, mark, colon) => string ?? mark ?? colon)
    .replaceAll(';}', '}')
    .replace(/^ | $/g, '');

/**
 * The private names of each class counted through, so that all classes have the same few: the minifier, which gives equal names equal short
 * ones, would otherwise make each of a thousand different. That is 2 % of what travels.
 */
const countedPrivates = {
  name: 'counted-privates',
  transform(code) {
    if (!code.includes('#')) return null;
    const text = new MagicString(code);
    const count = (root, known) =>
      walk(root, (node) => {
        if (node.type === 'PrivateIdentifier') text.update(node.start + 1, node.end, known.get(node.name));
        if (node.type !== 'ClassBody') return;
        const names = new Map(known);
        for (const { key } of node.body)
          if (key?.type === 'PrivateIdentifier' && !names.has(key.name)) names.set(key.name, `p${names.size}`);
        for (const member of node.body) count(member, names);
        return false;
      });
    count(this.parse(code), new Map());
    return edited(text);
  },
};

/**
 * The styles of a file next to each other: deflate looks back 32 kB only and counts letters by the block, so that a style among styles costs
 * less than one between two functions. That is 1.3 % of what travels.
 */
const gatheredStyles = {
  name: 'gathered-styles',
  renderChunk(code) {
    const text = new MagicString(code);
    const first = { at: -1, styles: [] };
    for (const statement of this.parse(code).body) {
      walk(statement, (node) => {
        // What is in a function is not made yet, and may never be.
        if (/Function/.test(node.type)) return false;
        if (node.type !== 'TaggedTemplateExpression' || !styles.has(node.quasi.quasis[0].value.raw)) return;
        if (first.at < 0) first.at = statement.start;
        const name = `style_${first.styles.length}`;
        first.styles.push(`${name} = ${code.slice(node.start, node.end)}`);
        text.update(node.start, node.end, name);
      });
    }
    if (first.at >= 0) text.appendLeft(first.at, `const ${first.styles.join(',\n')};\n`);
    return edited(text);
  },
};

/** The licences of what is inside, next to the bundle: their terms ask for it, and comments in every chunk would cost each page. */
const notices = (fileName) => ({
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

const moduleFile = (name) => path.join(root, 'node_modules', name);
const json = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** The emoji by group, named in each language that the interface speaks: from Unicode's data, so that no page asks another server for it. */
const emojiFiles = {
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
const precompressed = {
  name: 'precompressed',
  writeBundle({ dir }, bundle) {
    for (const file of Object.keys(bundle).filter((name) => /\.(?:js|json)$/.test(name))) {
      const content = readFileSync(path.join(dir, file));
      writeFileSync(path.join(dir, `${file}.br`), brotliCompressSync(content));
      writeFileSync(path.join(dir, `${file}.gz`), gzipSync(content, { level: 9 }));
    }
  },
};

/** Which file of the bundle loads which: for `npm run size`, and for hosts that preload. */
const manifest = (fileName) => ({
  name: 'manifest',
  generateBundle(options, bundle) {
    const chunks = Object.values(bundle).filter(({ type }) => type === 'chunk');
    const links = Object.fromEntries(chunks.map(({ fileName, imports, dynamicImports }) => [fileName, { imports, dynamicImports }]));
    this.emitFile({ type: 'asset', fileName, source: `${JSON.stringify(links, null, 2)}\n` });
  },
});

/**
 * Few, because a file does not share its dictionary with the next: 27 of them weighed 13 kB more than ten, and each is a request.
 *
 *   noticing   who is signed in is told of messages
 *   inside     the chat itself
 *   idle       what the panel asks for once it has time, for when it is needed at once or when nothing can be loaded any more
 *   signed-in  what is needed soon after a sign-in, with no panel: unsent messages on disk, the bell, half of a badge
 *   page       elements that stand on the host's own page
 *   more       every dialog and menu, the contacts, the tabs
 *   emoji      with the picker comes a file of its own, and many never open it
 */
const PARTS = {
  noticing: ['widgets/notices/noticing.js'],
  inside: ['widgets/inside.js', 'sdk/stores/open-chats.js'],
  idle: [
    'widgets/chat-list/chat-search.js',
    'widgets/connection-notice/connection-notice.js',
    'widgets/link-card/link-card.js',
    'widgets/status-menu/status-choices.js',
  ],
  'signed-in': ['sdk/outbox/disk-keeper.js', 'widgets/notices/ringing.js', 'widgets/presence-badge/phone-half.js'],
  page: ['widgets/banner/banner-stack.js', 'widgets/people/people-table.js'],
  more: ['widgets/more.js', 'widgets/presence-badge/badge-menu.js'],
  emoji: ['widgets/emoji/emoji-picker.js'],
};

/** What a page loads at once is the core; each part is what its modules import and those before it have not. The rest Rollup divides by itself. */
function parts() {
  let partOf = null;
  return (id, { getModuleInfo }) => {
    if (partOf === null) {
      partOf = new Map();
      const take = (name, file) => {
        if (partOf.has(file)) return;
        partOf.set(file, name);
        for (const next of getModuleInfo(file)?.importedIds ?? []) take(name, next);
      };
      partOf.set('\0parley', undefined);
      for (const file of getModuleInfo('\0parley').importedIds) take('core', file);
      for (const [name, files] of Object.entries(PARTS)) for (const file of files) take(name, built(file));
    }
    return partOf.get(id);
  };
}

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

/** `--configBrowser` or `--configDemo` for one of the two, as the build does so that a change in one leaves the other alone. */
export default ({ configBrowser, configDemo }) => (configBrowser ? [forHosts()] : configDemo ? [forDemo()] : [forHosts(), forDemo()]);
