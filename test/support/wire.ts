import type net from 'node:net';

/** Towards the server, or back to the client. */
export type Direction = 'up' | 'down';

interface Lane {
  from: net.Socket;
  to: net.Socket;
  /** Bytes that still pass before the connection breaks. */
  left: number;
  /** What is sent is swallowed. */
  mute: boolean;
}

/**
 * One connection through a proxy, and what can go wrong with it. Bytes that are swallowed leave a stream that nobody can read on, so
 * such a connection has to be cut afterwards, as it would be.
 */
export class Wire {
  onClose: () => void = () => undefined;
  readonly #lanes: Record<Direction, Lane>;
  #delay = 0;
  #frozen = false;
  #over = false;

  /** Both ends are paused until `start`. */
  constructor(inside: net.Socket, outside: net.Socket) {
    const lane = (from: net.Socket, to: net.Socket): Lane => ({ from, to, left: Infinity, mute: false });
    this.#lanes = { up: lane(inside, outside), down: lane(outside, inside) };
  }

  /** The port of the server at the other end; 0 once it is over. */
  get target(): number {
    return this.#lanes.up.to.remotePort ?? 0;
  }

  get over(): boolean {
    return this.#over;
  }

  start(): void {
    for (const lane of Object.values(this.#lanes)) {
      lane.from.on('data', (chunk: Buffer) => this.#pass(lane, chunk));
      // While it is frozen the other end learns nothing, not even that this one has given up.
      lane.from.on('close', () => this.#frozen || this.#end(lane.to));
      lane.to.on('drain', () => this.#frozen || lane.from.resume());
      lane.from.resume();
    }
  }

  /** Breaks it at both ends. */
  cut(): void {
    if (this.#over) return;
    this.#over = true;
    for (const { from } of Object.values(this.#lanes)) from.destroy();
    this.onClose();
  }

  /** One end has said goodbye: the other still gets what was written before. */
  #end(other: net.Socket): void {
    if (this.#over) return;
    this.#over = true;
    other.destroySoon();
    this.onClose();
  }

  /** Half open: nothing passes and neither end is told. */
  freeze(): void {
    this.#frozen = true;
    for (const { from } of Object.values(this.#lanes)) from.pause();
  }

  /** Passes again what was held; a connection that one end has given up meanwhile breaks now. */
  thaw(): void {
    this.#frozen = false;
    const ends = Object.values(this.#lanes).map(({ from }) => from);
    if (ends.some((end) => end.destroyed)) this.cut();
    else for (const end of ends) end.resume();
  }

  /** Everything takes so long in each direction; in ms. */
  delay(ms: number): void {
    this.#delay = ms;
  }

  /** Nothing passes in this direction any more: with `down`, the server acts and its answer is lost. */
  mute(direction: Direction): void {
    this.#lanes[direction].mute = true;
  }

  /** Breaks after so many more bytes in this direction, in the middle of whatever they are. */
  cutAfter(bytes: number, direction: Direction): void {
    this.#lanes[direction].left = bytes;
  }

  #pass(lane: Lane, chunk: Buffer): void {
    if (lane.mute) return;
    const part = chunk.length > lane.left ? chunk.subarray(0, lane.left) : chunk;
    lane.left -= part.length;
    const write = (): void => {
      if (this.#over) return;
      if (!lane.to.write(part)) lane.from.pause();
      if (lane.left <= 0) this.cut();
    };
    // Timers of one length run in the order in which they were set, so the bytes keep theirs.
    if (this.#delay > 0) setTimeout(write, this.#delay);
    else write();
  }
}
