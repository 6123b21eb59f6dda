import type { ParleyIo } from './socket-types.js';

/** What Engine.IO's connection shows of itself, as far as it is used here. */
interface Connection {
  readonly transport: Transport;
  on(event: 'packetCreate', listener: () => void): void;
}

interface Transport {
  readonly name: string;
  writable: boolean;
  emit(event: 'ready'): void;
  /** The WebSocket of ws, with the TCP connection below it. */
  readonly socket?: { readonly _socket?: { cork(): void; uncork(): void } | null };
}

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
        const stream = transport.socket?._socket;
        stream?.cork();
        transport.writable = true;
        transport.emit('ready');
        // After the frames that encoding puts off to the end of the tick.
        process.nextTick(() => stream?.uncork());
      });
    });
  });
}
