import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { CHROMIUM_ARGS, ensureChromium } from '../support/chromium.js';
import { boxOf, coloursOf } from './masking.js';
import { readDocument } from './residue.js';
import { Stage } from './stage.js';
import { Tenant } from './tenant.js';
import type { Visitor } from './visitor.js';

const SECRET = 'the biopsy was malignant';
/** In which nothing may be seen. ms */
const FLASH = 500;

type Box = Awaited<ReturnType<typeof boxOf>>;

/** Between a document that has gone and the first frame of the next there is nothing on the screen that could be taken. */
function noPicture(error: unknown): null {
  if (!String(error).includes('Unable to capture screenshot')) throw error;
  return null;
}

describe('a page that comes back', { timeout: 120_000 }, () => {
  let browser: Browser;
  let stage: Stage;
  before(async () => {
    // Playwright switches off the cache that this is about.
    const ignoreDefaultArgs = ['--disable-back-forward-cache'];
    browser = await chromium.launch({ executablePath: ensureChromium(), args: CHROMIUM_ARGS, ignoreDefaultArgs });
    stage = await Stage.open(browser);
  });
  afterEach(() => stage.signOutAll());
  after(async () => {
    await stage.close();
    await browser.close();
  });

  async function reading(id: string): Promise<{ bob: Visitor; place: Box; tenant: Tenant }> {
    const tenant = new Tenant(stage, id);
    const [ada, bob] = [await tenant.signIn('ada'), await tenant.signIn('bob')];
    await ada.openPanel();
    await ada.chatWith('Bob');
    await ada.write(SECRET);
    await bob.openPanel();
    await bob.entry(/Ada/).click();
    await bob.line(SECRET).waitFor();
    const place = await boxOf(bob.line(SECRET));
    assert.ok((await coloursOf(bob.page, place)) > 2, 'it can be read');
    await bob.page.evaluate(() =>
      addEventListener('pageshow', ({ persisted }) => (document.documentElement.dataset['kept'] = String(persisted))),
    );
    return { bob, place, tenant };
  }

  /** Looks at the screen and into the document as often as it can, until it has seen a picture of the page and the time is over. */
  async function sawNothing(page: Page, place: Box): Promise<void> {
    const until = performance.now() + FLASH;
    let pictures = 0;
    do {
      const colours = await coloursOf(page, place).catch(noPicture);
      if (colours !== null) pictures += 1;
      assert.ok(colours === null || colours === 1, 'nothing is painted where it was');
      assert.ok(!(await readDocument(page)).includes(SECRET), 'nothing of it is in the document');
    } while (performance.now() < until || pictures === 0);
  }

  it('[attack 68] from the back/forward cache: with another or nobody signed in nothing flashes up', async () => {
    const { bob, place, tenant } = await reading('back-out');
    await bob.page.goto(new URL('/help', bob.page.url()).href);
    stage.signOut(tenant.id, 'bob');
    await bob.page.goBack({ waitUntil: 'commit' });
    await sawNothing(bob.page, place);
    assert.equal(await bob.page.evaluate(() => document.documentElement.dataset['kept']), 'true', 'it was the page that was kept');
    assert.equal(await bob.page.evaluate(() => document.querySelector('parley-session')?.client?.session), null);
  });

  it('[attack 68] from the back/forward cache: of who is still signed in it shows all again', async () => {
    const { bob } = await reading('back-in');
    await bob.composer.fill('half a sentence');
    await bob.page.goto(new URL('/help', bob.page.url()).href);
    await bob.page.goBack({ waitUntil: 'commit' });
    await bob.line(SECRET).waitFor();
    assert.equal(await bob.page.evaluate(() => document.documentElement.dataset['kept']), 'true');
    assert.equal(await bob.composer.inputValue(), 'half a sentence');
  });

  it('[attack 68] a tab that is restored or duplicated after the sign-out needs a sign-in, and nothing flashes up', async () => {
    const { bob, place, tenant } = await reading('restored');
    stage.signOut(tenant.id, 'bob');
    // As a duplicate: with a copy of what the tab remembers.
    const [duplicate] = await Promise.all([bob.page.waitForEvent('popup'), bob.page.evaluate(() => void window.open(location.href))]);
    await sawNothing(duplicate, place);
    await bob.page.bringToFront();
    await bob.page.reload({ waitUntil: 'commit' });
    await sawNothing(bob.page, place);
    for (const page of [duplicate, bob.page]) {
      await page.waitForFunction(() => document.querySelector('parley-session')?.client?.connection.reason === 'token-unavailable');
      assert.equal(await page.evaluate(() => document.querySelector('parley-session')?.client?.session), null);
    }
  });
});
