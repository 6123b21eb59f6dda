import { readFileSync } from 'node:fs';
import path from 'node:path';
import { elementsReference, type ElementsManifest } from './elements.js';
import { ExportsReference, type Door } from './exports.js';

export const ROOT = path.join(import.meta.dirname, '../../../..');

const SDK: readonly Door[] = [
  { specifier: 'parley-chat', source: 'sdk/index.ts' },
  { specifier: 'parley-chat/links', source: 'sdk/links/index.ts' },
  { specifier: 'parley-chat/adapters/fhircast', source: 'sdk/adapters/fhircast/index.ts' },
  { specifier: 'parley-chat/adapters/iframe', source: 'sdk/adapters/iframe/index.ts' },
];
const SERVER: readonly Door[] = [
  { specifier: 'parley-chat/server', source: 'server/index.ts' },
  { specifier: 'parley-chat/server/token', source: 'server/token.ts' },
];

/** The references by their files, as the manifest and the sources are now. */
export function references(): Record<string, string> {
  const types = new ExportsReference(ROOT, [...SDK, ...SERVER]);
  const page = (title: string, doors: readonly Door[]): string =>
    [
      `# ${title}: reference`,
      '',
      'Written by `npm run docs:api` from the types and their comments. The guide is [README.md](README.md).',
      ...doors.flatMap((door) => types.of(door)),
      '',
    ].join('\n');
  const manifest = JSON.parse(readFileSync(path.join(ROOT, 'dist/custom-elements.json'), 'utf8')) as ElementsManifest;
  return {
    'widgets/API.md': elementsReference(manifest),
    'sdk/API.md': page('SDK', SDK),
    'server/API.md': page('Server', SERVER),
  };
}
