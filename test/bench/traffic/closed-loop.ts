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
 * @throws Error when a connection closes before its answer.
 */
export async function closedLoop(
  job: Job,
  { senders, everybody, flows }: { senders: readonly Member[]; everybody: readonly Member[]; flows: number },
): Promise<Throughput> {
  const sent = new Sent();
  let running = true;
  let open = 0;
  const quiet = new Promise<void>((resolve, reject) => {
    const send = (member: Member) => {
      open += 1;
      const answered = (ok: boolean): void => {
        open -= 1;
        sent.count(member, ok);
        if (running) send(member);
        else if (open === 0) resolve();
      };
      member.send(FILLING, answered, reject);
    };
    for (let flow = 0; flow < flows; flow += 1) {
      const member = senders[flow % senders.length];
      if (member) send(member);
    }
  });
  // The rest of the time holds nobody once the load has failed.
  const pass = (seconds: number): Promise<void> => Promise.race([wait(seconds * 1_000, undefined, { ref: false }), quiet]);
  await pass(job.warmUpSeconds);
  const before = { accepted: sent.accepted, cpu: cpuTime(job.pid), at: performance.now() };
  await pass(job.seconds);
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
