import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { create, ts } from '@custom-elements-manifest/analyzer';
import { litPlugin } from '@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js';

const root = path.join(import.meta.dirname, '../../..');
/** The elements that a host places; what is inside of them is ours. */
export const TAGS = ['banner', 'chat-panel', 'launcher', 'link-current-item', 'people', 'presence-badge', 'session'];
const BASES = ['widgets/internal/parley-element.ts', 'widgets/internal/shell-element.ts'];

/** What a host may use: an instance's own words, and which version it is. The rest is for browsers and other elements of ours. */
function isPublic({ name, privacy, static: isStatic }) {
  if (privacy === 'private' || privacy === 'protected' || /^[#[]/.test(name) || name === 'handleEvent') return false;
  return !isStatic || name === 'version';
}

/** One line, however long the comment was. */
const oneLine = (text) => text?.replace(/\s+/g, ' ').trim();

/** Types that are a choice of words, by their names: editors offer the words, and know no name. */
const choices = new Map(
  globSync('widgets/**/*.ts', { cwd: root }).flatMap((file) =>
    [...readFileSync(path.join(root, file), 'utf8').matchAll(/^export type (\w+) = ('[^;]*');$/gm)].map(([, name, words]) => [name, words]),
  ),
);

function described(entry) {
  const short = { ...entry };
  if (entry.type?.text !== undefined)
    short.type = { ...entry.type, text: entry.type.text.replace(/\w+/g, (name) => choices.get(name) ?? name) };
  for (const key of ['description', 'summary']) if (short[key] !== undefined) short[key] = oneLine(short[key]);
  return short;
}

/** An element as hosts see it. */
function element(declaration, tag) {
  const members = declaration.members.filter(isPublic).map(described);
  const names = new Set(members.map(({ name }) => name));
  const attributes = (declaration.attributes ?? []).filter(({ fieldName }) => names.has(fieldName)).map(described);
  const listed = Object.fromEntries(
    ['slots', 'events', 'cssParts', 'cssProperties'].flatMap((key) => {
      const entries = (declaration[key] ?? []).map(described);
      return entries.length === 0 ? [] : [[key, entries]];
    }),
  );
  return { ...described(declaration), ...listed, members, attributes, tagName: `parley-${tag}`, customElement: true };
}

/** The manifest of custom elements: what the sources and their comments say, as paths of the package. */
export function analysed() {
  const files = [...TAGS.map((tag) => `widgets/${tag}/${tag}.ts`), ...BASES];
  const modules = files.map((file) => ts.createSourceFile(file, readFileSync(path.join(root, file), 'utf8'), ts.ScriptTarget.ES2015, true));
  const manifest = create({ modules, plugins: litPlugin(), context: { dev: false } });
  const shown = TAGS.map((tag) => {
    const source = `widgets/${tag}/${tag}.ts`;
    const { declarations } = manifest.modules.find(({ path: file }) => file === source);
    const declaration = element(
      declarations.find(({ kind, superclass }) => kind === 'class' && superclass),
      tag,
    );
    delete declaration.superclass;
    const file = `dist/widgets/${tag}/${tag}.js`;
    return {
      kind: 'javascript-module',
      path: file,
      declarations: [declaration],
      exports: [{ kind: 'js', name: declaration.name, declaration: { name: declaration.name, module: file } }],
    };
  });
  const definitions = shown.map(({ path: file, declarations: [{ name, tagName }] }, at) => ({
    kind: 'javascript-module',
    path: `dist/widgets/define/${TAGS[at]}.js`,
    declarations: [],
    exports: [{ kind: 'custom-element-definition', name: tagName, declaration: { name, module: file } }],
  }));
  return { schemaVersion: manifest.schemaVersion, readme: '', modules: [...shown, ...definitions] };
}
