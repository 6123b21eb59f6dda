import { ParleyError } from '../../protocol/errors.js';
import { originOf, type BridgePort } from './bridge-port.js';
import { BRIDGE_VERSION } from './messages.js';

/**
 * The way to the page around this one, or to the one that opened it. What is posted before the other side has given a port is said to the
 * window, to these origins only; from then on everything goes over the port, where nobody else can speak.
 */
export function outerWindowPort(given: readonly string[], outer: Window | null): BridgePort {
  const origins = given.map(originOf);
  if (origins.length === 0) throw new ParleyError('INVALID', 'no origin is allowed');
  if (!outer || outer === window) throw new ParleyError('INVALID', 'there is no page around this one');
  let port: MessagePort | null = null;
  let stop = (): void => {};
  const again = (): void => {
    port?.close();
    port = null;
  };
  return {
    post(message) {
      if (port) port.postMessage(message);
      else for (const origin of origins) outer.postMessage(message, origin);
    },
    listen(heard) {
      const received = ({ source, origin, data, ports: [offered] }: MessageEvent<unknown>): void => {
        if (source !== outer || !origins.includes(origin) || !offered || !isOffer(data)) return;
        port?.close();
        port = offered;
        port.onmessage = (event: MessageEvent<unknown>) => heard(event.data);
      };
      window.addEventListener('message', received);
      stop = () => window.removeEventListener('message', received);
      return stop;
    },
    again,
    close() {
      stop();
      again();
    },
  };
}

function isOffer(data: unknown): boolean {
  return (
    typeof data === 'object' &&
    data !== null &&
    Object.hasOwn(data, 'parley') &&
    (data as { parley: unknown }).parley === BRIDGE_VERSION &&
    Object.hasOwn(data, 'type') &&
    (data as { type?: unknown }).type === 'port'
  );
}
