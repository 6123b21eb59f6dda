import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Refusal } from '../support/server.js';
import { startServer } from '../support/server.js';

test('[attack 72] [X5] 200 messages at once from one user: refused with a time to wait; another user notices nothing', async (t) => {
  const limited = await startServer({ rateMessages: 20 });
  t.after(() => limited.close());
  const [flooder, bob] = await Promise.all([limited.connect('flooder'), limited.connect('bob')]);
  const flooded = await flooder.startConversation('bob');
  const quiet = await bob.startConversation('flooder');
  const results = await Promise.all(
    Array.from({ length: 200 }, (_, index) =>
      flooder.send(flooded, `n ${index}`).then(
        () => null,
        (error: Refusal) => error.error,
      ),
    ),
  );
  const refused = results.filter((result) => result !== null);
  assert.ok(refused.length > 100, `${refused.length} refused`);
  assert.ok(refused.every(({ code, retryAfterMs }) => code === 'RATE_LIMITED' && retryAfterMs !== undefined && retryAfterMs > 0));
  assert.equal((await bob.send(quiet, 'unhindered')).duplicate, false);
  const wait = Math.max(...refused.map(({ retryAfterMs }) => retryAfterMs ?? 0));
  await new Promise((resolve) => setTimeout(resolve, wait));
  assert.equal((await flooder.send(flooded, 'after the wait')).duplicate, false);
});

test('[attack 47] the directory cannot be scraped: past the rate, searches are refused', async (t) => {
  const limited = await startServer({ rateSearches: 30 });
  t.after(() => limited.close());
  const scraper = await limited.connect('scraper');
  const codes = await Promise.all(
    Array.from({ length: 40 }, (_, index) =>
      scraper.command('directory:search', { text: String.fromCharCode(97 + (index % 26)), limit: 20 }).then(
        () => 'ok',
        (error: Refusal) => error.code,
      ),
    ),
  );
  assert.equal(codes.filter((code) => code === 'ok').length, 30);
  assert.equal(codes.filter((code) => code === 'RATE_LIMITED').length, 10);
});
