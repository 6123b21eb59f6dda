/**
 * WebSocket text frames (RFC 6455) as far as a load generator needs them: whole frames of less than 64 kB, nothing compressed. The mask
 * that a client must send is all zeros, which leaves the text as it is; that costs the generator nothing and the server the same.
 */
export function encodeFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  if (length > 65_535) throw new RangeError('a longer frame than this generator writes');
  const start = length < 126 ? 6 : 8;
  const frame = Buffer.alloc(start + length);
  frame[0] = 0x81;
  if (length < 126) frame[1] = 0x80 | length;
  else {
    frame[1] = 0x80 | 126;
    frame.writeUInt16BE(length, 2);
  }
  frame.write(text, start);
  return frame;
}

const TEXT = 0x1;
const CLOSE = 0x8;

/** Cuts a stream of bytes into the texts of its frames. */
export class FrameReader {
  #rest: Buffer = Buffer.alloc(0);

  /** Calls `take` with each whole text in order; gives false once the other side has closed. */
  read(chunk: Buffer, take: (text: string) => void): boolean {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let at = 0;
    let open = true;
    while (bytes.length - at >= 2) {
      const opcode = (bytes[at] ?? 0) & 0x0f;
      let length = (bytes[at + 1] ?? 0) & 0x7f;
      let start = at + 2;
      if (length === 126) {
        if (bytes.length - at < 4) break;
        length = bytes.readUInt16BE(at + 2);
        start = at + 4;
      } else if (length === 127) {
        if (bytes.length - at < 10) break;
        length = Number(bytes.readBigUInt64BE(at + 2));
        start = at + 10;
      }
      if (bytes.length - start < length) break;
      if (opcode === TEXT) take(bytes.toString('latin1', start, start + length));
      else if (opcode === CLOSE) open = false;
      at = start + length;
    }
    this.#rest = at === bytes.length ? Buffer.alloc(0) : bytes.subarray(at);
    return open;
  }
}
