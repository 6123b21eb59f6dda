import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { encodeFrame, FrameReader } from './frames.js';

/** Who waits for an answer, told one of the two once. */
interface Waiting {
  name: string;
  /** Gets the raw frame. */
  answered: (frame: string) => void;
  failed: (error: Error) => void;
}

/**
 * Engine.IO and Socket.IO framing by hand on a plain connection. socket.io-client would saturate before the server does, and on two
 * cores every microsecond of the generator is taken from what is measured. `4` message, `0` connect / `2` event / `3` acknowledgement;
 * Engine.IO's own `2` is a ping, `3` its answer.
 */
export class WireClient {
  readonly user: string;
  /** Called with the raw frame of every event but the first. */
  onEvent: (frame: string) => void = () => undefined;
  /** The raw frame of `session:started`. */
  started = '';
  readonly #socket: Socket;
  readonly #waiting = new Map<number, Waiting>();
  #next = 0;

  private constructor(user: string, socket: Socket) {
    this.user = user;
    this.#socket = socket;
  }

  /** Resolves at `session:started`. */
  static connect(url: string, user: string, auth: object): Promise<WireClient> {
    return new Promise((resolve, reject) => {
      const { hostname, port, host } = new URL(url);
      const socket = connect({ host: hostname, port: Number(port), noDelay: true });
      const client = new WireClient(user, socket);
      const reader = new FrameReader();
      const take = (frame: string) => {
        if (frame.startsWith('42')) {
          if (frame.startsWith('42["session:started"')) {
            client.started = frame;
            resolve(client);
          } else client.onEvent(frame);
        } else if (frame.startsWith('43')) client.#answered(frame);
        else if (frame === '2') socket.write(encodeFrame('3'));
        else if (frame.startsWith('0')) socket.write(encodeFrame(`40${JSON.stringify(auth)}`));
        else if (frame.startsWith('44')) reject(new Error(`refused: ${frame}`));
      };
      let upgraded = false;
      socket.on('data', (chunk) => {
        let bytes = chunk;
        if (!upgraded) {
          const end = chunk.indexOf('\r\n\r\n');
          if (!chunk.subarray(0, 12).equals(Buffer.from('HTTP/1.1 101')) || end < 0) {
            reject(new Error(`no upgrade: ${chunk.toString('latin1', 0, 100)}`));
            return;
          }
          upgraded = true;
          bytes = chunk.subarray(end + 4);
        }
        if (!reader.read(bytes, take)) socket.destroy();
      });
      socket.on('error', reject);
      socket.on('close', () => {
        reject(new Error(`the connection of ${user} closed before it was ready`));
        client.#fail();
      });
      socket.write(
        `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
          `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`,
      );
    });
  }

  get open(): boolean {
    return !this.#socket.destroyed;
  }

  /** `payload` is JSON; `answered` gets the raw frame, `failed` that the connection closed first: nothing is waited for in vain. */
  emit(name: string, payload: string, answered: (frame: string) => void, failed: (error: Error) => void): void {
    const id = this.#next++;
    this.#waiting.set(id, { name, answered, failed });
    if (this.open) this.#socket.write(encodeFrame(`42${String(id)}["${name}",${payload}]`));
    else this.#fail();
  }

  async ask<T = unknown>(name: string, payload: object): Promise<T> {
    const frame = await this.#answerTo(name, JSON.stringify({ ...payload, as: this.user }));
    const [answer] = JSON.parse(frame.slice(frame.indexOf('['))) as [{ ok: boolean; data?: T; error?: { code: string; message: string } }];
    if (!answer.ok) throw new Error(`${name}: ${String(answer.error?.code)} ${String(answer.error?.message)}`);
    return answer.data as T;
  }

  /** How long an answer takes, in milliseconds, and what it is; nothing is parsed in between. */
  async time(name: string, payload: object): Promise<{ ms: number; frame: string }> {
    const text = JSON.stringify({ ...payload, as: this.user });
    const begin = performance.now();
    const frame = await this.#answerTo(name, text);
    const ms = performance.now() - begin;
    if (!frame.startsWith('[{"ok":true', frame.indexOf('['))) throw new Error(`${name}: ${frame.slice(0, 200)}`);
    return { ms, frame };
  }

  close(): void {
    this.onEvent = () => undefined;
    this.#socket.destroy();
  }

  #answerTo(name: string, payload: string): Promise<string> {
    return new Promise((resolve, reject) => this.emit(name, payload, resolve, reject));
  }

  #answered(frame: string): void {
    const id = Number.parseInt(frame.slice(2, 12), 10);
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    waiting?.answered(frame);
  }

  #fail(): void {
    const left = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { name, failed } of left) failed(new Error(`the connection of ${this.user} closed before ${name} was answered`));
  }
}
