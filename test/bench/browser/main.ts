import type { Row } from '../report.js';
import { badges } from './badges.js';
import { bursts } from './burst.js';
import { bytes } from './bytes.js';
import type { Effort, Scenario } from './ground.js';
import { BrowserGround } from './ground.js';
import { idle } from './idle.js';
import { leaks } from './leaks.js';
import { longLogs } from './long-log.js';
import { opening } from './opening.js';
import { start } from './start.js';
import { walkingBack } from './walking-back.js';

/** Within 40 seconds. */
const SHORT: Effort = { rounds: 2, entries: 1_000, idle: 3 };
/** Within six minutes. */
const FULL: Effort = { rounds: 7, entries: 10_000, idle: 60 };

const SCENARIOS: Record<string, Scenario> = { bytes, start, opening, longLogs, walkingBack, bursts, badges, leaks, idle };

export interface BrowserBenchOptions {
  short: boolean;
  /** One scenario, by its name. */
  only?: string | undefined;
  /** Told what could not be measured, and the others are; where it is not given, the first failure ends all. */
  failed?: ((what: string, error: unknown) => void) | undefined;
  /** Told each row as soon as it is there, for who cannot wait for all of them. */
  found?: ((row: Row) => void) | undefined;
  /** Told what each scenario took. */
  say?: ((line: string) => void) | undefined;
}

/** Every figure of the browser, in a real one, against a real server and the bundle that it serves. */
export async function measureBrowser({ short, only, failed, found, say }: BrowserBenchOptions): Promise<Row[]> {
  const ground = await BrowserGround.open();
  const rows: Row[] = [];
  try {
    for (const [name, scenario] of Object.entries(SCENARIOS)) {
      if (only !== undefined && only !== name) continue;
      const began = performance.now();
      try {
        for (const row of await scenario(ground, short ? SHORT : FULL)) {
          rows.push(row);
          found?.(row);
        }
      } catch (error) {
        if (!failed) throw error;
        failed(name, error);
      }
      say?.(`browser  ${name.padEnd(12)} ${((performance.now() - began) / 1_000).toFixed(1).padStart(5)} s`);
    }
  } finally {
    await ground.close();
  }
  return rows;
}
