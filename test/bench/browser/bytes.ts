import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { CHUNKS } from '../../size/budgets.js';
import { filesOf, filesWith, languagesOf, measure, type Manifest } from '../../size/measure.js';
import { GOALS } from '../goals.js';
import { row } from '../report.js';
import type { Row } from '../report.js';
import { summary } from '../statistics.js';
import type { Scenario } from './ground.js';

const FOLDER = join(import.meta.dirname, '../../../browser');
const ENTRY = 'parley.js';

/** What a page loads, beside what lit and a Socket.IO client with a plain list weigh. */
export const bytes: Scenario = async (ground) => {
  const manifest = JSON.parse(readFileSync(join(FOLDER, ENTRY.replace(/\.js$/, '.manifest.json')), 'utf8')) as Manifest;
  const floor = summary([gzipSync(ground.plainScript, { level: 9 }).length]);
  const weigh = (what: string, files: readonly string[], goals: Row['goals'] = []): Row => {
    const figures = { floor, parley: summary([measure(FOLDER, files).gzip]) };
    return row(`browser: gzip ${what}`, 'B', figures, { floorIs: 'lit, socket.io-client and a list of time, author and text', goals });
  };
  const languages = [...languagesOf(manifest).values()].map((file) => measure(FOLDER, [file]).gzip);
  return [
    weigh('at load (SDK, badge, launcher)', filesOf(manifest, ENTRY, false), [GOALS.atLoad]),
    ...Object.entries(CHUNKS).map(([of, chunks]) => weigh(of === 'chat' ? 'of a chat' : of, filesWith(manifest, ENTRY, chunks))),
    // The data lie beside the bundle (emoji/*.json); what is in it under that name is the dialog that shows them, and counts.
    weigh('of everything but emoji data', filesOf(manifest, ENTRY, true), [GOALS.everything]),
    row(`browser: gzip of one of ${String(languages.length)} languages besides English`, 'B', { parley: summary(languages) }),
  ];
};
