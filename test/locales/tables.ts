import { globSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PluralForms } from '../../widgets/internal/messages/en.js';

export type Table = Record<string, string | PluralForms>;

const widgets = path.join(import.meta.dirname, '../../widgets');
const load = async (file: string): Promise<Record<string, Table>> =>
  (await import(pathToFileURL(path.join(widgets, file)).href)) as Record<string, Table>;

/** Every table of English texts by the name of its chunk, whoever wrote it: `panel` of en-panel.ts. */
export async function englishTables(): Promise<Map<string, Table>> {
  const tables = new Map<string, Table>();
  for (const file of globSync('internal/messages/en-*.js', { cwd: widgets }).sort()) {
    const [table] = Object.values(await load(file));
    if (table) tables.set(path.basename(file, '.js').slice('en-'.length), table);
  }
  return tables;
}

/** The tables of all languages that Parley brings along, by their codes. */
export async function translations(): Promise<Map<string, Table>> {
  const found = new Map<string, Table>();
  for (const file of globSync('locales/*.js', { cwd: widgets }).sort()) {
    const { messages } = await load(file);
    if (messages) found.set(path.basename(file, '.js'), messages);
  }
  return found;
}
