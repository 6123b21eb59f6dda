import type { OpenPipe } from './pipe.js';

/** A frame is a packet. Browsers let nobody add headers here. */
export const openWebSocket: OpenPipe = (address, _headers, listener) => {
  address.protocol = address.protocol.replace('http', 'ws');
  const socket = new WebSocket(address);
  socket.onmessage = ({ data }) => listener.packet(data);
  // Comes after every error too.
  socket.onclose = () => listener.closed();
  return { write: (text) => socket.send(text), close: () => socket.close() };
};
