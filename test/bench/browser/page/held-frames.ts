/**
 * What the server sends can be held back and given to the page when the measurement wants it: all within one task, as a page that was
 * frozen gets it, or each in a task of its own, as a socket gives it.
 */
export class HeldFrames {
  #holding = false;
  #frames: { socket: WebSocket; data: unknown }[] = [];
  #newest: WebSocket | null = null;

  constructor() {
    const opened = (socket: WebSocket): void => {
      this.#newest = socket;
      // Registered before whoever opens it can register anything: what is stopped here is seen by nobody.
      socket.addEventListener('message', (event) => {
        if (!this.#holding) return;
        event.stopImmediatePropagation();
        this.#frames.push({ socket, data: event.data as unknown });
      });
    };
    globalThis.WebSocket = class extends WebSocket {
      constructor(address: string | URL, protocols?: string | string[]) {
        super(address, protocols);
        opened(this);
      }
    };
  }

  /** How many frames of this event are held. */
  count(event: string): number {
    return this.#frames.filter(({ data }) => String(data).startsWith(`42["${event}"`)).length;
  }

  hold(): void {
    this.#holding = true;
  }

  /** As if the server had sent it, on the newest connection. */
  add(event: string, content: object): void {
    if (this.#newest !== null) this.#frames.push({ socket: this.#newest, data: `42${JSON.stringify([event, content])}` });
  }

  /** Resolves when the page has been given all of them. */
  release(tasks: 'one' | 'each'): Promise<void> {
    this.#holding = false;
    const frames = this.#frames;
    this.#frames = [];
    const give = ({ socket, data }: (typeof frames)[number]): void => void socket.dispatchEvent(new MessageEvent('message', { data }));
    return new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        if (tasks === 'one') for (const frame of frames.splice(0)) give(frame);
        const next = frames.shift();
        if (next !== undefined) give(next);
        if (frames.length > 0) return;
        port1.close();
        resolve();
      };
      for (let task = 0; task < Math.max(1, frames.length); task += 1) port2.postMessage(null);
    });
  }
}
