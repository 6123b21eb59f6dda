import { once } from 'node:events';
import net from 'node:net';
import { Wire } from './wire.js';

/** A wire that can be cut: it passes bytes to a port of this machine until a test says otherwise. */
export interface TcpProxy {
  readonly port: number;
  /** Where new connections lead; a server that was started again has another port. */
  target: number;
  /** Where they lead when there are several servers: one after the other, and past those that refuse, as a balancer does it. */
  targets: readonly number[];
  /** The connections there are, in the order in which they were made; each can be treated for itself. */
  readonly wires: readonly Wire[];
  /** Asked about every new connection before its first byte passes. */
  onWire: (wire: Wire) => void;
  /** Breaks the connections there are. New ones pass. */
  cut(): void;
  /** Breaks the connections there are and refuses new ones, as a dead process does. */
  close(): Promise<void>;
  /** After `close`: takes connections again, at the same port. */
  open(): Promise<void>;
}

export async function tcpProxy(...targets: [number, ...number[]]): Promise<TcpProxy> {
  const wires = new Set<Wire>();
  let next = 0;
  const server = net.createServer({ pauseOnConnect: true }, (inside) => {
    inside.on('error', () => undefined);
    // Where the last connection did not lead: a client that comes back finds another server.
    next += 1;
    void reach(inside, proxy.targets, next).then((outside) => {
      if (!outside) return void inside.destroy();
      const wire = new Wire(inside, outside);
      wires.add(wire);
      wire.onClose = () => wires.delete(wire);
      proxy.onWire(wire);
      wire.start();
    });
  });
  const listen = async (port: number): Promise<void> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  await listen(0);
  const { port } = server.address() as net.AddressInfo;

  const proxy: TcpProxy = {
    port,
    targets,
    get target() {
      return this.targets[0] ?? 0;
    },
    set target(port: number) {
      this.targets = [port];
    },
    get wires() {
      return [...wires];
    },
    onWire: () => undefined,
    cut: () => wires.forEach((wire) => wire.cut()),
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

/** The first of the servers that takes the connection, from the one whose turn it is on. */
async function reach(inside: net.Socket, targets: readonly number[], turn: number): Promise<net.Socket | null> {
  for (let tried = 0; tried < targets.length && !inside.destroyed; tried += 1) {
    const outside = net.connect(targets[(turn + tried) % targets.length] ?? 0, '127.0.0.1').pause();
    const there = await once(outside, 'connect').then(
      () => true,
      () => false,
    );
    // An error is followed by close, which is all that matters from here on.
    outside.on('error', () => undefined);
    if (there) return outside;
  }
  return null;
}
