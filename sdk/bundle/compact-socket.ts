import type { OpenTransport } from '../transport/transport.js';
import type { Pipe } from './pipe.js';
import { openWebSocket } from './websocket-pipe.js';

/** By the packet's type, whether its content can be that type's. */
const FITS: readonly ((content: unknown) => boolean)[] = [
  (content) => content === undefined || isObject(content),
  (content) => content === undefined,
  (content) => Array.isArray(content) && typeof content[0] === 'string',
  Array.isArray,
  (content) => isObject(content) || typeof content === 'string',
];

/**
 * What the bundle for hosts puts in the place of transport/socket-transport.ts: the part of Socket.IO 4's wire protocol (Engine.IO
 * protocol 4, Socket.IO protocol 5) that a plain pipe needs, which saves 9.9 kB gzip at load (measured in the bundle).
 * One namespace, text only, no upgrade, no reconnection. Whoever installs the package gets socket.io-client itself.
 * test/sdk/bundle/compact-socket.test.ts holds the two to the same behaviour against a real server and against a faulty one.
 */
export const openSocket: OpenTransport = ({ server, handshake, transport, headers = {} }, listener) => {
  const acknowledgements = new Map<string, (answer: unknown) => void>();
  let pipe: Pipe | undefined;
  let opened = false;
  let connected = false;
  let over = false;
  let commands = 0;
  let heartbeat = 0;
  let deadline = Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const close = () => {
    if (over) return;
    over = true;
    clearTimeout(timer);
    globalThis.removeEventListener?.('offline', offline);
    if (connected) pipe?.write('41');
    pipe?.close();
  };
  const last = (tell: () => void) => {
    if (over) return;
    close();
    tell();
  };
  const lost = (cause: string) => last(() => listener.closed(cause));
  // A browser tells at once what the heartbeat tells half a minute later; this machine is reached without a network.
  const offline = () => void (new URL(server, globalThis.location?.href).hostname !== 'localhost' && opened && lost('transport close'));

  async function begin(): Promise<void> {
    try {
      const open = transport === 'websocket' ? openWebSocket : (await import('./polling-pipe.js')).openPolling;
      if (over) return;
      const address = new URL('/socket.io/', new URL(server, globalThis.location?.href));
      address.search = `EIO=4&transport=${transport}`;
      pipe = open(address, headers, {
        packet: (packet) => over || read(packet),
        closed: (status) => (opened ? lost('transport close') : last(() => listener.refused(undefined, status))),
      });
    } catch {
      last(() => listener.refused(undefined));
    }
  }

  function read(packet: unknown): void {
    let act: () => void;
    try {
      act = understand(packet);
    } catch {
      act = () => lost('parse error');
    }
    act();
  }

  /** What a packet asks for; throws when it is none. */
  function understand(packet: unknown): () => void {
    if (typeof packet !== 'string') throw new TypeError('binary');
    const content = packet.slice(1);
    if (packet[0] === '0') return shakeHands(JSON.parse(content) as { pingInterval: number; pingTimeout: number });
    if (packet[0] === '1') return () => lost('transport close');
    if (packet[0] === '2') return answerPing;
    if (packet[0] === '4') return message(content);
    // Pong, upgrade, nothing: not said to a client like this, and harmless.
    if (/^[356]/.test(packet)) return () => {};
    throw new TypeError('unknown');
  }

  function shakeHands({ pingInterval, pingTimeout }: { pingInterval: number; pingTimeout: number }): () => void {
    return () => {
      opened = true;
      listener.opened();
      heartbeat = pingInterval + pingTimeout;
      listen();
      pipe?.write(`40${JSON.stringify(handshake)}`);
    };
  }

  function answerPing(): void {
    pipe?.write('3');
    listen();
  }

  function listen(): void {
    clearTimeout(timer);
    deadline = Date.now() + heartbeat;
    timer = setTimeout(() => lost('ping timeout'), heartbeat);
  }

  function message(packet: string): () => void {
    const [, type = '-', namespace, id = '', json] = /^([0-4])(\/[^,]*,?)?(\d*)(.*)$/s.exec(packet) ?? [];
    const content: unknown = json ? JSON.parse(json) : undefined;
    if (!FITS[Number(type)]?.(content)) throw new TypeError('another shape');
    const { sid, data, 0: first, 1: second } = (content ?? {}) as Record<string, unknown>;
    return () => {
      if (namespace) return;
      if (type === '0' && sid) connected = true;
      else if (type === '0' || type === '4') last(() => listener.refused(data));
      else if (type === '1') lost('io server disconnect');
      else if (type === '2') listener.event(first as string, second);
      else {
        const acknowledge = acknowledgements.get(id);
        acknowledgements.delete(id);
        acknowledge?.(first);
      }
    };
  }

  globalThis.addEventListener?.('offline', offline);
  void begin();
  return {
    get connected() {
      return connected && !over;
    },
    send(name, frame, acknowledge) {
      if (!connected || over) return;
      // Timers stand still while the device sleeps: what is said first after it finds out.
      if (Date.now() > deadline) return queueMicrotask(() => lost('ping timeout'));
      acknowledgements.set(String(++commands), acknowledge);
      pipe?.write(`42${commands}${JSON.stringify([name, frame])}`);
    },
    close,
  };
};

function isObject(content: unknown): boolean {
  return typeof content === 'object' && content !== null && !Array.isArray(content);
}
