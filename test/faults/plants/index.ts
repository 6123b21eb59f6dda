import type { Check } from '../checkers/finding.js';
import type { Engine } from '../subjects/subject.js';

/** A bug that is planted into what is tested, and the scenario that has to catch it. */
export interface Plant {
  name: string;
  /** What is wrong with it. */
  bug: string;
  guarantee: string;
  engine: Engine;
  /** Any of these is a catch; anything else means that the run broke for another reason. */
  caughtBy: readonly Check[];
  /** The server's processes, or the driver's own, where the SDK runs. */
  into: 'server' | 'client';
}

const sqlite = { engine: 'sqlite', into: 'server' } as const;

/** The twelve of the specification; the lowered `synchronous` is there twice, seen by the assertion at the start and hidden from it. */
export const PLANTS = [
  { name: 'ack-before-commit', bug: 'acknowledges before the commit', guarantee: 'G1', caughtBy: ['lost', 'false-ack'], ...sqlite },
  { name: 'synchronous-normal', bug: 'commits without a flush', guarantee: 'G1', caughtBy: ['start'], ...sqlite },
  { name: 'synchronous-normal-unasserted', bug: '... and lies about it', guarantee: 'G2', caughtBy: ['lost'], ...sqlite },
  {
    name: 'bigserial',
    bug: 'numbers from a sequence',
    guarantee: 'G3',
    caughtBy: ['order', 'lost', 'false-ack'],
    engine: 'postgres',
    into: 'server',
  },
  { name: 'join-after-snapshot', bug: 'reads the state before it joins the rooms', guarantee: 'G6', caughtBy: ['late', 'gap'], ...sqlite },
  { name: 'no-unique', bug: 'nothing keeps a message from being there twice', guarantee: 'G4', caughtBy: ['duplicate'], ...sqlite },
  { name: 'dedup-window', bug: 'a repetition is known for a second', guarantee: 'G4', caughtBy: ['duplicate'], ...sqlite },
  { name: 'state-recovery', bug: "Socket.IO's connection state recovery", guarantee: 'G14', caughtBy: ['leak'], ...sqlite },
  {
    name: 'shared-socket',
    bug: 'one socket for one user after the other',
    guarantee: 'G14',
    caughtBy: ['leak'],
    engine: 'sqlite',
    into: 'client',
  },
  { name: 'no-horizon', bug: 'joining shows what was before', guarantee: 'G12', caughtBy: ['leak'], ...sqlite },
  { name: 'fan-out-before-commit', bug: 'tells others before the commit', guarantee: 'G1', caughtBy: ['retracted'], ...sqlite },
  { name: 'ack-on-nack', bug: 'acknowledges what could not be written', guarantee: 'G19', caughtBy: ['lost', 'false-ack'], ...sqlite },
  { name: 'seq-in-memory', bug: 'numbers counted in the process', guarantee: 'G4', caughtBy: ['order'], ...sqlite },
] as const satisfies readonly Plant[];

export type PlantName = (typeof PLANTS)[number]['name'];

/** Arguments for Node that load it. */
export function plantArguments(name: PlantName): string[] {
  return ['--import', new URL(`./${name}.js`, import.meta.url).href];
}
