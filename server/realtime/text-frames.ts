/** A packet of Engine.IO, as far as it is used here. */
export interface Packet {
  readonly type: string;
  readonly data?: unknown;
  /** The frame, where it is the same for many connections: its header and what follows. */
  readonly options?: { readonly wsPreEncodedFrame?: readonly Uint8Array[] };
}

/** The last and only frame of a text (RFC 6455, 5.2). */
const TEXT = 0x81;
/** Says that the length follows in two bytes. */
const TWO_BYTES = 126;
const LONGEST = 0xffff;
/** How Engine.IO begins a message. */
const MESSAGE = '4'.charCodeAt(0);

/**
 * Messages as a WebSocket carries them to a client, in one piece: neither masked nor compressed. Undefined when there is anything else among
 * them, or one that needs a longer header.
 */
export function textFrames(packets: readonly Packet[]): Buffer | undefined {
  let size = 0;
  for (const packet of packets) {
    const length = lengthOf(packet);
    if (length > LONGEST) return undefined;
    size += length + headerOf(length);
  }
  const whole = Buffer.allocUnsafe(size);
  let end = 0;
  for (const packet of packets) end += write(packet, whole, end);
  return whole.subarray(0, end);
}

/** Of what stands behind the header. */
function lengthOf({ type, data, options }: Packet): number {
  if (type !== 'message' || typeof data !== 'string') return Infinity;
  return options?.wsPreEncodedFrame?.[1]?.length ?? Buffer.byteLength(data) + 1;
}

function headerOf(length: number): number {
  return length < TWO_BYTES ? 2 : 4;
}

function write({ data, options }: Packet, whole: Buffer, start: number): number {
  let end = start;
  if (options?.wsPreEncodedFrame) {
    for (const part of options.wsPreEncodedFrame) {
      whole.set(part, end);
      end += part.length;
    }
    return end - start;
  }
  const text = data as string;
  const length = Buffer.byteLength(text) + 1;
  whole[end] = TEXT;
  whole[end + 1] = length < TWO_BYTES ? length : TWO_BYTES;
  end += 2;
  if (length >= TWO_BYTES) end = whole.writeUInt16BE(length, end);
  whole[end] = MESSAGE;
  return end + 1 + whole.write(text, end + 1) - start;
}
