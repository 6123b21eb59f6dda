import { PACKAGE_VERSION } from '../http/operation.js';
import { ENTRY, versionedPath } from '../http/bundle-files.js';
import { clockFinding } from './clock.js';
import { PATIENCE, findings, reasonOf } from './finding.js';
import type { Check, Finding, Patient } from './finding.js';
import { tryUpgrade } from './upgrade.js';

const { ok, warn, fail, skip } = findings('address');

/** All that stands between clients and the server: names, certificates, proxies. */
export const publicAddressCheck: Check = {
  about: 'address',
  async look({ server, config }) {
    if (!server) return [skip('--server https://chat.example.org looks at the way of clients, too')];
    const asked = Date.now();
    let response: Response;
    try {
      response = await fetch(new URL('/version', server), { signal: AbortSignal.timeout(PATIENCE) });
    } catch (error) {
      return [fail(`${server.origin} cannot be reached: ${reasonOf(error)}`)];
    }
    const clock = clockFinding(server.host, response.headers.get('date'), asked, Date.now());
    const body: unknown = await response.json().catch(() => null);
    const version = typeof body === 'object' && body !== null && 'version' in body ? String(body.version) : undefined;
    if (!response.ok || version === undefined)
      return [
        fail(
          `${server.origin}/version answers ${response.status} and not as Parley does: another program, or a proxy with rules of its own`,
        ),
        clock,
      ];
    const found: Finding[] = [
      version === PACKAGE_VERSION
        ? ok(`${server.origin} is Parley ${version}`)
        : warn(`${server.origin} is Parley ${version}, this is ${PACKAGE_VERSION}`),
      await lookAtBundle(server),
      await lookAtUpgrade({ server, config }),
    ];
    if (server.protocol === 'http:' && !['localhost', '127.0.0.1', '[::1]'].includes(server.hostname))
      found.push(warn('tokens and messages travel unencrypted'));
    return [...found, clock];
  },
};

async function lookAtBundle(server: URL): Promise<Finding> {
  const { status, headers } = await fetch(new URL(versionedPath(ENTRY), server), { signal: AbortSignal.timeout(PATIENCE) });
  if (status !== 200) return fail(`${versionedPath(ENTRY)} answers ${status}: pages cannot load the elements`);
  if (!/^(?:text|application)\/javascript/.test(headers.get('content-type') ?? ''))
    return fail(`${versionedPath(ENTRY)} comes as ${headers.get('content-type') ?? 'nothing'}`);
  return ok('pages can load the elements');
}

async function lookAtUpgrade({ server, config }: Required<Pick<Patient, 'config'>> & { server: URL }): Promise<Finding> {
  const [origin] = config.origins;
  if (origin === undefined && !config.nativeClients)
    return skip('WebSocket: not tried, because nobody may connect while PARLEY_ORIGINS is empty');
  const result = await tryUpgrade(server, origin, PATIENCE);
  switch (result.outcome) {
    case 'open':
      return ok(`WebSocket: open after ${Math.round(result.milliseconds)} ms${origin === undefined ? '' : ` for pages of ${origin}`}`);
    case 'forbidden':
      return fail(
        `WebSocket: refused${origin === undefined ? '' : ` for pages of ${origin}`}: the server that runs has other origins than these settings`,
      );
    case 'answered':
      return fail(
        `WebSocket: answered with ${result.status} instead of 101: a proxy does not pass Upgrade and Connection on; clients fall back to polling`,
      );
    case 'failed':
      return fail(`WebSocket: ${result.reason}; clients fall back to polling`);
  }
}
