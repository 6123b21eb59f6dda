import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { OF_A_CHAT } from '../../size/budgets.js';
import { filesOf, filesWith, measure, type Manifest } from '../../size/measure.js';
import { row } from '../report.js';
import { summary } from '../statistics.js';
import type { Scenario } from './ground.js';

const FOLDER = join(import.meta.dirname, '../../../browser');
const ENTRY = 'parley.js';

/** What a page loads, beside what lit and a Socket.IO client with a plain list weigh. */
export const bytes: Scenario = async (ground) => {
  const manifest = JSON.parse(readFileSync(join(FOLDER, ENTRY.replace(/\.js$/, '.manifest.json')), 'utf8')) as Manifest;
  const floor = summary([gzipSync(ground.plainScript, { level: 9 }).length]);
  const weigh = (files: string[]) => summary([measure(FOLDER, files).gzip]);
  const about = { floorName: 'lit, socket.io-client, a list' };
  return [
    row(
      'browser: gzip at load (SDK, badge, launcher)',
      'B',
      { floor, parley: weigh(filesOf(manifest, ENTRY, false)) },
      { ...about, goal: { most: 35_840, of: 'value' } },
    ),
    row('browser: gzip of a chat', 'B', { floor, parley: weigh(filesWith(manifest, ENTRY, OF_A_CHAT)) }, about),
    row(
      'browser: gzip of everything',
      'B',
      { floor, parley: weigh(filesOf(manifest, ENTRY, true)) },
      { ...about, goal: { most: 61_440, of: 'value' } },
    ),
  ];
};
