import { Misused } from '../archive/outcome.js';
import { ENTRY, integrityOf, loadedAtOnce, readManifest, versionedPath } from '../http/bundle-files.js';
import { done } from './command.js';
import type { Command } from './command.js';

/**
 * The lines of a page. What is loaded later, chunk or adapter, is held to the import map, where the page's policy admits one: an import() says
 * no hash, and asks once more for what was preloaded and did not fit.
 */
export const sri: Command = {
  name: 'sri',
  usage: '[--server URL] [--import-map]',
  summary: [
    'print the lines with which a page loads exactly these files and no others, from this version of the server;',
    '--import-map: also for what is loaded later, and for what the page imports by itself, such as ohif.js',
  ],
  values: ['server'],
  switches: ['import-map'],
  run: async ({ values: { server = 'https://chat.example.org' }, switches }) => {
    if (!/^https?:\/\//.test(server) || !URL.canParse(server))
      throw new Misused(['--server: not an address such as https://chat.example.org']);
    const addressOf = (file: string) => new URL(versionedPath(file), server).href;
    const manifest = readManifest();
    const [entry = ENTRY, ...rest] = loadedAtOnce(manifest);
    const integrity = Object.fromEntries(Object.keys(manifest).map((file) => [addressOf(file), integrityOf(file)]));
    const map = `<script type="importmap">\n${JSON.stringify({ integrity }, null, 2)}\n</script>`;
    const attributes = (file: string) => `integrity="${integrityOf(file)}" crossorigin="anonymous"`;
    return done(
      ...(switches['import-map'] ? [map] : []),
      ...rest.map((file) => `<link rel="modulepreload" href="${addressOf(file)}" ${attributes(file)} />`),
      `<script type="module" src="${addressOf(entry)}" ${attributes(entry)}></script>`,
    );
  },
};
