import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { seededRandom } from '../support/random.js';
import { tcpProxy } from '../support/tcp-proxy.js';
import { standInForNotifications } from './residue.js';
import { launch, Stage } from './stage.js';
import { Cast } from './switch-cast.js';
import { SharedWorkstation } from './switching.js';

/** `PARLEY_SWITCHES=1000` for a release; `PARLEY_SEED` runs one again. */
const COUNT = Number(process.env['PARLEY_SWITCHES'] ?? 40);
const SEED = Number(process.env['PARLEY_SEED'] ?? Math.floor(Math.random() * 2 ** 32));

describe('one workstation, many users', () => {
  let browser: Browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  it(`[G14] [attack 66] [attack 67] after ${String(COUNT)} switches at random points nothing of anybody is left or sent as somebody else`, async (test) => {
    // Without a mail server the dialog of the history has no field to write in.
    const stage = await Stage.open(browser, { PARLEY_SMTP_URL: 'smtp://127.0.0.1:9', PARLEY_MAIL_FROM: 'chat@clinic.example' });
    const proxy = await tcpProxy(stage.port);
    const random = seededRandom(SEED);
    let cast: Cast | null = null;
    try {
      cast = await Cast.gather(stage, random);
      stage.parley = `http://127.0.0.1:${String(proxy.port)}`;
      const [first] = cast.workers;
      assert.ok(first);
      const page = await stage.signIn(first.user, { attributes: { tenant: first.tenant, whole: 'yes' }, prepare: standInForNotifications });
      const workstation = new SharedWorkstation(page, proxy, cast, random, first);
      const { findings, ...figures } = await workstation.run(COUNT, (line) => console.log(line));
      test.diagnostic(`seed ${String(SEED)}: ${JSON.stringify(figures)}`);
      console.log(`seed ${String(SEED)}: ${JSON.stringify(figures)}`);
      assert.deepEqual(findings, [], `PARLEY_SEED=${String(SEED)} runs it again`);
      assert.equal(figures.switches, COUNT);
      assert.ok(figures.shown >= COUNT * 0.9, `of ${String(figures.shown)} only there was anything on the page that could be left`);
      for (const [situation, times] of Object.entries(figures.reached))
        assert.ok(times > 0, `nobody was ever seen ${situation}: nothing was proved of it`);
    } finally {
      cast?.close();
      await stage.close();
      await proxy.close();
    }
  });
});
