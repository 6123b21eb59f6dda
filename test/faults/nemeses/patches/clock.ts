import { readFileSync } from 'node:fs';
import { plantIntoWorkers } from '../../plants/in-workers.js';

/*
 * Loaded with `--import` into a server: its clock is off by what stands in the file, in ms, and follows the file. Timers and the monotonic
 * clock stay right, as they do when an operator sets the clock.
 */
const FILE = process.env['FAULTS_CLOCK'];
/** Ms of the monotonic clock for which what was read holds. */
const HOLDS = 25;
const Real = Date;
let offset = 0;
let readAt = -Infinity;

function now(): number {
  if (FILE !== undefined && performance.now() - readAt > HOLDS) {
    readAt = performance.now();
    try {
      offset = Number(readFileSync(FILE, 'utf8')) || 0;
    } catch {
      // Nobody has set it yet.
    }
  }
  return Real.now() + offset;
}

globalThis.Date = new Proxy(Real, {
  construct: (target, given: unknown[], newTarget: typeof Date) =>
    Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget) as Date,
  apply: () => new Real(now()).toString(),
  get: (target, key, receiver) => (key === 'now' ? now : (Reflect.get(target, key, receiver) as unknown)),
});
plantIntoWorkers(import.meta.url);
