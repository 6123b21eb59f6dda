import { commands, isErrorCode, ParleyError, TIMES } from '#protocol';
import type { CommandInput, CommandName, CommandReply } from '#protocol';
import type { Environment } from '../environment.js';
import type { Transport } from './transport.js';

/** The commands that wait for their answer on one transport. Each settles exactly once. */
export class Calls {
  readonly #pending = new Set<(error: ParleyError) => void>();
  readonly #environment: Environment;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  send<N extends CommandName>(transport: Transport, as: string, name: N, payload: CommandInput<N>): Promise<CommandReply<N>> {
    return new Promise((resolve, reject) => {
      const settle = () => {
        this.#pending.delete(fail);
        stop();
      };
      const fail = (error: ParleyError) => {
        settle();
        reject(error);
      };
      const stop = this.#environment.later(TIMES.acknowledgement, () => fail(new ParleyError('TIMEOUT')));
      this.#pending.add(fail);
      transport.send(name, { as, ...payload }, (answer) => {
        if (!this.#pending.has(fail)) return;
        try {
          const reply = read(name, answer);
          settle();
          resolve(reply);
        } catch (error) {
          fail(error instanceof ParleyError ? error : new ParleyError('INTERNAL', 'the answer has another shape'));
        }
      });
    });
  }

  /** Nobody will answer these any more. */
  failAll(error: ParleyError): void {
    for (const fail of [...this.#pending]) fail(error);
  }
}

/** A refusal as the wire carries it; a code that this version does not know is an `INTERNAL`. */
export function readError(value: unknown): ParleyError {
  const { code, message, retryAfterMs } = (value ?? {}) as { code?: unknown; message?: unknown; retryAfterMs?: unknown };
  return new ParleyError(
    isErrorCode(code) ? code : 'INTERNAL',
    typeof message === 'string' ? message : undefined,
    typeof retryAfterMs === 'number' && retryAfterMs > 0 ? retryAfterMs : undefined,
  );
}

function read<N extends CommandName>(name: N, answer: unknown): CommandReply<N> {
  const { ok, data, error } = (answer ?? {}) as { ok?: unknown; data?: unknown; error?: unknown };
  if (ok !== true) throw readError(error);
  return commands[name].reply.parse(data) as CommandReply<N>;
}
