import type { Parley, ParleyOptions } from './api.js';

/** Makes the client of one page. It does not connect by itself: `connect()` does. */
export function createParley(options: ParleyOptions): Parley {
  throw new Error(`not connected to ${options.server}`);
}
