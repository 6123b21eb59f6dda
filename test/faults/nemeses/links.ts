import type { Random } from '../../support/random.js';
import type { TcpProxy } from '../../support/tcp-proxy.js';
import type { Wire } from '../../support/wire.js';
import type { Nemesis } from './nemesis.js';

/** What happens to connections: to one of them, or to all. */
export function linkNemeses(link: TcpProxy, random: Random): readonly Nemesis[] {
  return [
    cutOne(link, random),
    cutAll(link),
    halfOpen(link, random, 1_500),
    loseAnswers(link, random, 400),
    tear(link, random),
    slow(link, random),
  ];
}

export function cutOne(link: TcpProxy, random: Random): Nemesis {
  return { name: 'a connection cut', lasts: 0, hit: () => some(link, random)?.cut(), heal: () => undefined };
}

export function cutAll(link: TcpProxy): Nemesis {
  return { name: 'all connections cut', lasts: 0, hit: () => link.cut(), heal: () => undefined };
}

/** Neither end is told; when it is over the connection goes on, or it is cut. */
function halfOpen(link: TcpProxy, random: Random, lasts: number): Nemesis {
  let wires: Wire[] = [];
  return {
    name: 'a half-open connection',
    lasts,
    hit() {
      wires = link.wires.filter(() => random.below(3) === 0);
      for (const wire of wires) wire.freeze();
    },
    heal() {
      for (const wire of wires) {
        if (random.below(2) === 0) wire.thaw();
        else wire.cut();
      }
    },
  };
}

/** The server acts and its answer is lost; then the connection breaks. */
export function loseAnswers(link: TcpProxy, random: Random, lasts: number): Nemesis {
  let wires: Wire[] = [];
  return {
    name: 'answers lost',
    lasts,
    hit() {
      wires = link.wires.filter(() => random.below(3) === 0);
      for (const wire of wires) wire.mute('down');
    },
    heal: () => wires.forEach((wire) => wire.cut()),
  };
}

/** Cut in the middle of a frame. */
export function tear(link: TcpProxy, random: Random): Nemesis {
  return {
    name: 'a connection cut within a frame',
    lasts: 0,
    hit: () => some(link, random)?.cutAfter(1 + random.below(2_000), random.below(2) === 0 ? 'up' : 'down'),
    heal: () => undefined,
  };
}

/** Slow for as long as it lives. */
export function slow(link: TcpProxy, random: Random): Nemesis {
  return { name: 'a slow connection', lasts: 0, hit: () => some(link, random)?.delay(20 + random.below(300)), heal: () => undefined };
}

function some(link: TcpProxy, random: Random): Wire | undefined {
  const { wires } = link;
  return wires.length === 0 ? undefined : random.pick(wires);
}
