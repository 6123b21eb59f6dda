import { setTimeout as pause } from 'node:timers/promises';

/** Asks until there is an answer: for what is told to nobody and can only be looked up. `within` in milliseconds. */
export async function eventually<T>(ask: () => T | undefined | Promise<T | undefined>, what: string, within = 10_000): Promise<T> {
  const deadline = Date.now() + within;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await pause(10);
  }
}
