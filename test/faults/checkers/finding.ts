/**
 * What did not hold. `lost`: acknowledged and gone. `phantom`: there and never sent so. `duplicate`: one act twice. `order`: numbers or
 * readers disagree. `gap`: a rendered list with a hole, or one that never became whole. `leak`: seen outside of what one is entitled to.
 * `false-ack`: an answer that names something else. `false-sent`: shown as sent and not in the log. `vanished`: typed, and in no state.
 * `retracted`: shown and gone. `refusal`: another answer than promised. `late`: past the promised time. `chain`: evidence that does not
 * fit. `undetected`: damage that nobody noticed. `start`: the server did not start. `down`: it ended by itself. `nothing-proved`: too little
 * happened for the absence of the others to say anything.
 */
export const CHECKS = [
  'lost',
  'phantom',
  'duplicate',
  'order',
  'gap',
  'leak',
  'false-ack',
  'false-sent',
  'vanished',
  'retracted',
  'refusal',
  'late',
  'chain',
  'undetected',
  'start',
  'down',
  'nothing-proved',
] as const;
export type Check = (typeof CHECKS)[number];

export interface Finding {
  check: Check;
  /** Empty where it concerns none in particular. */
  conversation: string;
  cid?: string;
  detail: string;
}

export function finding(check: Check, detail: string, conversation = ''): Finding {
  return { check, conversation, detail };
}

/** How many of each kind. */
export function countByCheck(findings: readonly Finding[]): Partial<Record<Check, number>> {
  const counts: Partial<Record<Check, number>> = {};
  for (const { check } of findings) counts[check] = (counts[check] ?? 0) + 1;
  return counts;
}
