import path from 'node:path';
import { chromeLauncher } from '@web/test-runner-chrome';
import { CHROMIUM_ARGS, ensureChromium } from '../../dist/test/support/chromium.js';
import { parleyServer } from '../../dist/test/support/parley-server-plugin.js';

/**
 * `executeServerCommand('forced-colors', 'active' | 'none')` and `('prefers-contrast', 'more' | '')`: the runner's own emulateMedia knows
 * them for another launcher only. One at a time.
 */
const emulations = new Map();
const mediaFeatures = {
  name: 'media-features',
  async executeCommand({ command: name, payload: value, session }) {
    if (name !== 'forced-colors' && name !== 'prefers-contrast') return undefined;
    // It holds as long as the session that asked for it.
    if (!emulations.has(session.id)) emulations.set(session.id, await session.browser.getPage(session.id).createCDPSession());
    await emulations.get(session.id).send('Emulation.setEmulatedMedia', { features: [{ name, value }] });
    return true;
  },
};

/** The same files under another address are another copy of the package to a page. */
function copies(context, next) {
  context.url = context.url.replace(/^\/copy-\w+\//, '/');
  return next();
}

/*
 * Element tests in a real browser, over what tsc has written: build first.
 * One file: npm run test:browser -- --files 'dist/test/widgets/composer.test.js'
 */
export default {
  rootDir: path.join(import.meta.dirname, '../..'),
  files: 'dist/test/widgets/**/*.test.js',
  // As in the bundle: without these, socket.io-client comes with its Node parts, rxjs as ES5, and lit in development mode.
  nodeResolve: { browser: true, exportConditions: ['browser', 'production', 'es2015'] },
  browsers: [
    chromeLauncher({
      launchOptions: { executablePath: ensureChromium(), args: CHROMIUM_ARGS },
      // A window each: a page that lies behind another is hidden, and a hidden page fires no scroll events.
      createPage: async ({ context }) => (await context.browser().createBrowserContext()).newPage(),
    }),
  ],
  middleware: [copies],
  plugins: [parleyServer(), mediaFeatures],
  concurrency: 2,
  testsStartTimeout: 60_000,
  testsFinishTimeout: 180_000,
  testFramework: { config: { timeout: 15_000 } },
};
