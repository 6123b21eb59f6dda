import type { ParleyIo } from './socket-types.js';
import { textFrames } from './text-frames.js';
import type { Packet } from './text-frames.js';

/** What Engine.IO's connection shows of itself, as far as it is used here. */
interface Connection {
  readonly transport: Transport;
  on(event: 'packetCreate', listener: () => void): void;
}

interface Transport {
  readonly name: string;
  writable: boolean;
  send(packets: readonly Packet[]): void;
  emit(event: 'ready'): void;
  /** What Engine.IO does when the last of the packets is written. */
  readonly _onSentLast?: (error?: Error | null) => void;
  /** The WebSocket of ws, with the TCP connection below it. */
  readonly socket?: {
    readonly readyState: number;
    readonly _socket?: { cork(): void; uncork(): void; write(bytes: Uint8Array, done: (error?: Error | null) => void): void } | null;
  };
}

const OPEN = 1;

/**
 * Lets everything that one turn of the event loop says on a connection leave in one write. Messages that shared a commit are answered
 * and fanned out in one turn; a system call for each frame was the largest cost of both (three for a message between two, one for each
 * copy in a room: measured, a copy costs a third of it without).
 *
 * Engine.IO keeps packets while its transport is not writable and sends them when it is ready again, which is what happens here at the
 * end of the turn. Long polling gathers by itself.
 */
export function gatherWrites(io: ParleyIo): void {
  io.engine.on('connection', (connection: Connection) => {
    let gathering = false;
    connection.on('packetCreate', () => {
      const { transport } = connection;
      if (gathering || transport.name !== 'websocket' || !transport.writable) return;
      gathering = true;
      transport.writable = false;
      setImmediate(() => {
        gathering = false;
        if (!Object.hasOwn(transport, 'send')) sendInOnePiece(transport);
        transport.writable = true;
        transport.emit('ready');
      });
    });
  });
}

/**
 * Texts go to the TCP connection in one piece. Through ws each frame is several objects, and two entries in the list of what is to be
 * written: together a tenth of what a message cost the event loop (measured). What is no text goes its own way.
 */
function sendInOnePiece(transport: Transport): void {
  const send = transport.send.bind(transport);
  transport.send = (packets) => {
    const { socket, _onSentLast: sent } = transport;
    const stream = socket?._socket;
    const frames = stream && sent && socket.readyState === OPEN ? textFrames(packets) : undefined;
    if (stream && sent && frames) {
      transport.writable = false;
      stream.write(frames, sent);
      return;
    }
    stream?.cork();
    send(packets);
    // After the frames that encoding puts off to the end of the tick.
    process.nextTick(() => stream?.uncork());
  };
}
