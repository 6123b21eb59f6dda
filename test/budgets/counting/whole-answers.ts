import type { Socket } from 'node:net';

const READY_FOR_QUERY = 0x5a;
const HEAD = 5;

/**
 * Hands on what PostgreSQL answers once all that it was asked on this connection is answered. Where its answers would be cut into packets
 * by chance, whoever goes on with the first of them would seem to have waited once more.
 */
export class WholeAnswers {
  #held: Buffer[] = [];
  #outstanding = 0;
  /** Bytes of a message that began in a chunk of before, and the beginning of a head that was cut. */
  #skip = 0;
  #head: Buffer = Buffer.alloc(0);

  constructor(stream: Socket) {
    const emit = stream.emit.bind(stream);
    Reflect.set(stream, 'emit', (event: string, ...args: unknown[]) => {
      if (event !== 'data') {
        if (event === 'end' || event === 'close' || event === 'error') this.#release(emit);
        return emit(event, ...args);
      }
      const chunk = args[0] as Buffer;
      this.#held.push(chunk);
      this.#outstanding -= this.#readyIn(chunk);
      if (this.#outstanding <= 0) this.#release(emit);
      return true;
    });
  }

  /** One more question is on its way. */
  asked(): void {
    this.#outstanding += 1;
  }

  #release(emit: Socket['emit']): void {
    if (this.#held.length === 0) return;
    const whole = Buffer.concat(this.#held);
    this.#held = [];
    this.#outstanding = 0;
    emit('data', whole);
  }

  /** How many answers end in this chunk. */
  #readyIn(chunk: Buffer): number {
    const bytes = this.#head.length === 0 ? chunk : Buffer.concat([this.#head, chunk]);
    this.#head = Buffer.alloc(0);
    let ready = 0;
    let at = this.#skip;
    while (at + HEAD <= bytes.length) {
      // The length counts itself and not the kind.
      const end = at + 1 + bytes.readUInt32BE(at + 1);
      if (bytes[at] === READY_FOR_QUERY) {
        if (end > bytes.length) break;
        ready += 1;
      }
      at = end;
    }
    this.#skip = Math.max(0, at - bytes.length);
    if (at < bytes.length) this.#head = bytes.subarray(at);
    return ready;
  }
}
