import { once } from 'node:events';
import { connect } from 'node:net';
import type { Random } from '../../support/random.js';
import type { Machine } from '../../support/machine.js';
import type { Backing } from '../subjects/backing.js';
import type { Node } from '../subjects/node.js';
import type { Subject } from '../subjects/subject.js';
import type { Nemesis } from './nemesis.js';

export function killNode(subject: Subject, random: Random): Nemesis {
  let victim: Node | undefined;
  return {
    name: 'SIGKILL of a node',
    lasts: 0,
    async hit() {
      victim = random.pick(subject.nodes);
      await victim.end('SIGKILL');
    },
    heal: () => victim?.start(),
  };
}

/** Held still for a while: it neither answers nor ends, and goes on as if nothing had been. */
export function pauseNode(subject: Subject, random: Random, lasts: number): Nemesis {
  let victim: Node | undefined;
  return {
    name: 'SIGSTOP of a node',
    lasts,
    hit() {
      victim = random.pick(subject.nodes);
      victim.pause();
    },
    heal: () => victim?.resume(),
  };
}

export function killMachine(name: 'Redis' | 'PostgreSQL', machine: Machine, lasts = 500): Nemesis {
  return { name: `SIGKILL of ${name}`, lasts, hit: () => machine.kill9(), heal: () => machine.start() };
}

export function pauseMachine(name: 'Redis' | 'PostgreSQL', machine: Machine, lasts: number): Nemesis {
  return { name: `SIGSTOP of ${name}`, lasts, hit: () => machine.pause(), heal: () => machine.resume() };
}

/** Stopped in good order and away for a while, as an operator does it. */
export function stopMachine(name: 'Redis' | 'PostgreSQL', machine: Machine, lasts: number): Nemesis {
  return { name: `${name} stopped`, lasts, hit: () => machine.stop(), heal: () => machine.start() };
}

export function flushRedis({ redis }: Backing): Nemesis {
  return {
    name: 'FLUSHALL',
    lasts: 0,
    async hit() {
      const socket = connect(redis.port, '127.0.0.1');
      await once(socket, 'connect');
      socket.write('FLUSHALL\r\n');
      await once(socket, 'data');
      socket.destroy();
    },
    heal: () => undefined,
  };
}
