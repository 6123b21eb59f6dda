import { existsSync, globSync } from 'node:fs';
import path from 'node:path';
import { ensureChromium } from '../support/chromium.js';
import { runBrowserTests } from './browser-tests.js';
import { runNodeTests } from './node-tests.js';
import { sum, type Outcome, type Part } from './part.js';
import { runCheck } from './programs.js';
import { onPostgres, withServices } from './services.js';

const compiled = path.join(import.meta.dirname, '..');
const module = (name: string): string => path.join(compiled, '../../node_modules', name);
const program = (name: string): string => path.join(compiled, name);

/** What a server does for its clients, once more with PostgreSQL as its store. */
const ON_POSTGRES = [
  'server/thinnest-path.test.js',
  'server/session.test.js',
  'server/contacts.test.js',
  'server/do-not-disturb.test.js',
  'server/invitations.test.js',
  'server/ending.test.js',
  'server/history.test.js',
  'server/history-delivery.test.js',
  'server/visibility.test.js',
  'server/content.test.js',
  'server/horizons.test.js',
  'sdk/two-clients.test.js',
];
/** What is tried under faults on every change: for a developer some guarantees in a minute, where CI is set all of them. */
const FAULT_TIER = process.env['CI'] ? 'commit' : 'everyday';
/** Guarantees that a machine without strace or root may leave out; without it what is skipped there has failed. */
const MAY_SKIP = process.env['FAULTS_MAY_SKIP'] ?? '';
/** Folders whose files need more than to be run, or are run with something else. */
const WITH_MORE: ReadonlySet<string> = new Set(['widgets', 'budgets']);
/** Parts whose files open a real browser. */
const WITH_CHROMIUM: ReadonlySet<string> = new Set(['e2e', 'hosts', 'frameworks', 'package', 'docs']);
/**
 * What Parley is among strangers: other people's viewers, frameworks, bundlers, languages, each of which is installed or built first. For a
 * developer when it is asked for by name; CI runs all of it.
 */
const AMONG_STRANGERS: ReadonlySet<string> = new Set(['docs', 'frameworks', 'hosts', 'package']);
/** Parts whose files may lean on PostgreSQL and Redis. */
const WITH_SERVICES: ReadonlySet<string> = new Set(['server', 'faults']);

/**
 * The parts of the suite in the order in which they say most per second. Each folder of test/ with files of node:test is a part;
 * those in test/widgets run in the browser.
 */
export function parts(wanted: readonly string[]): Part[] {
  const files = globSync('**/*.test.js', { cwd: compiled })
    .filter((file) => isWanted(file, wanted))
    .sort();
  const folders = [...new Set(files.map(partOf))].filter((name) => !WITH_MORE.has(name) && isDue(name, wanted));
  const [withBrowser, quick] = [folders.filter((name) => WITH_CHROMIUM.has(name)), folders.filter((name) => !WITH_CHROMIUM.has(name))];
  const part = (name: string): Part => ({ name, run: () => around(name)(() => runNodeTests(of(name))) });
  const of = (part: string): string[] => files.filter((file) => partOf(file) === part).map((file) => path.join(compiled, file));

  const all: (Part & { optional?: boolean })[] = [
    {
      name: 'lint',
      run: async () =>
        sum(
          await Promise.all([
            runCheck('eslint', [module('eslint/bin/eslint.js'), '.']),
            runCheck('prettier', [module('prettier/bin/prettier.cjs'), '--check', '.']),
          ]),
        ),
    },
    ...quick.map(part),
    { name: 'postgres', run: () => onPostgres(() => runNodeTests(ON_POSTGRES.map(program))) },
    { name: 'features', run: () => runCheck('a test for every row of the features', [program('rows/main.js')]) },
    {
      name: 'budgets',
      run: () =>
        withServices(async () =>
          sum([
            await runNodeTests(of('budgets')),
            await runCheck('byte budgets', [program('size/main.js')]),
            await runCheck('budgets of what is counted', [program('budgets/main.js')]),
          ]),
        ),
    },
  ];
  if (of('widgets').length > 0) all.push({ name: 'widgets', run: () => withChromium(() => runBrowserTests(of('widgets'))) });
  all.push(...withBrowser.map(part));
  if (existsSync(program('faults/main.js')))
    all.push({
      name: 'guarantees',
      run: () => runCheck('guarantees under faults', [program('faults/main.js'), '--tier', FAULT_TIER, '--may-skip', MAY_SKIP]),
    });
  return wanted.length === 0 ? all : all.filter(({ name }) => wanted.some((word) => word === name || word.startsWith(`${name}/`)));
}

function isDue(part: string, wanted: readonly string[]): boolean {
  return !AMONG_STRANGERS.has(part) || wanted.length > 0 || process.env['CI'] !== undefined;
}

/** `npm test -- sdk` is a part, `npm test -- sdk/stores` the files of it that begin so. */
function isWanted(file: string, wanted: readonly string[]): boolean {
  return wanted.length === 0 || wanted.some((word) => word === partOf(file) || file.startsWith(word));
}

/** The folder of test/ that a file is in; the ones at the top are about the house as a whole. */
function partOf(file: string): string {
  return file.includes(path.sep) ? (file.split(path.sep)[0] as string) : 'house';
}

function around(part: string): (run: () => Promise<Outcome>) => Promise<Outcome> {
  if (WITH_CHROMIUM.has(part)) return withChromium;
  return WITH_SERVICES.has(part) ? withServices : (run) => run();
}

/** Installs Chromium once if need be and tells the child processes where it is. */
async function withChromium(run: () => Promise<Outcome>): Promise<Outcome> {
  process.env['CHROME_PATH'] = ensureChromium();
  return run();
}
