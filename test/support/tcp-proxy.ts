import { once } from 'node:events';
import net from 'node:net';

/** A wire that can be cut: it passes bytes to a port of this machine until a test says otherwise. */
export interface TcpProxy {
  readonly port: number;
  /** Where new connections lead; a server that was started again has another port. */
  target: number;
  /** Breaks the connections there are. New ones pass. */
  cut(): void;
  /** Breaks the connections there are and refuses new ones, as a dead process does. */
  close(): Promise<void>;
  /** After `close`: takes connections again, at the same port. */
  open(): Promise<void>;
}

export async function tcpProxy(target: number): Promise<TcpProxy> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((inside) => {
    const outside = net.connect(proxy.target, '127.0.0.1');
    for (const [socket, other] of [
      [inside, outside],
      [outside, inside],
    ] as const) {
      sockets.add(socket);
      socket.pipe(other);
      // An error is followed by close, which is all that matters here.
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
  });
  const listen = async (port: number): Promise<void> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  await listen(0);
  const { port } = server.address() as net.AddressInfo;

  const proxy: TcpProxy = {
    port,
    target,
    cut: () => sockets.forEach((socket) => socket.destroy()),
    async close() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      proxy.cut();
      await closed;
    },
    open: () => listen(port),
  };
  return proxy;
}
