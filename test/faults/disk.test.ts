import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { seededRandom } from '../support/random.js';
import { Disk } from './nemeses/power-cut/disk.js';
import type { Step } from './nemeses/power-cut/trace.js';
import { readTrace } from './nemeses/power-cut/trace.js';

const hex = (text: string) => [...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');

describe('a disk that forgets what was not flushed', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-disk-'));
  });
  after(() => rm(folder, { recursive: true }));

  /** What can be found after a cut behind these steps, over many cuts. */
  async function found(steps: Step[]): Promise<Set<string>> {
    const disk = new Disk();
    for (const [number, step] of steps.entries()) disk.take(step, number);
    const contents = new Set<string>();
    const random = seededRandom(1);
    for (let cut = 0; cut < 40; cut += 1) {
      const image = join(folder, `image-${String(cut)}`);
      await disk.cut(image, random);
      contents.add(await readFile(join(image, 'a'), 'utf8').catch(() => 'no file'));
      await rm(image, { recursive: true });
    }
    return contents;
  }

  const write = (text: string, offset = 0): Step => ({ type: 'write', file: '/d/a', offset, data: Buffer.from(text) });
  const flush = (since: number): Step => ({ type: 'flush', file: '/d/a', since });

  it('[G2] always finds what was flushed', async () => {
    assert.deepEqual(await found([write('one'), flush(1)]), new Set(['one']));
  });

  it('[G2] finds some of what was not flushed at one cut and not at another', async () => {
    assert.deepEqual(await found([write('one'), flush(1), write('two', 3)]), new Set(['one', 'onetwo']));
  });

  it('[G2] does not count a flush for what was written while it ran', async () => {
    assert.deepEqual(await found([write('one'), write('two', 3), flush(1)]), new Set(['one', 'onetwo']));
  });

  it('[G2] cuts a file where it was truncated', async () => {
    assert.deepEqual(await found([write('one and two'), { type: 'truncate', file: '/d/a', size: 3 }, flush(2)]), new Set(['one']));
  });

  it('[G2] reads from a trace what was written, flushed and acknowledged, each when it counts', async () => {
    const database = `21<${hex('/d/a')}>`;
    const cid = '0190a000-0000-7000-8000-000000000001';
    const reply = `430[{"ok":true,"data":{"cid":"${cid}","seq":2,"at":1,"epoch":"e","duplicate":false}}]`;
    const trace = join(folder, 'trace');
    await writeFile(
      trace,
      [
        `7  pwrite64(${database}, "${hex('one')}", 3, 0) = 3`,
        `7  fdatasync(${database} <unfinished ...>`,
        `8  pwrite64(${database}, "${hex('two')}", 3, 3) = 3`,
        `8  pwrite64(22<${hex('/d/a-shm')}>, "${hex('two')}", 3, 3) = 3`,
        `7  <... fdatasync resumed>) = 0`,
        `9  writev(30<${hex('socket:[1]')}>, [{iov_base="${hex('\u0081~')}", iov_len=2}, {iov_base="${hex(reply)}", iov_len=90}], 2) = 92`,
        `9  fsync(${database}) = -1 EIO (Input/output error)`,
        `7  +++ exited with 0 +++`,
      ].join('\n'),
    );
    assert.deepEqual(await readTrace(trace, '/d'), [
      { type: 'write', file: '/d/a', offset: 0, data: Buffer.from('one') },
      { type: 'write', file: '/d/a', offset: 3, data: Buffer.from('two') },
      { type: 'flush', file: '/d/a', since: 1 },
      { type: 'acknowledge', cid },
    ]);
  });
});
