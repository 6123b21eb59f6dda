import assert from 'node:assert/strict';
import { test } from 'node:test';
import { v7 } from 'uuid';
import { LIMITS } from '#protocol';
import { settingSchemas } from '../../server/config.js';
import type { Limiter, RateLimit } from '../../server/cluster/cluster.js';
import { MemoryCluster } from '../../server/cluster/memory-cluster.js';
import { RateLimits } from '../../server/realtime/rate-limits.js';
import { seededRandom } from '../support/random.js';
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

test('[attack 47] the directory cannot be scraped: past the rate, searches and pages are refused together, on every connection of the user', async (t) => {
  // What a server has when nothing is set.
  const rateSearches = settingSchemas.rateSearches.parse(undefined);
  assert.equal(rateSearches, 30);
  const limited = await startServer({ rateSearches });
  t.after(() => limited.close());
  const [scraper, again] = [await limited.connect('scraper'), await limited.connect('scraper')];
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, index) => {
      const client = index % 2 === 0 ? scraper : again;
      const text = String.fromCharCode(97 + (index % 26));
      return index % 3 === 0
        ? client.answer('directory:browse', { as: 'scraper', limit: 100 })
        : client.answer('directory:search', { as: 'scraper', text, limit: 20 });
    }),
  );
  const refused = answers.flatMap((answer) => (answer.ok ? [] : [answer.error]));
  assert.equal(refused.length, 10);
  assert.ok(refused.every(({ code, retryAfterMs = 0 }) => code === 'RATE_LIMITED' && retryAfterMs > 0 && retryAfterMs <= 60_000));
  (await limited.connect('scraper')).close();
  const back = await limited.connect('scraper');
  const answer = await back.answer('directory:search', { as: 'scraper', text: 'a', limit: 20 });
  assert.equal(answer.ok ? '' : answer.error.code, 'RATE_LIMITED', 'to come back gains nothing');
  assert.ok((await (await limited.connect('other')).answer('directory:search', { as: 'other', text: 'a', limit: 20 })).ok);
});

test('[attack 47] nor by trying ids: so many at a time, so often a second, by directory and by presence', async (t) => {
  const limited = await startServer({ rateReads: 5 });
  t.after(() => limited.close());
  const users = (count: number) => Array.from({ length: count }, (_, index) => `user-${index}`);
  for (const name of ['directory:get', 'presence:subscribe']) {
    const scraper = await limited.connect(`scraper by ${name}`.replaceAll(' ', '-'));
    const tooMany = await scraper.answer(name, { as: scraper.user, users: users(LIMITS.usersPerCommand + 1) });
    assert.equal(tooMany.ok ? '' : tooMany.error.code, 'INVALID', name);
    const codes = await Promise.all(
      Array.from({ length: 40 }, async () => {
        const answer = await scraper.answer(name, { as: scraper.user, users: users(10) });
        return answer.ok ? 'ok' : answer.error.code;
      }),
    );
    assert.ok(codes.filter((code) => code === 'RATE_LIMITED').length >= 20, `${name}: ${codes.join()}`);
  }
});

test('[B19] the mail server of the host is no way to flood others: past the rate of a minute, histories are refused', async (t) => {
  const limited = await startServer({ rateHistories: 2 });
  t.after(() => limited.close());
  const [ann] = await Promise.all([limited.connect('ann'), limited.connect('bob')]);
  const conversation = await ann.startConversation('bob');
  const codes: string[] = [];
  for (let sent = 0; sent < 3; sent++) {
    const to = [{ email: 'somebody@else.example' }];
    const answer = await ann.answer('history:send', { as: 'ann', conversation, cid: v7(), to });
    codes.push(answer.ok ? 'ok' : answer.error.code);
  }
  assert.deepEqual(codes, ['UNAVAILABLE', 'UNAVAILABLE', 'RATE_LIMITED'], 'this server sends no mail');
});

test('[X5] a limit comes back with its window, kind by kind and user by user, and says how long to wait', async () => {
  let time = 1_000_000;
  const steady = { points: 2, duration: 1 };
  const limits = new RateLimits(new MemoryCluster({ now: () => time }), {
    messages: { steady, burst: { points: 3, duration: 10 } },
    searches: { steady: { points: 0, duration: 60 } },
    histories: { steady: { points: 0, duration: 60 } },
    reads: { steady },
    signals: { steady },
  });
  const take = async (kind: 'messages' | 'reads', user = 'ann', tenant = 'north') => {
    try {
      await limits.consume(tenant, user, kind);
      return 'ok';
    } catch (error) {
      const { code, retryAfterMs } = error as { code: string; retryAfterMs: number };
      return `${code} ${retryAfterMs}`;
    }
  };
  const takeMany = async (times: number) => {
    const taken: string[] = [];
    for (let time = 0; time < times; time++) taken.push(await take('messages'));
    return taken;
  };
  assert.deepEqual(await takeMany(6), ['ok', 'ok', 'ok', 'ok', 'ok', 'RATE_LIMITED 1000'], 'two a second and three more at once');
  assert.deepEqual([await take('reads'), await take('messages', 'bob'), await take('messages', 'ann', 'south')], ['ok', 'ok', 'ok']);
  time += 400;
  assert.equal(await take('messages'), 'RATE_LIMITED 600');
  time += 600;
  assert.deepEqual(await takeMany(3), ['ok', 'ok', 'RATE_LIMITED 1000'], 'the burst is not back yet');
  time += 9_000;
  assert.deepEqual(await takeMany(6), ['ok', 'ok', 'ok', 'ok', 'ok', 'RATE_LIMITED 1000']);
  assert.equal(limits.consume('north', 'ann', 'searches'), undefined, '0 is no limit');
});

/** As a limit that nodes share: the answers take their time, and overtake each other. */
class SlowLimiter implements Limiter {
  readonly #limiter: Limiter;
  readonly #delay: () => number;

  constructor(limiter: Limiter, delay: () => number) {
    this.#limiter = limiter;
    this.#delay = delay;
  }

  async take(key: string) {
    await new Promise((resolve) => setTimeout(resolve, this.#delay()));
    return this.#limiter.take(key);
  }
}

class SlowCluster extends MemoryCluster {
  readonly #random = seededRandom(7);

  override rateLimiter(limit: RateLimit) {
    return new SlowLimiter(super.rateLimiter(limit), () => this.#random.below(20));
  }
}

for (const [what, parts] of [
  ['in memory', {}],
  ['over nodes that answer out of order', { cluster: new SlowCluster() }],
] as const) {
  test(`[D7] commands of one connection keep their order, with limits ${what}`, async (t) => {
    const limited = await startServer({ rateMessages: 1_000, rateSignals: 100, parts });
    t.after(() => limited.close());
    const [alice] = await Promise.all([limited.connect('alice'), limited.connect('bob')]);
    const conversation = await alice.startConversation('bob');
    const sent = await Promise.all(
      Array.from({ length: 200 }, (_, index) => [
        alice.send(conversation, `n ${index}`),
        ...(index % 5 === 0 ? [alice.command('receipt:mark', { conversation, read: index + 2 })] : []),
      ]).flat(),
    );
    const numbers = sent.flatMap((answer) => ('seq' in answer ? [answer.seq] : []));
    assert.deepEqual(
      numbers,
      Array.from({ length: 200 }, (_, index) => index + 2),
    );
    // A mark that had overtaken the message it marks would have been refused as beyond the head.
    assert.equal(sent.length, 240);
  });
}

test('[X5] [X2] refused commands do not hold up those after them, nor change their order', async (t) => {
  const limited = await startServer({ rateMessages: 3, rateReads: 50, parts: { cluster: new SlowCluster() } });
  t.after(() => limited.close());
  const [alice] = await Promise.all([limited.connect('alice'), limited.connect('bob')]);
  const conversation = await alice.startConversation('bob');
  const answered: string[] = [];
  await Promise.all([
    ...Array.from({ length: 20 }, (_, index) =>
      alice.send(conversation, `n ${index}`).then(
        ({ seq }) => answered.push(`ok ${seq}`),
        (error: Refusal) => answered.push(error.code),
      ),
    ),
    alice.command('session:heads', {}).then(() => answered.push('heads')),
  ]);
  assert.deepEqual(
    answered.filter((each) => each.startsWith('ok')),
    ['ok 2', 'ok 3', 'ok 4', 'ok 5', 'ok 6'],
  );
  assert.equal(answered.filter((each) => each === 'RATE_LIMITED').length, 15);
  assert.ok(answered.includes('heads'));
});

test('[S6] [X5] the wish not to be disturbed, which rewrites and announces every membership, is limited as a write', async (t) => {
  const limited = await startServer({ rateMessages: 2 });
  t.after(() => limited.close());
  const ann = await limited.connect('ann');
  const codes = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      ann.command('presence:set', { availability: index % 2 === 0 ? 'dnd' : 'available' }).then(
        () => 'ok',
        (error: Refusal) => error.code,
      ),
    ),
  );
  assert.ok(codes.filter((code) => code === 'RATE_LIMITED').length >= 10, codes.join());
});
