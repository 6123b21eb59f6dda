import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryCluster } from '../../server/cluster/memory-cluster.js';
import { PhoneTracker } from '../../server/realtime/phones.js';

test('[B43] a source that names ever more telephones does not fill the memory: the one it has not named for the longest time goes, and is told', () => {
  const cluster = new MemoryCluster();
  const told: string[] = [];
  const phones = new PhoneTracker({ cluster, now: () => 0, sweep: 60_000, changed: (_tenant, user) => told.push(user), most: 2 });
  const say = (user: string) => cluster.reportPhones('demo', [{ user, state: 'idle', expiresAt: 1_000 }]);
  for (const user of ['ann', 'bob', 'ann', 'cyd']) say(user);
  assert.deepEqual(
    ['ann', 'bob', 'cyd'].map((user) => phones.stateOf('demo', user)),
    ['idle', undefined, 'idle'],
  );
  assert.deepEqual(told, ['ann', 'bob', 'ann', 'cyd', 'bob']);
  phones.close();
});
