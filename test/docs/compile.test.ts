import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compile as compileSvelte } from 'svelte/compiler';
import { compileScript, compileTemplate, parse } from 'vue/compiler-sfc';
import { prepareFrameworks } from '../frameworks/framework-page.js';
import { complaints } from './compiler.js';
import { SNIPPETS, snippets, where } from './documents.js';

/** Each language of a snippet, and where it is tried. */
const TRIED: Readonly<Record<string, string>> = {
  ts: 'here',
  tsx: 'here',
  js: 'here',
  vue: 'here',
  svelte: 'here',
  html: 'pages.test.ts',
  css: 'names.test.ts',
  sh: 'commands.test.ts',
  python: 'tokens.test.ts',
  php: 'tokens.test.ts',
  java: 'tokens.test.ts',
  csharp: 'tokens.test.ts, as text',
  ini: 'names.test.ts',
  text: 'pages.test.ts',
};

const script = (text: string): string => /<script[^>]*>([\s\S]*?)<\/script>/.exec(text)?.[1] ?? '';

describe('snippets', () => {
  it('are all in a language that is tried somewhere', () => {
    const unknown = SNIPPETS.filter(({ language }) => TRIED[language] === undefined);
    assert.deepEqual(
      unknown.map((one) => `${where(one)} "${one.language}"`),
      [],
    );
  });

  it('in TypeScript and JavaScript are taken by a compiler that has the built package', () => {
    const units = snippets('ts', 'tsx', 'js').map((one) => ({ name: where(one), extension: one.language, text: one.text }));
    const components = snippets('vue').map((one) => ({ name: where(one), extension: 'ts', text: vueMacros(script(one.text)) }));
    assert.deepEqual(complaints([...units, ...components], prepareFrameworks()), []);
  });

  it('in Vue are compiled without a complaint', () => {
    for (const { file, text } of snippets('vue')) {
      const { descriptor, errors } = parse(text);
      assert.deepEqual(errors, [], file);
      compileScript(descriptor, { id: 'docs' });
      const made = compileTemplate({
        id: 'docs',
        filename: file,
        source: descriptor.template?.content ?? '',
        compilerOptions: { isCustomElement: (tag) => tag.startsWith('parley-') },
      });
      assert.deepEqual([...made.errors, ...made.tips], [], file);
      assert.match(made.code, /parley-session/);
    }
  });

  it('in Svelte are compiled without a warning', () => {
    for (const { file, text } of snippets('svelte')) {
      const { js, warnings } = compileSvelte(text, { generate: 'client', filename: `${file}.svelte` });
      assert.deepEqual(warnings, [], file);
      assert.match(js.code, /parley-session/);
    }
  });

  it('that are wrong are found', () => {
    const wrong = [
      ['a member that is not there', 'ts', `import { createParley } from 'parley-chat';\ncreateParley({ server: '', token: '' }).logIn();`],
      ['a door that is not there', 'ts', `import { chat } from 'parley-chat/chat';\nchat();`],
      ['a name that nobody gave', 'ts', 'start(viewer);'],
      ['no JavaScript', 'js', 'const = 1;'],
      ['a door of JavaScript that is not there', 'js', `import { chat } from 'parley-chat/nothing';\nchat();`],
      ['a door that is only opened', 'js', `import 'parley-chat/nothing.js';`],
      ['a door that is opened later', 'js', `await import('parley-chat/nothing');`],
      ['a name of JavaScript that is not there', 'js', `import { createParlay } from 'parley-chat';\ncreateParlay();`],
    ] as const;
    const found = complaints(wrong.map(([name, extension, text]) => ({ name, extension, text })));
    for (const [name] of wrong)
      assert.ok(
        found.some((line) => line.startsWith(name)),
        name,
      );
  });
});

/** What Vue knows inside of a component. */
function vueMacros(text: string): string {
  return `declare function defineProps<T>(): T; ${text}`;
}
