import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { profileLines, summarise, threadOf } from './summarise.js';
import type { CpuProfile } from './summarise.js';

const frame = (functionName: string, url = '', lineNumber = -1) => ({ functionName, url, lineNumber });
const file = 'file:///srv/somebody/parley/dist/server/storage/sqlite/writer.js';

/** (root) -> (idle), commit -> append -> commit, (garbage collector) */
const profile: CpuProfile = {
  nodes: [
    { id: 1, callFrame: frame('(root)'), children: [2, 3, 6] },
    { id: 2, callFrame: frame('(idle)') },
    { id: 3, callFrame: frame('commit', file, 9), children: [4] },
    { id: 4, callFrame: frame('', file, 19), children: [5] },
    { id: 5, callFrame: frame('commit', file, 9) },
    { id: 6, callFrame: frame('(garbage collector)') },
  ],
  startTime: 100_000,
  samples: [2, 3, 4, 5, 6],
  timeDeltas: [6_000, 1_000, 2_000, 500, 500],
};

describe('the summary of a processor profile', () => {
  it('[G26] shares out the time that was not idle, a function that calls itself once', () => {
    const { total, idle, collector, self, inclusive } = summarise(profile);
    assert.deepEqual([total, idle, collector], [10, 0.6, 0.125]);
    assert.deepEqual(self[0], { name: '(anonymous)  server/storage/sqlite/writer.js:20', share: 0.5 });
    assert.deepEqual(self[1], { name: 'commit  server/storage/sqlite/writer.js:10', share: 0.375 });
    assert.deepEqual(inclusive[0], { name: 'commit  server/storage/sqlite/writer.js:10', share: 0.875 });
    assert.ok(![...self, ...inclusive].some(({ name }) => name === '(idle)' || name === '(root)'));
  });

  it('[G26] leaves out what was before the load', () => {
    const { total, self } = summarise(profile, { from: 107_000 });
    assert.equal(total, 3);
    assert.equal(self[0]?.share, 2 / 3);
  });

  it('[G26] names the thread, keeps to so many lines, and tells no folder of the machine', () => {
    assert.equal(threadOf(profile), 'storage, writer');
    assert.equal(threadOf({ ...profile, nodes: profile.nodes.slice(0, 2) }), 'main thread');
    const lines = profileLines(threadOf(profile), summarise(profile, { most: 1 }));
    assert.equal(lines.filter((line) => line.includes('writer.js')).length, 2);
    assert.ok(!lines.join('\n').includes('somebody'));
  });

  it('[G26] says of a thread that did nothing that it did nothing', () => {
    assert.deepEqual(summarise({ ...profile, samples: [], timeDeltas: [] }).self, []);
    assert.equal(summarise({ ...profile, samples: [2], timeDeltas: [5] }).idle, 1);
  });
});
