/** What a node says of itself with every beat: how many reports it has told. */
export interface Beat {
  node: string;
  told: number;
}

interface Peer {
  heardAt: number;
  /** The number of its last report that was heard; undefined until all of them were. */
  told: number | undefined;
}

export interface PeersParts {
  /** A node that is silent for so long is dead, in milliseconds. */
  expiry: number;
  ask: (node: string) => void;
  gone: (node: string) => void;
}

/** The other nodes: which are alive, and whether everything they told of their users was heard. */
export class Peers {
  readonly #peers = new Map<string, Peer>();
  readonly #parts: PeersParts;

  constructor(parts: PeersParts) {
    this.#parts = parts;
  }

  get size(): number {
    return this.#peers.size;
  }

  /** A beat: when it tells of reports that were not heard, they are asked for, once a beat. */
  beat({ node, told }: Beat): void {
    const peer = this.#heard(node);
    if (peer.told === told) return;
    peer.told = undefined;
    this.#parts.ask(node);
  }

  /** A report with its number; false when it does not follow, and all of them are on their way. */
  reported(node: string, told: number): boolean {
    const peer = this.#heard(node);
    if (peer.told !== told - 1) return false;
    peer.told = told;
    return true;
  }

  /** All that the node tells by now. */
  replaced(node: string, told: number): void {
    this.#heard(node).told = told;
  }

  left(node: string): void {
    if (this.#peers.delete(node)) this.#parts.gone(node);
  }

  /** Forgets those who are silent. */
  sweep(): void {
    const limit = performance.now() - this.#parts.expiry;
    for (const [node, { heardAt }] of this.#peers) if (heardAt < limit) this.left(node);
  }

  #heard(node: string): Peer {
    const peer = this.#peers.get(node) ?? { heardAt: 0, told: undefined };
    peer.heardAt = performance.now();
    this.#peers.set(node, peer);
    return peer;
  }
}
