import type { CommandInput, CommandName, CommandReply } from './commands.js';
import type { WireError } from './errors.js';
import type { EventName, EventPayload } from './events.js';

/** The answer to every command. */
export type Answer<T> = { ok: true; data: T } | { ok: false; error: WireError };

/** Every frame names the user it was written for; the server refuses it when somebody else is signed in (reliability 1.2). */
export type Frame<P> = P & { as: string };

/** Socket.IO's map of what clients emit. */
export type ClientToServerEvents = {
  [N in CommandName]: (payload: Frame<CommandInput<N>>, acknowledge: (answer: Answer<CommandReply<N>>) => void) => void;
};

/** Socket.IO's map of what the server emits. */
export type ServerToClientEvents = { [N in EventName]: (payload: EventPayload<N>) => void };
