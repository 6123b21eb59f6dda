import type { Storage } from '../../server/index.js';

/** A store of which some verbs do something else. */
export function spoil(storage: Storage, change: Partial<Storage>): Storage {
  return new Proxy(storage, { get: (target, key): unknown => Reflect.get(change, key) ?? Reflect.get(target, key) });
}
