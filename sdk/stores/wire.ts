import type { CommandInput, CommandName, CommandReply } from '#protocol';

/** What a store may ask of the connection of its session. After the session's end all of it is inert. */
export interface Wire {
  /** The signed-in user. */
  readonly user: string;
  /** Commands can be sent just now. */
  readonly connected: boolean;
  /** Rejects with a `ParleyError`: the server's code, `TIMEOUT`, `OFFLINE` or `SESSION_ENDED`. */
  command<N extends CommandName>(name: N, payload: CommandInput<N>): Promise<CommandReply<N>>;
  /** The same, repeated with the same id until there is an answer: for what a person waits for. */
  insist<N extends CommandName>(name: N, payload: CommandInput<N>): Promise<CommandReply<N>>;
  /** Runs `act` after `ms`, unless prevented by the function returned or by the session's end. */
  later(ms: number, act: () => void): () => void;
  /** UTC, ms. */
  now(): number;
  /** 0 <= n < 1 */
  random(): number;
}
