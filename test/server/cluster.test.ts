import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PresenceReport } from '../../server/cluster/cluster.js';
import { MemoryCluster } from '../../server/cluster/memory-cluster.js';
import { visibleAvailability, visibleMessage } from '../../server/realtime/presence-rules.js';
import { UserBudget } from '../../server/realtime/rate-limits.js';

const report = (change: Partial<PresenceReport> = {}): PresenceReport => ({
  online: true,
  active: true,
  availability: 'available',
  message: undefined,
  ...change,
});

test('[W1] [W3] what others see of each choice, with and without activity and devices', () => {
  const seen = (change: Partial<PresenceReport>) => visibleAvailability(report(change));
  assert.equal(seen({}), 'available');
  assert.equal(seen({ active: false }), 'away');
  assert.equal(seen({ availability: 'busy', active: false }), 'busy');
  assert.equal(seen({ availability: 'away' }), 'away');
  assert.equal(seen({ availability: 'invisible' }), 'offline');
  for (const availability of ['available', 'busy', 'away', 'invisible'] as const)
    assert.equal(seen({ online: false, availability }), 'offline');
});

test('[W3] own words are shown beside the choice they belong to, and never by somebody invisible or gone', () => {
  const seen = (change: Partial<PresenceReport>) => visibleMessage(report({ message: 'on call', ...change }));
  assert.equal(seen({}), 'on call');
  assert.equal(seen({ availability: 'busy' }), 'on call');
  assert.equal(seen({ active: false }), undefined);
  assert.equal(seen({ availability: 'invisible' }), undefined);
  assert.equal(seen({ online: false }), undefined);
});

test('[attack 77] [G15] tenants and users with equal or strange ids are kept apart', async () => {
  const cluster = new MemoryCluster();
  const heard: string[] = [];
  cluster.onPresence((tenant, user) => heard.push(`${tenant} ${user}`));
  cluster.report('one', '__proto__', report());
  cluster.report('two', '__proto__', report({ availability: 'busy' }));
  assert.equal((await cluster.presences('one', ['__proto__', 'constructor'])).get('__proto__')?.availability, 'available');
  assert.equal((await cluster.presences('two', ['__proto__'])).get('__proto__')?.availability, 'busy');
  assert.equal((await cluster.presences('two', ['constructor'])).size, 0);
  assert.deepEqual(heard, ['one __proto__', 'two __proto__']);
});

test('[X5] a budget comes back with time, kind by kind, and says how long to wait', () => {
  const rate = { perSecond: 10, burst: 2 };
  const rates = { messages: rate, searches: { perSecond: 0, burst: 0 }, reads: rate, signals: rate };
  const budget = new UserBudget(rates, 0);
  budget.take('messages', rates, 0);
  budget.take('messages', rates, 0);
  assert.throws(() => budget.take('messages', rates, 0), { code: 'RATE_LIMITED', retryAfterMs: 100 });
  budget.take('reads', rates, 0);
  assert.throws(() => budget.take('messages', rates, 50), { code: 'RATE_LIMITED', retryAfterMs: 50 });
  budget.take('messages', rates, 100);
  // A clock that goes back gives nothing and takes nothing.
  assert.throws(() => budget.take('messages', rates, 20), { code: 'RATE_LIMITED' });
  for (let i = 0; i < 1_000; i++) budget.take('searches', rates, 0);
  assert.equal(budget.isFull(rates, 100), false);
  assert.equal(budget.isFull(rates, 1_000), true);
});
