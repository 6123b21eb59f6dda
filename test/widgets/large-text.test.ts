import { setViewport } from '@web/test-runner-commands';
import { expect } from 'chai';
import '#widgets';
import '../../widgets/inside.js';
import { clear, deep, until } from './support/page.js';
import { panel } from './support/panel-page.js';
import { stage } from './support/panel-stage.js';
import { chat } from './support/stand-in.js';
import { clean, cutOff, tooWide } from './support/sweep.js';

/*
 * WCAG 1.4.4: text of twice its size, by the token and by the browser's own setting, which makes the window half as wide. What is zoomed by
 * 400 % on a window of 1,280 px (1.4.10) is the 320 px of surfaces.test.ts.
 */
describe('text of 200 %', () => {
  after(async () => setViewport({ width: 800, height: 600 }));
  afterEach(() => {
    clear();
    document.documentElement.style.removeProperty('--parley-font-size');
  });

  for (const [how, size, width] of [
    ['in a panel of 380 px', '28px', 380],
    ['with list and conversation side by side', '28px', 800],
    ['zoomed, in half the window', '14px', 400],
  ] as const) {
    it(`[pain 14] ${how}: nothing is cut off, covered or to be scrolled sideways`, async () => {
      await setViewport({ width, height: 640 });
      document.documentElement.style.setProperty('--parley-font-size', size);
      const made = stage();
      const log = made.timeline('g');
      log.add(
        log.item(1, 'mark', { kind: 'message', text: 'an item', links: [{ kind: 'study', id: '1' }] }),
        log.item(2, 'anna', 'agreed, calling the ward'),
        log.pending({ cid: 'p', text: 'waits', state: 'waiting' }),
      );
      const group = chat('g', { kind: 'group', title: 'Radiology on call', members: ['anna', 'mark', 'lena'], head: 2, unread: 1 });
      const { body } = await panel(width, { chats: [group, chat('e', { ended: true })], made });
      await clean(body, 'the list');
      expect(tooWide(body.shadowRoot!), 'the list').to.deep.equal([]);
      expect(cutOff(body.shadowRoot!), 'the list').to.deep.equal([]);
      made.session.open('g');
      await until(
        () => deep(body.shadowRoot!, 'parley-link-card')?.shadowRoot?.textContent?.includes('CT Thorax') === true,
        'all is shown',
      );
      await clean(body, 'a conversation');
      expect(tooWide(body.shadowRoot!), 'a conversation').to.deep.equal([]);
      expect(cutOff(body.shadowRoot!), 'a conversation').to.deep.equal([]);
      const bubble = deep(body.shadowRoot!, '[part~="bubble"] .text')!;
      expect(Number.parseFloat(getComputedStyle(bubble).fontSize)).to.be.at.least(Number.parseFloat(size));
    });
  }
});
