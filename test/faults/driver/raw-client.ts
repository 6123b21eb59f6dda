import type { Answer, CommandInput, CommandName, CommandReply } from '#protocol';
import { PROTOCOL_VERSION } from '#protocol';
import { io, type Socket } from 'socket.io-client';
import { v4 } from 'uuid';

/** `TIMEOUT` and `DISCONNECTED` are our own: the outcome is not known. */
export interface Refused {
  code: string;
  retryAfterMs?: number;
}

export class RefusedError extends Error {
  readonly code: string;

  constructor(name: string, { code }: Refused) {
    super(`${name}: ${code}`);
    this.code = code;
  }
}

export const UNKNOWN_OUTCOMES: ReadonlySet<string> = new Set(['TIMEOUT', 'DISCONNECTED', 'UNAVAILABLE', 'INTERNAL', 'RATE_LIMITED']);

/** One connection that speaks the protocol by hand and does nothing by itself. */
export class RawClient {
  readonly user: string;
  readonly socket: Socket;
  /** Everything that arrives: events, and answers under `answer <command>`. */
  onFrame: (name: string, payload: unknown) => void = () => undefined;

  private constructor(url: string, user: string, token: string, more: object) {
    this.user = user;
    this.socket = io(url, {
      forceNew: true,
      reconnection: false,
      transports: ['websocket'],
      timeout: 5_000,
      auth: { token, protocol: PROTOCOL_VERSION, device: v4(), ...more },
    });
    this.socket.onAny((name: string, payload: unknown) => this.onFrame(name, payload));
  }

  /**
   * Resolves at `session:started`.
   *
   * @throws Error with the code of the refusal, or of the connection.
   */
  static async connect(
    url: string,
    user: string,
    token: string,
    { auth = {}, onFrame }: { auth?: object; onFrame?: RawClient['onFrame'] } = {},
  ): Promise<RawClient> {
    const client = new RawClient(url, user, token, auth);
    if (onFrame) client.onFrame = onFrame;
    await new Promise<void>((resolve, reject) => {
      const refuse = (code: string): void => {
        clearTimeout(timer);
        client.close();
        reject(new RefusedError('connect', { code }));
      };
      // A node that is held still takes the connection and says nothing.
      const timer = setTimeout(() => refuse('TIMEOUT'), 6_000);
      client.socket.once('session:started', () => {
        clearTimeout(timer);
        resolve();
      });
      client.socket.once('connect_error', (error: Error & { data?: { code?: string } }) => refuse(error.data?.code ?? 'DISCONNECTED'));
      client.socket.once('disconnect', () => refuse('DISCONNECTED'));
    });
    return client;
  }

  get connected(): boolean {
    return this.socket.connected;
  }

  async answer<N extends CommandName>(
    name: N,
    payload: CommandInput<N>,
    within = 10_000,
  ): Promise<Answer<CommandReply<N>> | { ok: false; error: Refused }> {
    if (!this.socket.connected) return { ok: false, error: { code: 'DISCONNECTED' } };
    try {
      const answer = (await this.socket.timeout(within).emitWithAck(name, { as: this.user, ...payload })) as Answer<CommandReply<N>>;
      this.onFrame(`answer ${name}`, answer);
      return answer;
    } catch {
      return { ok: false, error: { code: this.socket.connected ? 'TIMEOUT' : 'DISCONNECTED' } };
    }
  }

  /** @throws RefusedError */
  async ask<N extends CommandName>(name: N, payload: CommandInput<N>): Promise<CommandReply<N>> {
    const answer = await this.answer(name, payload);
    if (!answer.ok) throw new RefusedError(name, answer.error);
    return answer.data;
  }

  close(): void {
    this.socket.disconnect();
  }
}
