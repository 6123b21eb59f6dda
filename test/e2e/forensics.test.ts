import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { CHROMIUM_ARGS, ensureChromium } from '../support/chromium.js';
import { eventually } from '../support/eventually.js';
import type { TcpProxy } from '../support/tcp-proxy.js';
import { searchBytes } from './forensics.js';
import { recordsOf } from './outbox-desk.js';
import { PATIENCE, type Stage } from './stage.js';
import { Tenant } from './tenant.js';
import { untilReady, Visitor } from './visitor.js';
import { openWiredStage, type WiredStage } from './wired-stage.js';

/** So long that nothing else has it by chance, and no compression breaks the first one in two. */
const newMark = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(14)), (byte) => String.fromCharCode(97 + (byte % 26))).join('');
const UNSENT = 3;

interface Profile {
  folder: string;
  context: BrowserContext;
  page: Page;
}

describe('what a browser leaves on the disk', { timeout: 180_000 }, () => {
  let wired: WiredStage;
  let stage: Stage;
  let proxy: TcpProxy;
  const folders: string[] = [];
  before(async () => {
    wired = await openWiredStage();
    ({ stage, proxy } = wired);
  });
  after(async () => {
    await wired.close();
    for (const folder of folders) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  async function newFolder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'parley-profile-'));
    folders.push(folder);
    return folder;
  }

  /** A browser as somebody has it at their desk, whose profile lies in a folder. */
  async function openProfile(address: string): Promise<Profile> {
    const folder = await newFolder();
    const context = await chromium.launchPersistentContext(folder, { executablePath: ensureChromium(), args: CHROMIUM_ARGS });
    context.setDefaultTimeout(PATIENCE);
    const page = context.pages()[0] ?? (await context.newPage());
    await page.goto(address);
    await untilReady(page);
    return { folder, context, page };
  }

  /**
   * Ada reads, writes, searches and types, by WebSocket and in another tab by polling; then the network is gone, and what she writes waits on
   * the disk. Everything that is said, who says it and where has the mark in it.
   */
  async function work(mark: string): Promise<Profile> {
    const tenant = new Tenant(stage, `of-${mark.slice(0, 4)}`);
    const bob = await tenant.signIn('bob', { claims: { name: `${mark} Bob` } });
    for (const user of ['ada', 'cleo']) await tenant.person(user);
    const chat = await bob.startChat(['ada', 'cleo'], `${mark} title`);
    await bob.page.evaluate(([id, text]) => document.querySelector('parley-session')?.client?.session?.send(id, { text }), [
      chat,
      `${mark} received`,
    ] as const);
    const address = stage.address('ada', { tenant: tenant.id, whole: 'yes' });
    const profile = await openProfile(address);
    const ada = new Visitor(profile.page, 'ada');
    await ada.openPanel();
    await ada.panel.getByRole('combobox', { name: 'Search people and chats' }).fill(mark);
    await ada.entry(new RegExp(`${mark} received`)).waitFor();
    await ada.entry(new RegExp(mark)).click();
    await ada.line(`${mark} received`).waitFor();
    await ada.write(`${mark} sent`);
    const polling = await profile.context.newPage();
    await polling.addInitScript(() => Reflect.deleteProperty(globalThis, 'WebSocket'));
    await polling.goto(address);
    await untilReady(polling);
    await polling.evaluate((id) => {
      document.querySelector('parley-chat-panel')?.show();
      document.querySelector('parley-session')?.client?.session?.open(id);
    }, chat);
    await new Visitor(polling, 'ada').line(`${mark} sent`).waitFor();
    await proxy.close();
    for (let number = 0; number < UNSENT; number += 1) await ada.write(`${mark} unsent ${String(number)}`);
    await ada.composer.fill(`${mark} typed`);
    await eventually(async () => ((await recordsOf(profile.page)).length > UNSENT ? true : undefined), 'all of it on the disk');
    return profile;
  }

  for (const [name, places, leave] of [
    [
      'signed out',
      ['Local Storage', 'IndexedDB'],
      async ({ context, page }: Profile): Promise<void> => {
        await page.evaluate(() => document.querySelector('parley-session')?.end());
        await context.close();
      },
    ],
    [
      'killed while they work',
      // The other one the browser writes down after a while.
      ['IndexedDB'],
      async ({ context }: Profile): Promise<void> => {
        const debug = await context.browser()?.newBrowserCDPSession();
        const gone = new Promise((resolve) => context.once('close', resolve));
        // It has no answer: who would give it is dead.
        debug?.send('Browser.crash').catch(() => undefined);
        await gone;
      },
    ],
  ] as const) {
    it(`[attack 71] ${name}: no byte of the profile says what was read, written, sought or typed, by whom or where`, async (test) => {
      const mark = newMark();
      const profile = await work(mark);
      const [record] = await recordsOf(profile.page);
      // What a page writes plainly is found: the search looks where it should.
      const plain = newMark();
      await profile.page.evaluate((word) => localStorage.setItem('plain', word), plain);
      await profile.page.evaluate(
        (word) =>
          new Promise((resolve, reject) => {
            const opening = indexedDB.open('plain');
            opening.onupgradeneeded = () => opening.result.createObjectStore('words').put({ word: `in a record ${word}` }, 1);
            opening.onsuccess = resolve;
            opening.onerror = reject;
          }),
        plain,
      );
      await leave(profile);
      await proxy.open();
      await stage.signOutAll();
      const { finds, files, bytes } = searchBytes(profile.folder, mark);
      test.diagnostic(`${String(files)} files, ${String(bytes)} bytes`);
      assert.deepEqual(finds, []);
      assert.ok(
        searchBytes(profile.folder, record?.owner ?? '-').finds.length > 0,
        'what was not sent lies there, as bytes that say nothing',
      );
      const controls = searchBytes(profile.folder, plain).finds.map(({ file }) => file);
      for (const place of places)
        assert.ok(
          controls.some((file) => file.includes(place)),
          `${place}: ${controls.join()}`,
        );
      assert.ok(
        searchBytes(profile.folder, '/parley/parley.js').finds.some(({ file }) => file.includes('Cache')),
        'there is a cache',
      );
      assert.deepEqual(searchBytes(profile.folder, 'transport=polling').finds, [], 'no answer of the server is in it');
    });
  }

  it('[attack 71] the search finds a word however it is written', async () => {
    const folder = await newFolder();
    const mark = newMark();
    const wide = Buffer.from(mark, 'utf16le');
    const ways = [
      mark,
      wide,
      Buffer.from(wide).swap16(),
      ...['', 'a', 'ab'].map((before) => Buffer.from(`${before}${mark} z`).toString('base64')),
    ];
    for (const [index, content] of ways.entries()) {
      await writeFile(join(folder, String(index)), content);
      assert.ok(
        searchBytes(folder, mark).finds.some(({ file }) => file === String(index)),
        String(index),
      );
    }
    assert.deepEqual(searchBytes(folder, newMark()).finds, []);
  });
});
