import { setTimeout as wait } from 'node:timers/promises';
import { Load } from '../driver/load.js';
import { type Nemesis, strike, Tally } from '../nemeses/nemesis.js';
import type { Subject } from '../subjects/subject.js';
import type { Outcome, Stage } from './scenario.js';

export interface UnderLoad {
  writers: number;
  faults: number;
  /** Ms under load before each fault, at most. */
  every: number;
  /** Which one comes next; `number` counts from 0. */
  next: (number: number) => Nemesis;
  /** Ms under load after the last fault, so that what it left behind is written on. */
  after?: number;
}

/** Load, fault after fault, silence; then every member reads every conversation and all that was seen is compared. */
export async function underLoad(stage: Stage, subject: Subject, options: UnderLoad): Promise<Outcome> {
  const tally = new Tally();
  const load = await Load.start(subject, options.writers, stage.random);
  try {
    for (let number = 0; number < options.faults && stage.timeLeft(); number += 1) {
      await wait(stage.random.below(options.every));
      const nemesis = options.next(number);
      await strike(nemesis, stage.random);
      tally.add(nemesis.name);
      stage.say(`${nemesis.name}: ${String(load.history.acknowledged)} acknowledged so far`);
    }
    await wait(options.after ?? 500);
    const { findings } = await load.verdict();
    const { sent, acknowledged } = load.history;
    return { injected: tally.toString(), faults: tally.total, operations: sent.length, acknowledged, findings };
  } finally {
    load.close();
  }
}
