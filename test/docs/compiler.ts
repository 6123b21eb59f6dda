import path from 'node:path';
import ts from 'typescript';
import { ROOT } from './documents.js';

/** What the documents take as given, because the reader has it: by name, its type. */
const GIVEN: Readonly<Record<string, string>> = {
  viewer: `EventTarget & { current: { uid: string } | null; open(id: string): void; lookUp(id: string): Promise<{ description: string; date: string } | null> }`,
  getCurrent: `NonNullable<import('parley-chat').HostKind['getCurrent']>`,
  resolve: `NonNullable<import('parley-chat').HostKind['resolve']>`,
  open: `NonNullable<import('parley-chat').HostKind['open']>`,
  launch: '{ hubUrl: string; hubTopic: string; accessToken: string }',
  chat: `import('parley-chat/widgets/session.class.js').SessionElement & { client: import('parley-chat').Parley }`,
  panel: `import('parley-chat/widgets/chat-panel.class.js').ChatPanel`,
  shell: '{ launch(address: string): void }',
  dicomweb: 'string',
  frame: 'HTMLIFrameElement',
  host: `import('parley-chat').HostContext`,
  useChatHost: `(current: string | null) => { session: import('react').RefObject<import('parley-chat/widgets').SessionElement | null>; host: import('parley-chat').HostContext }`,
  token: `import('parley-chat').TokenProvider`,
  keys: '{ pause(inside: boolean): void }',
  fetchToken: `import('parley-chat').TokenProvider`,
  fetchNextUsersToken: `import('parley-chat').TokenProvider`,
  render: `(items: readonly import('parley-chat').TimelineItem[]) => void`,
};

/** On one line before the first, so that lines keep their numbers. */
function given(text: string): string {
  const missing = Object.entries(GIVEN).filter(([name]) => {
    const own = new RegExp(`\\b(?:const|let|function|class) (?:\\{[^}]*)?${name}\\b|\\{ ${name} \\}: `);
    return new RegExp(`(?<![.\\w'-])${name}\\b(?!['-])`).test(text) && !own.test(text);
  });
  return missing.map(([name, type]) => `declare const ${name}: ${type};`).join(' ');
}

/** How a customer's compiler takes them, with the declarations in dist/. */
const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  types: ['node'],
  jsx: ts.JsxEmit.ReactJSX,
  experimentalDecorators: true,
  allowJs: true,
  // Without it a JavaScript file has no diagnostics of its imports.
  checkJs: true,
  strict: true,
  noEmit: true,
  skipLibCheck: true,
};

/** What the compiler says of a module that it does not find, and of a name that the module does not have. */
const IMPORTS: ReadonlySet<number> = new Set([1192, 2305, 2307, 2614, 2724, 2882]);

export interface Unit {
  name: string;
  /** `ts`, `tsx` or `js`. */
  extension: string;
  text: string;
}

/**
 * What the compiler says of each, by name; nothing when it has no complaint. JavaScript is held to its syntax and its imports. Packages are
 * looked for as a host of Parley's own package does, and in the folder of the frameworks.
 */
export function complaints(units: readonly Unit[], frameworks: string = ROOT): string[] {
  const virtual = new Map(
    units.map(({ extension, text }, index) => [
      path.join(ROOT, `test/docs/snippet-${index}.${extension}`),
      `${extension === 'js' ? '' : given(text)}${/^\{/.test(text) ? `(${text.trim()})` : text}\nexport {};\n`,
    ]),
  );
  const host = ts.createCompilerHost(OPTIONS);
  const { readFile, fileExists, getSourceFile } = host;
  host.readFile = (file) => virtual.get(file) ?? readFile(file);
  host.fileExists = (file) => virtual.has(file) || fileExists(file);
  host.getSourceFile = (file, target, ...rest) => {
    const text = virtual.get(file);
    return text === undefined ? getSourceFile(file, target, ...rest) : ts.createSourceFile(file, text, target, true);
  };
  const cache = ts.createModuleResolutionCache(ROOT, (name) => name, OPTIONS);
  host.resolveModuleNameLiterals = (literals, containing, redirected, options, source) =>
    literals.map((literal) => {
      const mode = ts.getModeForUsageLocation(source, literal, options);
      const from = virtual.has(containing)
        ? [path.join(ROOT, 'test/docs'), frameworks].map((place) => path.join(place, 'snippet.ts'))
        : [containing];
      const tried = from.map((file) => ts.resolveModuleName(literal.text, file, options, host, cache, redirected, mode));
      return tried.find(({ resolvedModule }) => resolvedModule) ?? tried[0] ?? { resolvedModule: undefined };
    });
  const program = ts.createProgram([...virtual.keys()], OPTIONS, host);
  return [...virtual.keys()].flatMap((file, index) => {
    const source = program.getSourceFile(file);
    const unit = units[index];
    if (!source || !unit) return [`${file} was not compiled`];
    const said = program.getSemanticDiagnostics(source);
    const found = [
      ...program.getSyntacticDiagnostics(source),
      ...(unit.extension === 'js' ? said.filter(({ code }) => IMPORTS.has(code)) : said),
    ];
    return found.map(({ messageText, start = 0 }) => {
      const { line } = source.getLineAndCharacterOfPosition(start);
      return `${unit.name}, line ${line + 1}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
    });
  });
}
