import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import { Server } from 'socket.io';
import { LIMITS } from '#protocol';
import type { Timings } from '../config.js';
import type { Metrics } from '../metrics.js';
import type { Admission } from './admission.js';
import { gatherWrites } from './gathered-writes.js';
import type { ParleyIo } from './socket-types.js';

/** How long an address waits before it counts as gone: 10 s and 8 s pass the 60 s idle cut of hospital proxies (reliability 5, 6.10). */
const HEARTBEAT = { pingInterval: 10_000, pingTimeout: 8_000 };

interface Pending {
  address: string;
  release(): void;
}

/** Socket.IO with what reliability.md decided, and who is let near it. */
export function createIo(
  http: HttpServer | HttpsServer,
  parts: {
    admission: Admission;
    metrics: Metrics;
    origins: readonly string[];
    timings: Timings;
    admit: Parameters<typeof wireAdmission>[1];
  },
): ParleyIo {
  const { admission, metrics, origins, timings } = parts;
  const io: ParleyIo = new Server(http, {
    ...HEARTBEAT,
    connectTimeout: timings.connect,
    upgradeTimeout: timings.connect,
    maxHttpBufferSize: LIMITS.frameBytes,
    perMessageDeflate: false,
    httpCompression: false,
    serveClient: false,
    allowEIO3: false,
    // For long polling from the hosts' pages. It protects nothing: `allowRequest` does (attack 14).
    cors: { origin: [...origins], methods: ['GET', 'POST'] },
    allowRequest(request, decide) {
      const reason = admission.refuses(request);
      if (reason) metrics.authenticationFailures.inc({ reason });
      decide(reason, reason === null);
    },
  });
  // Otherwise whoever answers no close keeps the connection for half a minute more (attacks 16, 17). Engine.IO has no option for it, and
  // makes its WebSocket server anew when the port is open.
  http.on('listening', () => {
    (io.engine as unknown as { ws: { options: { closeTimeout: number } } }).ws.options.closeTimeout = timings.close;
  });
  // So does whoever polls no more; a WebSocket knows nothing of this property.
  io.engine.on('connection', ({ transport }: { transport: { closeTimeout?: number } }) => (transport.closeTimeout = timings.close));
  // Engine.IO asks `allowRequest` about handshakes only; what follows one names it by its sid (attack 19).
  io.engine.use((request: IncomingMessage, _response: unknown, next: (error?: Error) => void) => {
    const isForeign = /[?&]sid=/.test(request.url ?? '') && admission.isForeign(request);
    if (isForeign) metrics.authenticationFailures.inc({ reason: 'origin' });
    next(isForeign ? new Error('origin') : undefined);
  });
  // Long polling answers without express; no page is meant to take its answers for anything else either.
  io.engine.on('headers', (headers: Record<string, string>) => (headers['X-Content-Type-Options'] = 'nosniff'));
  wireAdmission(io, parts.admit, admission);
  gatherWrites(io);
  return io;
}

function wireAdmission(
  io: ParleyIo,
  admit: (socket: Parameters<Parameters<ParleyIo['use']>[0]>[0], address: string) => Promise<void>,
  admission: Admission,
): void {
  const pending = new WeakMap<object, Pending>();
  io.engine.on(
    'connection',
    (connection: { request: Parameters<Admission['addressOf']>[0] | null; once(event: 'close', listener: () => void): void }) => {
      if (!connection.request) return;
      const address = admission.addressOf(connection.request);
      const release = admission.pending(address);
      pending.set(connection, { address, release });
      connection.once('close', release);
      // The request and its headers are not needed again, and would be kept as long as the connection.
      connection.request = null;
    },
  );
  io.use((socket, next) => {
    const known = pending.get(socket.conn);
    admit(socket, known?.address ?? '').then(
      () => {
        known?.release();
        next();
      },
      (error: unknown) => next(error instanceof Error ? withWireData(error) : new Error('refused')),
    );
  });
}

/** Socket.IO sends the message and `data` of the error, and nothing else of it. */
function withWireData(error: Error & { toWire?: () => unknown }): Error {
  return error.toWire ? Object.assign(new Error(error.message), { data: error.toWire() }) : new Error('refused');
}
