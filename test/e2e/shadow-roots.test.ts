import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ElementHandle, Page } from 'playwright-core';
import { bareHost, tokenOf } from './corner.js';
import { prepareGround } from './ground.js';
import { PATIENCE } from './stage.js';

declare global {
  interface Window {
    /** A shadow root of the host's. */
    corner: ShadowRoot;
  }
}

/** The first such element in the host's shadow root, or in a root within it, with this text in it; waits for it. */
async function inCorner(page: Page, selector: string, text = ''): Promise<ElementHandle<HTMLElement>> {
  const found = await page.waitForFunction(
    ([wanted, words]) => {
      const [host, inner = ''] = wanted.split(' ').length > 1 ? wanted.split(' ') : ['', wanted];
      const textOf = (node: Node): string =>
        node instanceof Text
          ? node.data
          : [...((node instanceof Element && node.shadowRoot?.childNodes) || []), ...node.childNodes].map(textOf).join('');
      const look = (root: ParentNode, within: boolean): Element | null => {
        for (const element of root.querySelectorAll('*')) {
          if (within && element.matches(inner) && textOf(element).includes(words)) return element;
          const deeper = element.shadowRoot && look(element.shadowRoot, within || element.localName === host);
          if (deeper) return deeper;
        }
        return null;
      };
      return look(window.corner, host === '');
    },
    [selector, text] as const,
    { timeout: PATIENCE },
  );
  return found as ElementHandle<HTMLElement>;
}

describe('in a shadow root of the host', { timeout: 120_000 }, () => {
  const ground = prepareGround();

  for (const mode of ['open', 'closed'] as const) {
    it(`[pain 16] that is ${mode}, elements find their session and panel, keep their keys and take its tokens`, async () => {
      const { tenant, page } = await bareHost(ground, `shadow-${mode}`);
      await tenant.signIn('bob');
      const token = await tokenOf(ground.stage, `shadow-${mode}`, 'ada');
      await page.evaluate(
        ([how, server, given]) => {
          const session = document.createElement('parley-session');
          Object.assign(session, { server, token: () => Promise.resolve(given) });
          session.host = {
            study: { noun: 'examination', getCurrent: () => ({ kind: 'study', id: '1' }), resolve: () => ({ title: 'CT chest' }) },
          };
          const place = document.createElement('div');
          const root = place.attachShadow({ mode: how });
          place.style.setProperty('--parley-accent', 'rgb(1, 2, 3)');
          for (const name of ['launcher', 'link-current-item', 'chat-panel']) root.append(document.createElement(`parley-${name}`));
          root.querySelector('parley-link-current-item')?.toggleAttribute('toolbar', true);
          document.body.append(session);
          document.querySelector('#before')?.after(place);
          window.corner = root;
        },
        [mode, ground.stage.parley, token] as const,
      );
      await inCorner(page, 'parley-launcher button');
      await page.focus('#before');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await inCorner(page, 'input[role="combobox"]:focus');
      await page.evaluate(() => (window.eyes.keys = []));
      await page.keyboard.type('Bob');
      await inCorner(page, '[role="option"]', 'Bob');
      await page.keyboard.press('Enter');
      // Where the focus is, nobody sees in a root that is closed.
      await (await inCorner(page, mode === 'open' ? 'textarea:focus' : 'textarea')).focus();
      await page.keyboard.type('r 1 j');
      await (await inCorner(page, 'button.link')).click();
      await inCorner(page, 'parley-link-card', 'CT chest');
      await (await inCorner(page, 'textarea')).focus();
      await page.keyboard.press('Enter');
      await inCorner(page, '[part~="text"]', 'r 1 j');
      assert.equal(
        await (await inCorner(page, '.panel')).evaluate((panel) => getComputedStyle(panel).getPropertyValue('--_accent')),
        'rgb(1, 2, 3)',
      );
      await page.keyboard.press('Escape');
      await inCorner(page, 'input[role="combobox"]');
      await page.keyboard.press('Escape');
      await page.waitForFunction(() => window.corner.querySelector('parley-chat-panel')?.open === false);
      assert.deepEqual(await page.evaluate(() => window.eyes.keys), []);
      if (mode === 'open') assert.equal(await page.evaluate(() => window.corner.activeElement?.localName), 'parley-link-current-item');
    });
  }
});
