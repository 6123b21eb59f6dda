const FIRST = 1_000;
const MOST = 30_000;

/**
 * Milliseconds before attempt number `attempt` (from 0): full jitter, because a server that comes back must not be met by
 * all its clients at once (reliability G25). At least what the server asked for.
 */
export function backoff(attempt: number, random: () => number, atLeast = 0): number {
  return Math.max(atLeast, Math.round(random() * Math.min(MOST, FIRST * 2 ** Math.min(attempt, 10))));
}
