import { RecentMap } from './recent-map.js';
import { userKey } from './rooms.js';

/** Users whose last change is remembered. */
const REMEMBERED = 20_000;

/**
 * The newest change of each user that this node was told of. A node hears itself at once and the others through Redis, so what two of them
 * committed one after the other may come the other way round, and who comes last must not win.
 */
export class Latest {
  readonly #revisions = new RecentMap<string, number>(REMEMBERED);

  /** Whether a newer change of the user was told already. */
  isLate(tenant: string, user: string, revision: number): boolean {
    const key = userKey(tenant, user);
    if (revision < (this.#revisions.get(key) ?? 0)) return true;
    this.#revisions.set(key, revision);
    return false;
  }
}
