import { ensureProgram, findProgram } from './packages.js';

/** As root Chromium starts only without its sandbox; the rest keeps it from asking its maker for anything. */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** The Chromium that `CHROME_PATH` names, or the first one on the path; null when there is none. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | null {
  return env['CHROME_PATH'] || findProgram(NAMES, ['/usr/bin', '/usr/local/bin', '/snap/bin'], env);
}

/**
 * As `findChromium`, and installs Debian's package when there is none and the process may.
 * @throws Error that says what to do when it may not.
 */
export function ensureChromium(): string {
  return ensureProgram({ title: 'Chromium', package: 'chromium', find: findChromium, hint: 'or set CHROME_PATH to its program' });
}
