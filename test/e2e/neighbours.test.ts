import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { describe, it } from 'node:test';
import { build } from 'esbuild';
import type { Locator, Page } from 'playwright-core';
import { Server } from 'socket.io';
import { bareHost, furnish, tokenOf } from './corner.js';
import { prepareGround } from './ground.js';
import { launch, Stage } from './stage.js';
import { Tenant } from './tenant.js';

const ROOT = path.join(import.meta.dirname, '../../..');

declare global {
  interface Window {
    /** What the host's own connection has heard. */
    wire: { heard: string[]; connected(): boolean; say(name: string): void };
  }
}

/** A script for the page that is built of these lines; the host's page takes it because its policy is set aside. */
async function put(page: Page, contents: string): Promise<void> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: ROOT },
    bundle: true,
    format: 'esm',
    write: false,
    logLevel: 'silent',
  });
  await page.addScriptTag({ type: 'module', content: outputFiles[0]?.text ?? '' });
}

/** Writes to somebody, until the message is as far as this. */
async function say(corner: Locator, name: string, text: string, state = 'Delivered'): Promise<void> {
  await corner.getByRole('combobox', { name: 'Search people and chats' }).fill(name);
  await corner
    .getByRole('option', { name: new RegExp(name) })
    .first()
    .click();
  await corner.getByRole('textbox', { name: 'Message', exact: true }).fill(text);
  await corner.getByRole('textbox', { name: 'Message', exact: true }).press('Enter');
  await corner.getByText(state).first().waitFor();
}

describe('beside others in one page', { timeout: 120_000 }, () => {
  const ground = prepareGround();

  it('[pain 16] two people at two servers chat side by side, and one who goes leaves the other as they are', async () => {
    const { tenant, page } = await bareHost(ground, 'two-clients');
    const browser = await launch();
    const other = await Stage.open(browser, { PARLEY_ORIGINS: new URL(page.url()).origin });
    try {
      const bob = await tenant.signIn('bob');
      const there = new Tenant(other, 'two-clients');
      await there.person('dora');
      const one = await furnish(page, { id: 'one', server: ground.stage.parley, token: await tokenOf(ground.stage, 'two-clients', 'ada') });
      const two = await furnish(page, { id: 'two', server: other.parley, token: await tokenOf(other, 'two-clients', 'cleo') });
      await say(one, 'Bob', 'from Ada');
      await say(two, 'Dora', 'from Cleo', 'Sent');
      assert.equal(await one.getByText('from Cleo').count(), 0);
      assert.equal(await two.getByText('from Ada').count(), 0);
      assert.deepEqual(
        await page.evaluate(() => [...document.querySelectorAll('parley-session')].map(({ client }) => client?.session?.info.user.id)),
        ['ada', 'cleo'],
      );
      await page.evaluate(() => document.querySelector('#two')?.remove());
      await bob.openPanel();
      await bob.entry(/Ada/).click();
      await bob.write('still there?');
      await one.getByText('still there?').first().waitFor();
    } finally {
      await other.close();
      await browser.close();
    }
  });

  it('[pain 16] a second copy of Parley under a prefix of its own connects, and each copy has its session', async () => {
    const { tenant, page } = await bareHost(ground, 'two-copies');
    await tenant.signIn('bob');
    await put(page, `import { defineElements } from './dist/widgets/define.js'; defineElements({ prefix: 'acme' });`);
    await page.waitForFunction(() => customElements.get('acme-session'));
    const server = ground.stage.parley;
    const one = await furnish(page, { id: 'one', server, token: await tokenOf(ground.stage, 'two-copies', 'ada') });
    const two = await furnish(page, { id: 'two', server, prefix: 'acme', token: await tokenOf(ground.stage, 'two-copies', 'cleo') });
    await say(two, 'Bob', 'from the second copy');
    await say(one, 'Bob', 'from the first');
    await say(two, 'Ada', 'between the copies');
    await one.getByRole('option', { name: /Cleo.*between the copies/ }).waitFor();
    assert.equal(await two.locator('parley-timeline').count(), 0);
    assert.equal(await two.locator('acme-timeline').count(), 1);
    assert.deepEqual(await page.evaluate(() => window.eyes.errors), []);
  });

  it('[pain 16] the Socket.IO of the host and ours know nothing of each other', async () => {
    const http = createServer();
    const io = new Server(http, { path: '/live/', cors: { origin: '*' } });
    const said: string[] = [];
    io.on('connection', (socket) =>
      socket.onAny((name: string) => {
        said.push(name);
        socket.emit(name, 'the host says so');
      }),
    );
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    try {
      const { tenant, page } = await bareHost(ground, 'own-wire');
      const bob = await tenant.signIn('bob');
      const address = `http://127.0.0.1:${String((http.address() as AddressInfo).port)}`;
      await put(
        page,
        `import { io } from 'socket.io-client';
         const socket = io('${address}', { path: '/live/' });
         window.wire = { heard: [], connected: () => socket.connected, say: (name) => socket.emit(name, { text: 'not ours' }) };
         socket.onAny((name) => window.wire.heard.push(name));`,
      );
      const one = await furnish(page, { id: 'one', server: ground.stage.parley, token: await tokenOf(ground.stage, 'own-wire', 'ada') });
      await say(one, 'Bob', 'over our wire');
      const names = ['message:send', 'entry:added', 'session:ended', 'state:changed'];
      await page.waitForFunction(() => window.wire.connected());
      await page.evaluate((all) => all.forEach((name) => window.wire.say(name)), names);
      await page.waitForFunction((count) => window.wire.heard.length === count, names.length);
      assert.deepEqual([said, await page.evaluate(() => window.wire.heard)], [names, names]);
      // What the host's server does to its own connections is not done to ours.
      io.disconnectSockets(true);
      await page.waitForFunction(() => !window.wire.connected());
      await bob.openPanel();
      await bob.entry(/Ada/).click();
      await bob.write('over ours, back');
      await one.getByText('over ours, back').first().waitFor();
      assert.equal(await one.getByText('not ours').count(), 0);
    } finally {
      await io.close();
    }
  });
});
