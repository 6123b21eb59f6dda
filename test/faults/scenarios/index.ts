import { killedServer } from './g01-killed-server.js';
import { powerCut } from './g02-power-cut.js';
import type { Scenario } from './scenario.js';

export const SCENARIOS: readonly Scenario[] = [killedServer, powerCut];
