import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { profileRecord } from './profile-record.js';
import { summarise } from './summarise.js';
import type { CpuProfile } from './summarise.js';

const frame = (functionName: string, url = '', lineNumber = -1) => ({ functionName, url, lineNumber });
const root = 'file:///srv/somebody/parley';

const profile: CpuProfile = {
  nodes: [
    { id: 1, callFrame: frame('(root)'), children: [2, 3] },
    { id: 2, callFrame: frame('(idle)') },
    { id: 3, callFrame: frame('receive', `${root}/dist/server/realtime/session.js`, 9), children: [4, 5, 6] },
    { id: 4, callFrame: frame('encode', `${root}/node_modules/socket.io-parser/dist/index.js`, 4) },
    { id: 5, callFrame: frame('verify', `${root}/node_modules/@scope/token/index.js`, 1) },
    { id: 6, callFrame: frame('writev') },
  ],
  startTime: 0,
  samples: [2, 3, 4, 5, 6],
  timeDeltas: [5_000, 1_000, 2_000, 1_500, 500],
};

describe('PROFILES.md', () => {
  const threads = [{ title: 'main thread', summary: summarise(profile) }];
  const text = profileRecord(
    [{ scenario: 'durable', figures: { missing: 0 }, threads }],
    { Node: '24.21.0' },
    new Date('2026-11-22T00:00:00Z'),
  );

  it('[G26] says when, on what, and of which scenario and thread', () => {
    assert.match(text, /`npm run bench -- --profile durable --write` on 2026-11-22\./);
    assert.match(text, /^Node 24\.21\.0\.$/m);
    assert.match(text, /^## durable\n\n### main thread\n\n0\.0 s, idle 50\.0 %; of the rest, garbage collector 0\.0 %/m);
  });

  it('[G26] shares out the time by module and by function, and tells no folder of the machine', () => {
    assert.match(
      text,
      /By module: socket\.io-parser 40\.0 %, @scope\/token 30\.0 %, server\/realtime\/session\.js 20\.0 %, \(engine\) 10\.0 %\./,
    );
    assert.match(text, /^\| 20\.0 % \| 100\.0 % \| receive {2}server\/realtime\/session\.js:10 \|$/m);
    assert.ok(!text.includes('somebody'));
  });
});
