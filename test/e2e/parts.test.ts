import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { PARTS } from '../../widgets/panel/parts.js';
import { prepareGround } from './ground.js';

/** What this page does not have: a panel that closes, a connection that was lost, contacts in view, an invitation, a reminder, reading further up. */
const ELSEWHERE = ['close-button', 'retry', 'contacts', 'invitation', 'conduct-notice', 'ribbon'];

const manifest = JSON.parse(readFileSync(path.join(import.meta.dirname, '../../custom-elements.json'), 'utf8')) as {
  modules: { declarations: { tagName?: string; cssParts?: { name: string }[] }[] }[];
};
const described = manifest.modules
  .flatMap(({ declarations }) => declarations)
  .find(({ tagName }) => tagName === 'parley-chat-panel')
  ?.cssParts?.map(({ name }) => name);

describe('parts', { timeout: 120_000 }, () => {
  const ground = prepareGround();

  it('[pain 14] a page styles what is inside of the panel by the parts that its description names', async () => {
    assert.deepEqual(
      PARTS.split(',').filter((name) => described?.includes(name) !== true),
      [],
      'not described',
    );
    const tenant = ground.tenant('parts');
    await tenant.signIn('bob');
    const ada = await tenant.signIn('ada', { context: { bypassCSP: true, viewport: { width: 1400, height: 900 } } });
    await ada.page.evaluate(() => document.querySelector('parley-chat-panel')?.setAttribute('placement', 'page'));
    await ada.openPanel();
    await ada.chatWith('Bob');
    await ada.page.evaluate(() => window.eyes.show('study-1'));
    await ada.button('Link to current examination').click();
    await ada.write('with a link');
    const styled = await ada.page.evaluate((names) => {
      const sheet = document.createElement('style');
      sheet.textContent = names.map((name) => `parley-chat-panel::part(${name}) { scroll-margin-top: 77px }`).join('\n');
      document.head.append(sheet);
      const reached = new Set<string>();
      const visit = (root: ShadowRoot): void => {
        for (const element of root.querySelectorAll('*')) {
          const own = element.getAttribute('part')?.split(' ') ?? [];
          if (getComputedStyle(element).scrollMarginTop === '77px') own.forEach((name) => reached.add(name));
          if (element.shadowRoot) visit(element.shadowRoot);
        }
      };
      const root = document.querySelector('parley-chat-panel')?.shadowRoot;
      if (root) visit(root);
      return [...reached];
    }, described ?? []);
    assert.deepEqual(described?.filter((name) => !styled.includes(name)).toSorted(), ELSEWHERE.toSorted());
  });
});
