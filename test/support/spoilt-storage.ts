import type { Storage } from '../../server/index.js';

/** A store of which some verbs do something else. */
export function spoil(storage: Storage, change: Partial<Storage>): Storage {
  return new Proxy(storage, {
    get(target, key): unknown {
      const verb: unknown = Reflect.get(change, key) ?? Reflect.get(target, key);
      // A verb that is a method looks for its private parts in the store itself.
      return typeof verb === 'function' ? (verb.bind(target) as unknown) : verb;
    },
  });
}
