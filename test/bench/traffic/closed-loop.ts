import { setTimeout as wait } from 'node:timers/promises';
import type { Job } from '../job.js';
import { cpuTime } from '../process-figures.js';
import { FILLING, Sent } from './member.js';
import type { Member } from './member.js';

/** ms within which something more must arrive as long as something is missing. */
const PATIENCE = 5_000;

export interface Throughput {
  perSecond: number;
  /** Microseconds of the server's processes. */
  cpuPerMessage: number;
  missing: number;
}

/**
 * Keeps `flows` messages of the senders under way until the time is over, and counts between the end of the warm-up and the end.
 * `everybody` are those who must receive them all.
 */
export async function closedLoop(
  job: Job,
  { senders, everybody, flows }: { senders: readonly Member[]; everybody: readonly Member[]; flows: number },
): Promise<Throughput> {
  const sent = new Sent();
  let running = true;
  let open = 0;
  const quiet = new Promise<void>((resolve) => {
    const send = (member: Member) => {
      open += 1;
      member.send(FILLING, (ok) => {
        open -= 1;
        sent.count(member, ok);
        if (running) send(member);
        else if (open === 0) resolve();
      });
    };
    for (let flow = 0; flow < flows; flow += 1) {
      const member = senders[flow % senders.length];
      if (member) send(member);
    }
  });
  await wait(job.warmUpSeconds * 1_000);
  const before = { accepted: sent.accepted, cpu: cpuTime(job.pid), at: performance.now() };
  await wait(job.seconds * 1_000);
  const messages = sent.accepted - before.accepted;
  const perSecond = (messages * 1_000) / (performance.now() - before.at);
  const cpuPerMessage = (cpuTime(job.pid) - before.cpu) / messages;
  running = false;
  await quiet;
  return { perSecond, cpuPerMessage, missing: await settled(() => sent.missing(everybody)) };
}

/** Waits until nothing is missing any more, or nothing of it has come for five seconds: what was late is not lost. */
export async function settled(missing: () => number): Promise<number> {
  let least = missing();
  let deadline = performance.now() + PATIENCE;
  while (least > 0 && performance.now() < deadline) {
    await wait(20);
    const left = missing();
    if (left < least) {
      least = left;
      deadline = performance.now() + PATIENCE;
    }
  }
  return missing();
}
