import type { ParleyIo } from './socket-types.js';

/**
 * Cuts connections whose client does not read: what waits for them would fill the memory, and the heartbeat takes 18 seconds to
 * notice (attack 73). The client comes back and catches up from the log.
 */
export function cutSlowConsumers(io: ParleyIo, mostFrames: number, every: number, onCut: () => void): () => void {
  const timer = setInterval(() => {
    for (const { conn } of io.sockets.sockets.values()) {
      const waiting = (conn as unknown as { readonly writeBuffer: readonly unknown[] }).writeBuffer.length;
      if (waiting <= mostFrames) continue;
      onCut();
      // Without waiting for what is not read.
      conn.close(true);
    }
  }, every);
  timer.unref();
  return () => clearInterval(timer);
}
