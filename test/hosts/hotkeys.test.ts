import assert from 'node:assert/strict';
import path from 'node:path';
import { before, describe, it } from 'node:test';
import { build } from 'esbuild';
import type { Locator } from 'playwright-core';
import { prepareGround } from '../e2e/ground.js';
import type { Visitor } from '../e2e/visitor.js';
import { prepareFixture } from '../support/fixture.js';

declare global {
  interface Window {
    /** What the host's libraries did, as `library: key`. */
    hotkeys: { fired: string[] };
  }
}

/** Every way of hosts/hotkeys/listen.js to hear a letter, by which the test knows that it would notice. */
const LIBRARIES = [
  '@github/hotkey 3.1.4',
  'by hand',
  'by hand, capturing',
  'hotkeys-js 3.9.4',
  'hotkeys-js 4.1.2',
  'mousetrap 1.6.2',
  'mousetrap 1.6.5',
  'react-hotkeys-hook 5.4.0',
  'tinykeys 4.0.0',
];
const TYPED = ['r', 'l', 'f', 'h', 'v', 'i', '1', '2', 'j', 'k', '+', '-', 'Space'];
const MOVING = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'Backspace', 'Delete'];

describe('a host with shortcuts on plain keys', { timeout: 180_000 }, () => {
  const ground = prepareGround();
  let script = '';
  before(async () => {
    const folder = prepareFixture('hosts/hotkeys');
    const { outputFiles } = await build({
      entryPoints: [path.join(folder, 'listen.js')],
      bundle: true,
      write: false,
      define: { 'process.env.NODE_ENV': '"production"' },
    });
    script = outputFiles[0]?.text ?? '';
  });

  async function atWork(id: string): Promise<Visitor> {
    const tenant = ground.tenant(id);
    await tenant.signIn('bob');
    const ada = await tenant.signIn('ada', { context: { bypassCSP: true } });
    await ada.page.addScriptTag({ content: script });
    await ada.openPanel();
    await ada.chatWith('Bob');
    return ada;
  }

  const fired = ({ page }: Visitor): Promise<string[]> => page.evaluate(() => window.hotkeys.fired.splice(0));

  async function press({ page }: Visitor, keys: readonly string[]): Promise<void> {
    for (const key of keys) await page.keyboard.press(key);
  }

  it('[pain 1] hears them by every library while its own page has the focus', async () => {
    const ada = await atWork('heard');
    await ada.page.locator('main').click();
    await press(ada, ['r', 'j']);
    const heard = (await fired(ada)).map((line) => line.split(':')[0]);
    assert.deepEqual([...new Set(heard)].sort(), LIBRARIES);
  });

  it('[pain 1] hears none of what is typed into a message, and the message has all of it', async () => {
    const ada = await atWork('typed');
    await ada.composer.focus();
    await press(ada, [...TYPED, ...MOVING]);
    assert.deepEqual(await fired(ada), []);
    await press(ada, ['End', 'x']);
    assert.match(await ada.composer.inputValue(), /rlfhvi12jk/);
    await press(ada, ['Enter']);
    await ada.line(/rlfhvi12jk/).waitFor();
    await press(ada, ['Escape']);
    assert.deepEqual(await fired(ada), []);
  });

  it('[pain 1] hears none of what is pressed on a button, and the button does what it says', async () => {
    const ada = await atWork('pressed');
    const dialog = ada.panel.locator('parley-chat-people').getByRole('list').first();
    const button: Locator = ada.button('People in this chat');
    for (const key of ['Space', 'Enter']) {
      await button.focus();
      await press(ada, [...TYPED.slice(0, -1), ...MOVING]);
      await press(ada, [key]);
      await dialog.waitFor();
      await press(ada, ['Escape']);
      await dialog.waitFor({ state: 'hidden' });
    }
    assert.deepEqual(await fired(ada), []);
  });

  it('[pain 1] hears none of what chooses in a menu, in the list of chats and in the log', async () => {
    const ada = await atWork('chosen');
    await ada.status.focus();
    await press(ada, ['Enter']);
    await ada.panel.getByRole('menuitemradio').first().waitFor();
    await press(ada, ['ArrowDown', 'ArrowUp', 'End', 'Home', 'Escape']);
    await ada.timeline.getByRole('log').or(ada.timeline).first().focus();
    await press(ada, ['r', 'ArrowUp', 'Home', 'End', 'Space']);
    assert.deepEqual(await fired(ada), []);
  });

  const OUTSIDE: Record<string, { place: (ada: Visitor) => Locator; key: string; done: (ada: Visitor) => Promise<void> }> = {
    'the banner': {
      place: (ada) => ada.banner.getByRole('button').first(),
      key: 'Enter',
      done: (ada) => ada.composer.waitFor(),
    },
    'a presence badge': {
      place: (ada) => ada.badge('bob').getByRole('button'),
      key: 'Enter',
      done: (ada) => ada.composer.waitFor(),
    },
    'the launcher': {
      place: (ada) => ada.launcher,
      key: 'Space',
      done: (ada) => ada.panel.getByRole('button').first().waitFor({ state: 'hidden' }),
    },
    'link to the current item': {
      place: ({ page }) => page.locator('main parley-link-current-item').getByRole('button'),
      key: 'Enter',
      done: async ({ page }) => page.locator('main parley-link-current-item').getByRole('button').waitFor(),
    },
    'the people of a record': {
      place: ({ page }) => page.locator('parley-people .sort').first(),
      key: 'Space',
      done: ({ page }) => page.locator('parley-people th[aria-sort="descending"]').waitFor(),
    },
    'the emoji picker': {
      place: ({ page }) => page.locator('parley-emoji-picker').locator('input, button').first(),
      key: 'Escape',
      done: ({ page }) => page.locator('parley-emoji-picker').waitFor({ state: 'hidden' }),
    },
  };

  it('[pain 1] hears none of what is pressed in an element on its own page, or in the emoji picker', async () => {
    const tenant = ground.tenant('outside');
    const bob = await tenant.signIn('bob');
    const ada = await tenant.signIn('ada', { colleagues: ['bob'], context: { bypassCSP: true } });
    const { page } = ada;
    await page.addScriptTag({ content: script });
    await page.evaluate(() => {
      const people = Object.assign(document.createElement('parley-people'), { users: ['bob'], heading: 'CT 2' });
      document.querySelector('main')?.append(document.createElement('parley-link-current-item'), people);
    });
    await bob.openPanel();
    await bob.chatWith('Ada');
    await bob.write('a word that a banner tells of');
    await ada.banner.getByRole('button').first().waitFor();
    for (const [name, { place, key, done }] of Object.entries(OUTSIDE)) {
      if (name === 'the emoji picker') await ada.panel.locator('button.emoji').click();
      await place(ada).focus();
      await press(ada, [...TYPED.slice(0, -1), ...MOVING]);
      await place(ada).focus();
      await press(ada, [key]);
      await done(ada);
      assert.deepEqual(await fired(ada), [], name);
      if (name === 'the launcher') await ada.openPanel();
    }
  });

  it('[pain 1] that captures before anybody is told when the focus comes in and leaves', async () => {
    const ada = await atWork('told');
    await ada.button('People in this chat').focus();
    await press(ada, ['r']);
    assert.deepEqual(await fired(ada), []);
    await ada.page.locator('#before, header button, main').first().click();
    await ada.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await press(ada, ['r']);
    assert.ok((await fired(ada)).includes('by hand, capturing: r'));
  });
});
