import { type Finding, finding } from './checkers/finding.js';

/** What a run must have come to at least before "no violation" says anything. */
export interface Floors {
  /** Faults that really happened. */
  faults: number;
  /** Acts that the server accepted. */
  acknowledged: number;
}

/** A scenario may ask for more. */
export const FLOORS: Floors = { faults: 1, acknowledged: 1 };

/** A run in which nothing was accepted, or nothing went wrong, finds nothing and proves nothing: that is a finding of its own. */
export function findUnproved(reached: Floors, asked: Partial<Floors> = {}): Finding[] {
  const floors = { ...FLOORS, ...asked };
  const findings: Finding[] = [];
  if (reached.acknowledged < floors.acknowledged)
    findings.push(
      finding('nothing-proved', `only ${String(reached.acknowledged)} acknowledged, at least ${String(floors.acknowledged)} are needed`),
    );
  if (reached.faults < floors.faults)
    findings.push(finding('nothing-proved', `only ${String(reached.faults)} faults, at least ${String(floors.faults)} are needed`));
  return findings;
}
