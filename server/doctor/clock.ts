import { TIMES } from '#protocol';
import { findings } from './finding.js';
import type { Finding } from './finding.js';

/** Dates of answers are whole seconds, and an answer travels; what is more than this is the clock. */
const UNSURE = 3_000;

/**
 * How far the clock of this machine is from that of whoever answered. Tokens are made by another machine's clock and read by this one:
 * past the tolerance of the protocol the server refuses good ones.
 */
export function clockFinding(whose: string, date: string | null, asked: number, answered: number): Finding {
  const { ok, warn, fail, skip } = findings('clock');
  const theirs = Date.parse(date ?? '');
  if (Number.isNaN(theirs)) return skip(`${whose} does not say its time`);
  // The answer was made between the two; its date is cut to the second.
  const apart = theirs + 500 < asked ? asked - theirs - 500 : theirs + 500 > answered ? theirs + 500 - answered : 0;
  const seconds = Math.round(apart / 1_000);
  if (apart > TIMES.clockTolerance)
    return fail(`${seconds} s apart from ${whose}: tokens are refused past ${TIMES.clockTolerance / 1_000} s; set both by NTP`);
  if (apart > UNSURE) return warn(`${seconds} s apart from ${whose}; set both by NTP`);
  return ok(`that of ${whose}, to the second`);
}
