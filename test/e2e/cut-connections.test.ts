import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { tcpProxy } from '../support/tcp-proxy.js';
import { launch, Stage } from './stage.js';
import { say, watchTimeline, watched } from './watch.js';

const EACH = 200;
const CUTS = 20;

describe('two browsers behind a proxy that cuts', () => {
  let browser: Browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  it('[G6] exchange 200 messages each way over 20 cuts: same order on both, none lost, none twice', { timeout: 240_000 }, async (test) => {
    const stage = await Stage.open(browser);
    const proxy = await tcpProxy(stage.port);
    try {
      stage.parley = `http://127.0.0.1:${String(proxy.port)}`;
      const [ada, bob] = await Promise.all([stage.signIn('ada'), stage.signIn('bob')]);
      const conversation = await ada.evaluate(
        async () => (await document.querySelector('parley-session')?.client?.session?.startChat({ to: ['bob'] }))?.id ?? '',
      );
      await Promise.all([ada, bob].map((page) => watchTimeline(page, conversation)));

      let seen = 0;
      for (let round = 0; round < CUTS; round += 1) {
        const numbers = Array.from({ length: EACH / CUTS }, (_, index) => round * (EACH / CUTS) + index + 1);
        await Promise.all([
          say(
            ada,
            conversation,
            numbers.map((number) => `ada ${String(number)}`),
          ),
          say(
            bob,
            conversation,
            numbers.map((number) => `bob ${String(number)}`),
          ),
        ]);
        // In the middle of it: some of what was just said has arrived at both, which are connected again therefore, and most is under way.
        await Promise.all([ada, bob].map((page) => page.waitForFunction((count) => window.watch.lines.length > count, seen)));
        proxy.cut();
        // What was already on its way still arrives; only what comes after the loss shows that a page is back.
        await Promise.all([ada, bob].map((page) => page.waitForFunction((times) => window.watch.lost >= times, round + 1)));
        seen = Math.max(...(await Promise.all([ada, bob].map(watched))).map(({ lines }) => lines.length));
      }
      for (const page of [ada, bob]) {
        await page.waitForFunction(
          (count) => window.watch.lines.length >= count && window.watch.pending === 0 && window.watch.gaps === 0,
          2 * EACH,
          { timeout: 90_000 },
        );
      }

      const [ofAda, ofBob] = await Promise.all([watched(ada), watched(bob)]);
      assert.deepEqual(ofAda.lines, ofBob.lines, 'both see the same in the same order');
      for (const [name, page] of [
        ['ada', ofAda],
        ['bob', ofBob],
      ] as const) {
        assert.deepEqual(page.wrong, [], `never a hole, a double or another order for ${name}`);
      }
      for (const author of ['ada', 'bob']) {
        const said = ofAda.lines.filter((line) => line.author === author).map((line) => line.text);
        assert.deepEqual(
          said,
          Array.from({ length: EACH }, (_, index) => `${author} ${String(index + 1)}`),
          `all that ${author} said, once, as typed`,
        );
      }
      assert.ok(ofAda.lost >= CUTS && ofBob.lost >= CUTS, `each cut was felt: ${String(ofAda.lost)} and ${String(ofBob.lost)} times`);
      for (const page of [ada, bob]) {
        const { violations, errors } = await page.evaluate(() => window.eyes);
        assert.deepEqual({ violations, errors }, { violations: [], errors: [] });
      }
      test.diagnostic(
        `${String(ofAda.renders)} and ${String(ofBob.renders)} renders checked, connections lost ${String(ofAda.lost)} and ${String(ofBob.lost)} times`,
      );
    } finally {
      await stage.close();
      await proxy.close();
    }
  });
});
