import { io } from 'socket.io-client';
import type { OpenTransport } from './transport.js';

/**
 * Socket.IO as a plain pipe. Its reconnection, buffering, retries and recovery stay off: each of them has been seen to
 * carry one user's data into the next user's connection, or to run a command twice (reliability 1.1 - 1.3).
 */
export const openSocket: OpenTransport = ({ server, handshake, transport, headers }, listener) => {
  const socket = io(server, {
    forceNew: true,
    reconnection: false,
    transports: [transport],
    auth: handshake,
    ...(headers ? { extraHeaders: headers } : {}),
  });
  let over = false;
  const close = () => {
    over = true;
    socket.off();
    socket.offAny();
    socket.disconnect();
    // A socket that is still connecting keeps its engine open after `disconnect`.
    socket.io.engine?.close();
  };
  const last = (tell: () => void) => {
    if (over) return;
    close();
    tell();
  };
  socket.io.on('open', () => over || listener.opened());
  socket.onAny((name: string, payload: unknown) => over || listener.event(name, payload));
  socket.on('connect_error', (error: Error & { data?: unknown; description?: unknown }) =>
    last(() => listener.refused(error.data, typeof error.description === 'number' ? error.description : undefined)),
  );
  socket.on('disconnect', (cause) => last(() => listener.closed(cause)));
  return {
    get connected() {
      return !over && socket.connected;
    },
    send(name, frame, acknowledge) {
      socket.emit(name, frame, (answer: unknown) => over || acknowledge(answer));
    },
    close,
  };
};
