import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.join(import.meta.dirname, '../../..');

/** A fenced piece of a document. */
export interface Snippet {
  language: string;
  text: string;
  file: string;
  /** Of its first line in the document. */
  line: number;
}

/** Written by programs, which have tests of their own. */
const WRITTEN = /(^|\/)(API|RESULTS|BENCHMARKS)\.md$/;

/** Every document that people write, by its path from the root. */
export const DOCUMENTS: readonly string[] = ['*.md', '{sdk,widgets,server,demo-host}/**/*.md', 'test/*.md', 'test/docs/*.md']
  .flatMap((pattern) => globSync(pattern, { cwd: ROOT }))
  .filter((file) => !WRITTEN.test(file))
  .sort();

/** Those that tell how things are; the log of changes also says what names they had. */
export const CURRENT: readonly string[] = DOCUMENTS.filter((file) => file !== 'CHANGELOG.md');

export function read(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

function snippetsOf(file: string): Snippet[] {
  const found: Snippet[] = [];
  let open: Snippet | undefined;
  read(file)
    .split('\n')
    .forEach((line, at) => {
      if (!line.startsWith('```')) {
        if (open) open.text += `${line}\n`;
      } else if (open) {
        found.push(open);
        open = undefined;
      } else open = { language: line.slice(3).trim(), text: '', file, line: at + 2 };
    });
  return found;
}

export const SNIPPETS: readonly Snippet[] = DOCUMENTS.flatMap(snippetsOf);

/** The snippets of some languages, at least one. */
export function snippets(...languages: string[]): readonly Snippet[] {
  const found = SNIPPETS.filter(({ language }) => languages.includes(language));
  if (found.length === 0) throw new Error(`no document has a snippet in ${languages.join(', ')}`);
  return found;
}

/** The only snippet of a language in a document, or the one with these words. */
export function snippet(file: string, language: string, words = ''): string {
  const [one, ...more] = SNIPPETS.filter((each) => each.file === file && each.language === language && each.text.includes(words));
  if (!one || more.length > 0) throw new Error(`${file} has ${one ? 'several snippets' : 'no snippet'} in ${language} with "${words}"`);
  return one.text;
}

export const where = ({ file, line }: Snippet): string => `${file}:${line}`;

/** What a reader sees as text: without the fenced pieces. */
export function prose(file: string): string {
  return read(file).replace(/^```[\s\S]*?^```$/gm, '');
}
