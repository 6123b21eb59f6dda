import type { ParleyIo } from './socket-types.js';

export interface ExpiryTimes {
  /** `session:expiring` goes out so long before the end. */
  notice: number;
  /** The connection is closed so long after the end. */
  grace: number;
  sweep: number;
}

/** Looks after the ends of all tokens with one timer: one for each connection would cost memory that idle connections do not need. */
export function watchExpiry(io: ParleyIo, times: ExpiryTimes, now: () => number): () => void {
  const timer = setInterval(() => {
    const moment = now();
    for (const socket of io.sockets.sockets.values()) {
      const { session } = socket.data;
      if (moment >= session.expiresAt + times.grace) session.end('expired');
      else if (!session.noticed && moment >= session.expiresAt - times.notice) session.expiring();
    }
  }, times.sweep);
  timer.unref();
  return () => clearInterval(timer);
}
