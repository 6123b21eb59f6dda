import { catchUp } from './catch-up.js';
import { durable, postgres } from './durable.js';
import { fanOut100, fanOut1000 } from './fan-out.js';
import { history } from './history.js';
import { memory } from './memory.js';
import { latency } from './latency.js';
import type { Scenario } from './scenario.js';
import { search } from './search.js';
import { signInToReady } from './sign-in.js';
import { startAfterCrash, startChecked, startUp } from './start-up.js';
import { storm } from './storm.js';

/** By the name that `--only` and `--profile` take, in the order in which they are measured. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  durable,
  latency,
  'fan-out': fanOut100,
  'fan-out-1000': fanOut1000,
  postgres,
  'sign-in': signInToReady,
  history,
  search,
  storm,
  'catch-up': catchUp,
  memory,
  'start-up': startUp,
  'start-checked': startChecked,
  'start-after-crash': startAfterCrash,
};
