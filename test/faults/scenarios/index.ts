import { killedServer } from './g01-killed-server.js';
import { powerCut } from './g02-power-cut.js';
import { killedAnything } from './g03-killed-anything.js';
import { exactlyOnce } from './g04-exactly-once.js';
import { noSilentMerge } from './g05-no-silent-merge.js';
import { oneOrder } from './g06-one-order.js';
import { typedOrder } from './g07-typed-order.js';
import { lostHints } from './g08-lost-hints.js';
import { catchUp } from './g09-catch-up.js';
import { joinHorizon } from './g12-join-horizon.js';
import { revocation } from './g13-revocation.js';
import { nextUser } from './g14-next-user.js';
import { tenants } from './g15-tenants.js';
import { fuzzedFrames } from './g16-fuzzed-frames.js';
import { evidence } from './g17-evidence.js';
import { noRoom } from './g19-no-room.js';
import { backup } from './g20-backup.js';
import { damage } from './g21-damage.js';
import { upgrade } from './g22-upgrade.js';
import { clocks } from './g23-clocks.js';
import { rights } from './g24-rights.js';
import { storm } from './g25-storm.js';
import type { Scenario } from './scenario.js';

/** By guarantee. What needs a browser, or no fault, is proved by other programs: `elsewhere.ts` says which. */
export const SCENARIOS: readonly Scenario[] = [
  killedServer,
  powerCut,
  killedAnything,
  exactlyOnce,
  noSilentMerge,
  oneOrder,
  typedOrder,
  lostHints,
  catchUp,
  joinHorizon,
  revocation,
  nextUser,
  tenants,
  fuzzedFrames,
  evidence,
  noRoom,
  backup,
  damage,
  upgrade,
  clocks,
  rights,
  storm,
];
