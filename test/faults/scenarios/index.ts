import { killedServer } from './g01-killed-server.js';
import { powerCut } from './g02-power-cut.js';
import { exactlyOnce } from './g04-exactly-once.js';
import { noSilentMerge } from './g05-no-silent-merge.js';
import { oneOrder } from './g06-one-order.js';
import { typedOrder } from './g07-typed-order.js';
import { lostHints } from './g08-lost-hints.js';
import { joinHorizon } from './g12-join-horizon.js';
import { tenants } from './g15-tenants.js';
import { clocks } from './g23-clocks.js';
import { fuzzedFrames } from './g16-fuzzed-frames.js';
import type { Scenario } from './scenario.js';

export const SCENARIOS: readonly Scenario[] = [
  killedServer,
  powerCut,
  exactlyOnce,
  noSilentMerge,
  oneOrder,
  typedOrder,
  lostHints,
  joinHorizon,
  tenants,
  fuzzedFrames,
  clocks,
];
