import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import axe from 'axe-core';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { CHROMIUM_ARGS, ensureChromium } from '../support/chromium.js';
import { TENANT, startServer } from '../support/server.js';
import type { TestServer } from '../support/server.js';

const ALL = 'parley:admin parley:policies parley:directory';
/** What the page is not allowed to do it would say here. */
const MARKUP = '<img src=x onerror=alert(1)>';

describe('the admin page', { timeout: 120_000 }, () => {
  let server: TestServer;
  let browser: Browser;
  before(async () => {
    server = await startServer({ adminPage: true });
    browser = await chromium.launch({ executablePath: ensureChromium(), args: CHROMIUM_ARGS });
  });
  after(async () => {
    await browser.close();
    await server.close();
  });

  interface Visit {
    page: Page;
    /** What the browser complained of. */
    complaints: string[];
    /** Every address that was asked. */
    asked: string[];
  }

  async function visit(scope: string, claims: { name?: string } = {}): Promise<Visit> {
    const page = await browser.newPage({ viewport: { width: 320, height: 800 } });
    const complaints: string[] = [];
    const asked: string[] = [];
    page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(`${server.url}/admin`);
    await page.getByLabel('Token').fill(await server.token('ops', { scope, ...claims }));
    await page.getByRole('button', { name: 'Sign in' }).click();
    return { page, complaints, asked };
  }

  it('[Y2] [Y3] shows counts and conversations within its policy, asks this server alone, fits 320 px, and forgets the token', async () => {
    const [alice] = await Promise.all([server.connect('alice'), server.connect('bob')]);
    await alice.send(await alice.startConversation('bob'), 'canary-text');
    const { page, complaints, asked } = await visit(ALL, { name: MARKUP });
    await page.getByText('people known').waitFor();
    await page.getByRole('button', { name: 'Show conversations' }).click();
    await page.getByRole('cell', { name: 'direct' }).waitFor();
    const text = await page.locator('body').innerText();
    assert.ok(text.includes(MARKUP), 'a name is text');
    for (const secret of ['canary', 'alice', 'bob']) assert.ok(!text.includes(secret), secret);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
    assert.deepEqual(complaints, []);
    assert.ok(asked.every((address) => address.startsWith(`${server.url}/`) && !address.includes('eyJ')));
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href]));
    assert.ok(!kept.includes('eyJ'), 'the token is in memory only');
    await page.reload();
    await page.getByLabel('Token').waitFor();
    assert.equal(await page.getByText('people known').count(), 0);
    await page.close();
  });

  it('[Y1] changes policies and predefined messages at once, and revokes after a second question', async () => {
    const bob = await server.connect('bob');
    const { page, complaints } = await visit(ALL);
    await page.getByLabel('People added to a group').selectOption('invite');
    await page.getByRole('button', { name: 'Save policies' }).click();
    await page.getByText('Saved. Everybody who is signed in acts by it at once.').waitFor();
    assert.equal((await server.server.storage.tenant(TENANT)).policies?.join, 'invite');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByLabel('Message 1').fill(MARKUP);
    await page.getByRole('button', { name: 'Save messages' }).click();
    await page.getByText('Saved. Everybody who is signed in has them at once.').waitFor();
    assert.deepEqual(
      (await server.server.storage.tenant(TENANT)).predefined?.map((message) => message.text),
      [MARKUP],
    );

    await page.getByLabel('Id of the person').fill('bob');
    await page.getByRole('button', { name: 'Revoke …' }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    assert.equal(await server.server.storage.tokensSince(TENANT, 'bob'), 0, 'nothing before the second answer');
    await page.getByRole('button', { name: 'Revoke …' }).click();
    await page.getByRole('button', { name: 'Revoke bob' }).click();
    await page.getByText('bob is signed out everywhere.').waitFor();
    await bob.disconnected();
    assert.deepEqual(bob.received('session:ended'), [{ reason: 'revoked' }]);
    assert.deepEqual(complaints, []);
    await page.close();
  });

  for (const colorScheme of ['light', 'dark'] as const)
    it(`[Y2] has no finding of axe, ${colorScheme}`, async () => {
      const page = await browser.newPage({ colorScheme, viewport: { width: 1000, height: 800 } });
      const findings = async () => {
        await page.evaluate(axe.source);
        return page.evaluate(async () => {
          const { violations } = await (window as unknown as { axe: typeof axe }).axe.run();
          return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
        });
      };
      await page.goto(`${server.url}/admin`);
      await page.getByLabel('Token').waitFor();
      assert.deepEqual(await findings(), []);
      await page.getByLabel('Token').fill(await server.token('ops', { scope: ALL }));
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByText('people known').waitFor();
      await page.getByRole('button', { name: 'Show conversations' }).click();
      await page.getByRole('cell', { name: 'direct' }).waitFor();
      await page.getByRole('button', { name: 'Save messages' }).waitFor();
      await page.getByRole('button', { name: 'Save policies' }).waitFor();
      assert.deepEqual(await findings(), []);
      await page.close();
    });

  it('[Y1] says which right is missing, and goes back to the sign-in when the server takes the token no more', async () => {
    const { page } = await visit('parley:admin');
    await page.getByText('people known').waitFor();
    const refused = page.getByText('Your token does not have the right parley:policies.');
    await refused.nth(1).waitFor();
    assert.equal(await refused.count(), 2);
    await page.getByLabel('Id of the person').fill('alice');
    await page.getByRole('button', { name: 'Revoke …' }).click();
    await page.getByRole('button', { name: 'Revoke alice' }).click();
    await page.getByText('Your token does not have the right parley:directory.').waitFor();
    const directory = await server.token('boss', { scope: 'parley:directory' });
    await fetch(`${server.url}/v1/users/ops/revoke`, { method: 'POST', headers: { authorization: `Bearer ${directory}` } });
    await page.getByRole('button', { name: 'Show conversations' }).click();
    await page.getByText('The server does not accept this token, or no more.').waitFor();
    assert.equal(await page.getByText('people known').count(), 0, 'nothing of before is left');
    assert.equal(await page.getByLabel('Token').inputValue(), '');
    await page.close();
  });
});
