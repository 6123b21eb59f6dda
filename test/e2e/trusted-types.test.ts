import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, describe, it } from 'node:test';
import { signToken } from '../support/server-process.js';
import { prepareGround } from './ground.js';
import { launch, PATIENCE } from './stage.js';

declare global {
  interface Window {
    /** What the browser refused and what nobody caught. */
    complaints: string[];
  }
}

const TAGS = ['parley-session', 'parley-launcher', 'parley-chat-panel', 'parley-presence-badge'];

/** A host that is built with Lit has a policy under Lit's name before Parley is loaded. */
const LIT_HOST = `
window.complaints = [];
addEventListener('securitypolicyviolation', (event) => complaints.push(event.violatedDirective + ' ' + event.sample));
addEventListener('error', (event) => complaints.push(event.message), true);
trustedTypes.createPolicy('lit-html', { createHTML: (html) => html });
`;

describe('Trusted Types of a host', { timeout: 120_000 }, () => {
  const ground = prepareGround(async () => {
    host.listen(0, '127.0.0.1');
    await once(host, 'listening');
    origin = `http://127.0.0.1:${String((host.address() as AddressInfo).port)}`;
    return { PARLEY_ORIGINS: origin };
  });
  let origin = '';
  let policies = '';
  let scripts: string[] = [];
  const host = createServer(({ url }, response) => {
    if (url === '/host.js') return void response.setHeader('content-type', 'text/javascript').end(LIT_HOST);
    const from = ground.stage.parley;
    const rules = [
      `script-src 'self' ${from}`,
      `connect-src ${from} ${from.replace('http', 'ws')}`,
      "require-trusted-types-for 'script'",
      `trusted-types ${policies}`,
    ];
    response.setHeader('content-security-policy', rules.join('; ')).setHeader('content-type', 'text/html');
    const modules = scripts.map((file) => `<script type="module" src="${from}/parley/${file}"></script>`).join('');
    response.end(`<!doctype html><title>A host</title><script src="/host.js"></script>
      <parley-session></parley-session><parley-launcher>Chat</parley-launcher><parley-chat-panel></parley-chat-panel>${modules}`);
  });
  after(() => {
    host.close();
    host.closeAllConnections();
  });

  /** What a page complains of under this `trusted-types`, and which of the elements it has, with which the panel can be opened. */
  async function loaded(allowed: string, ...files: string[]): Promise<{ complaints: string[]; defined: string[] }> {
    [policies, scripts] = [allowed, files];
    const browser = await launch();
    try {
      const page = await browser.newPage();
      page.setDefaultTimeout(PATIENCE);
      await page.goto(origin);
      await page.evaluate(
        ([server, token]) => {
          const session = document.querySelector('parley-session');
          if (session) Object.assign(session, { server, token: () => Promise.resolve(token) });
        },
        [ground.stage.parley, await signToken(ground.stage.secret, 'ada', { tenant: 'test', name: 'Ada' })],
      );
      const defined = await page.evaluate((tags) => tags.filter((tag) => customElements.get(tag) !== undefined), TAGS);
      if (defined.length === 0) return { complaints: await page.evaluate(() => window.complaints), defined };
      await page.locator('parley-launcher').getByRole('button', { name: 'Chat' }).click();
      await page.locator('parley-chat-panel').locator('[part~="settings-button"]').waitFor();
      return { complaints: await page.evaluate(() => window.complaints), defined };
    } finally {
      await browser.close();
    }
  }

  async function pinned(): Promise<string> {
    const { version } = (await (await fetch(`${ground.stage.parley}/version`)).json()) as { version: string };
    return `${version}/parley.js`;
  }

  it('[attack 63] that has a Lit of its own: the bundle has a policy of another name, and none besides', async () => {
    assert.deepEqual(await loaded('lit-html parley', 'parley.js'), { complaints: [], defined: TAGS });
  });

  it('[attack 63] with two copies of the bundle: both are loaded where the host allows duplicates', async () => {
    const found = await loaded("lit-html parley 'allow-duplicates'", 'parley.js', await pinned());
    assert.deepEqual(found, { complaints: [], defined: TAGS });
  });

  it('[attack 63] with two copies and no duplicates: the browser refuses the second, and the first works', async () => {
    const { complaints, ...rest } = await loaded('lit-html parley', 'parley.js', await pinned());
    assert.deepEqual(rest, { defined: TAGS });
    assert.match(complaints.join('\n'), /trusted-types parley/);
  });
});
