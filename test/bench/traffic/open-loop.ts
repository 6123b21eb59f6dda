import { setTimeout as wait } from 'node:timers/promises';
import { FILLING, Sent } from './member.js';
import type { Member } from './member.js';

/** Timers count whole milliseconds: a call that is later than this was held up by more than its timer. */
const TICK = 1.5;

/**
 * Sends at a steady rate, whatever the answers do, until `over`. Each text begins with the moment from which its latency counts: the one
 * at which it was to be sent. A generator that is held up, as by a server that stops reading, would else send less and measure nothing
 * while it is slow ("coordinated omission"). Only what the timer itself is late, up to a tick, is not counted: both subjects would be
 * given the same half millisecond, and their ratio would come nearer to 1.
 * @throws Error when a connection closes before its answer.
 */
export async function openLoop(senders: readonly Member[], { rate, over }: { rate: number; over: () => boolean }): Promise<Sent> {
  const sent = new Sent();
  let broken: Error | undefined;
  const failed = (error: Error): void => void (broken ??= error);
  const begin = performance.now();
  for (let count = 0; !over(); count += 1) {
    const due = begin + (count * 1_000) / rate;
    const early = due - performance.now();
    if (early > 0) await wait(early);
    if (broken) throw broken;
    const member = senders[count % senders.length];
    if (!member) break;
    const now = performance.now();
    const from = now - due < TICK ? now : due;
    member.send(`${from.toFixed(3)} ${FILLING.slice(0, 64)}`, (ok) => sent.count(member, ok), failed);
  }
  return sent;
}

/** From the moment in the text to now, in milliseconds. */
export function latencyOf(frame: string): number {
  const at = frame.indexOf('"text":"') + 8;
  return performance.now() - Number.parseFloat(frame.slice(at, at + 24));
}
