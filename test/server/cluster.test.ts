import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PresenceReport } from '../../server/cluster/cluster.js';
import { MemoryCluster } from '../../server/cluster/memory-cluster.js';
import { visibleAvailability, visibleMessage } from '../../server/realtime/presence-rules.js';

const report = (change: Partial<PresenceReport> = {}): PresenceReport => ({
  online: true,
  active: true,
  availability: 'available',
  message: undefined,
  busyOnCall: true,
  connections: 1,
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
