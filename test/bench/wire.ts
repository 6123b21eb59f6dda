import { WebSocket } from 'ws';

/**
 * Engine.IO and Socket.IO framing by hand: socket.io-client saturates before the server does, and would be what is measured.
 * `4` message, `0` connect / `2` event / `3` acknowledgement; Engine.IO's own `2` is a ping, `3` its answer.
 */
export class WireClient {
  readonly user: string;
  /** Called with the raw frame of every event but the first. */
  onEvent: (frame: string) => void = () => undefined;
  readonly #socket: WebSocket;
  readonly #answers = new Map<number, (frame: string) => void>();
  #next = 0;

  private constructor(user: string, socket: WebSocket) {
    this.user = user;
    this.#socket = socket;
  }

  /** Resolves at `session:started`. */
  static connect(url: string, user: string, auth: object): Promise<WireClient> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, { perMessageDeflate: false });
      const client = new WireClient(user, socket);
      socket.on('error', reject);
      socket.on('close', () => {
        reject(new Error('closed before it was ready'));
      });
      socket.on('message', (data: Buffer) => {
        const frame = data.toString();
        if (frame.startsWith('42')) {
          if (frame.startsWith('42["session:started"')) resolve(client);
          else client.onEvent(frame);
        } else if (frame.startsWith('43')) client.#answered(frame);
        else if (frame === '2') socket.send('3');
        else if (frame.startsWith('0')) socket.send(`40${JSON.stringify(auth)}`);
        else if (frame.startsWith('44')) reject(new Error(`refused: ${frame}`));
      });
    });
  }

  /** `payload` is JSON; `answered` gets the raw frame. */
  emit(name: string, payload: string, answered: (frame: string) => void): void {
    const id = this.#next++;
    this.#answers.set(id, answered);
    this.#socket.send(`42${String(id)}["${name}",${payload}]`);
  }

  async ask(name: string, payload: object): Promise<unknown> {
    const frame = await new Promise<string>((resolve) => {
      this.emit(name, JSON.stringify({ ...payload, as: this.user }), resolve);
    });
    const [answer] = JSON.parse(frame.slice(frame.indexOf('['))) as [{ ok: boolean; data?: unknown; error?: { code: string; message: string } }];
    if (!answer.ok) throw new Error(`${name}: ${String(answer.error?.code)} ${String(answer.error?.message)}`);
    return answer.data;
  }

  close(): void {
    this.onEvent = () => undefined;
    this.#socket.terminate();
  }

  #answered(frame: string): void {
    const id = Number.parseInt(frame.slice(2), 10);
    const answered = this.#answers.get(id);
    this.#answers.delete(id);
    answered?.(frame);
  }
}
