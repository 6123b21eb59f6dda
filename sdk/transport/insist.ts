import type { Observable } from 'rxjs';
import { ParleyError } from '#protocol';
import type { CommandInput, CommandName, CommandReply } from '#protocol';
import type { Wire } from '../stores/wire.js';
import { backoff } from './backoff.js';

/** A command that a person waits for is repeated so often before they are told. */
const ATTEMPTS = 5;

type Asking = Pick<Wire, 'command' | 'connected' | 'later' | 'random'> & { readonly state$: Observable<unknown> };

/** The same command with the same id until there is an answer (SPEC C5); offline from the start, the person hears at once. */
export async function insist<N extends CommandName>(wire: Asking, name: N, payload: CommandInput<N>): Promise<CommandReply<N>> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await wire.command(name, payload);
    } catch (error) {
      const offline = error instanceof ParleyError && error.code === 'OFFLINE' && attempt === 0 && !wire.connected;
      if (!(error instanceof ParleyError) || !error.retryable || offline || attempt + 1 >= ATTEMPTS) throw error;
      await pause(
        wire,
        backoff(attempt, () => wire.random(), error.retryAfterMs ?? 500),
      );
    }
  }
}

/** Or until the session ends: the next attempt then says so. */
function pause(wire: Asking, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const cancel = wire.later(ms, () => {
      ending.unsubscribe();
      resolve();
    });
    const ending = wire.state$.subscribe({ complete: () => (cancel(), resolve()) });
  });
}
