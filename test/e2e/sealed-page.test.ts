import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eventually } from '../support/eventually.js';
import { prepareGround } from './ground.js';
import { untilReady, type Visitor } from './visitor.js';
import { meet, type Pair, tour } from './tour.js';

const LOADED = ['de', 'fr', 'es', 'ar'];

declare global {
  interface Window {
    /** The state of the audio at each tone that began. */
    tones: string[];
  }
}

/** Every address that the page asks for from now on, and every message of the console that complains. */
function watch({ page }: Visitor): { addresses: string[]; complaints: string[] } {
  const seen = { addresses: [] as string[], complaints: [] as string[] };
  page.context().on('request', (request) => seen.addresses.push(request.url()));
  page.on('websocket', (socket) => seen.addresses.push(socket.url()));
  page.on('pageerror', ({ message }) => seen.complaints.push(message));
  page.on('console', (line) => ['error', 'warning'].includes(line.type()) && seen.complaints.push(line.text()));
  return seen;
}

async function noteTones({ page }: Visitor): Promise<void> {
  await page.addInitScript(() => {
    window.tones = [];
    const { start } = OscillatorNode.prototype;
    OscillatorNode.prototype.start = function (when) {
      window.tones.push(this.context.state);
      start.call(this, when);
    };
  });
}

/** Through each language, whose words are a file of their own. */
async function speakAll({ page, panel }: Visitor): Promise<void> {
  const settings = panel.locator('[part="settings-button"]');
  for (const language of [...LOADED, 'en']) {
    const before = await settings.getAttribute('aria-label');
    await page.evaluate((locale) => {
      const session = document.querySelector('parley-session');
      if (session) session.locale = locale;
    }, language);
    await eventually(async () => (await settings.getAttribute('aria-label')) !== before || undefined, `the words of ${language}`);
  }
}

describe('a page that is sealed off', { timeout: 120_000 }, () => {
  const ground = prepareGround();

  async function sealed(embedder: 'require-corp' | 'credentialless'): Promise<{ pair: Pair; seen: ReturnType<typeof watch> }> {
    const pair = await meet(ground.tenant(`sealed-${embedder}`), { embedder });
    const { page } = pair.ada;
    const seen = watch(pair.ada);
    await noteTones(pair.ada);
    await page.reload();
    await untilReady(page);
    assert.equal(await page.evaluate(() => crossOriginIsolated), true);
    return { pair, seen };
  }

  async function assertClean({ page }: Visitor, { addresses, complaints }: ReturnType<typeof watch>): Promise<void> {
    const { violations, errors } = await page.evaluate(() => window.eyes);
    assert.deepEqual({ violations, errors, complaints }, { violations: [], errors: [], complaints: [] });
    const { parley } = ground.stage;
    const allowed = [new URL(page.url()).origin, parley, parley.replace('http', 'ws')];
    const elsewhere = addresses.filter((address) => !/^(?:data|blob):/.test(address) && !allowed.includes(new URL(address).origin));
    assert.deepEqual(elsewhere, []);
  }

  it('[attack 63] has the whole interface, with sound and every language: no violation, no error, no request to anybody else', async () => {
    const { pair, seen } = await sealed('require-corp');
    const { ada } = pair;
    await tour(pair, async (place) => {
      // Two of the doorbell that was tried, and two of the invitation.
      if (place === 'an invitation') await ada.page.waitForFunction(() => window.tones.length === 4);
    });
    assert.deepEqual(await ada.page.evaluate(() => window.tones), Array(4).fill('running'));
    for (const colorScheme of ['dark', 'light'] as const) {
      await ada.page.emulateMedia({ colorScheme });
      await speakAll(ada);
    }
    await assertClean(ada, seen);
    for (const part of ['/parley/emoji/', 'parley-more-', 'parley-noticing-', ...LOADED.map((name) => `parley-locale-${name}-`)])
      assert.ok(
        seen.addresses.some((address) => address.includes(part)),
        `${part} was asked for`,
      );
  });

  it('[attack 63] chats where others give only what they give to everybody', async () => {
    const { pair, seen } = await sealed('credentialless');
    await pair.ada.chatWith('Bob');
    await pair.ada.write('a word');
    await pair.ada.button('Emoji').click();
    await pair.ada.panel.locator('parley-emoji-picker').getByRole('gridcell').first().waitFor();
    await assertClean(pair.ada, seen);
  });
});
