import type { Cluster } from '../cluster/cluster.js';
import type { Logger } from '../logger.js';
import type { Storage } from '../storage/storage.js';
import type { HeadsDigest } from './heads-digest.js';
import type { PolicyBook } from './policy-book.js';
import type { RevocationWatch } from './revocation-watch.js';
import type { Session } from './session.js';
import type { ParleyIo } from './socket-types.js';

export interface ChangeParts {
  io: ParleyIo;
  cluster: Cluster;
  storage: Storage;
  policies: PolicyBook;
  digest: HeadsDigest;
  sessionsOf: (tenant: string, user: string) => Iterable<Session>;
  logger: Logger;
  watch: Pick<RevocationWatch, 'look'>;
}

/**
 * Lets what the host changes hold for the connections that are open: policies, entries of the directory, deactivation. Gives what tells
 * these people that the directory says something else of them.
 */
export function watchChanges({
  io,
  cluster,
  storage,
  policies,
  digest,
  sessionsOf,
  logger,
  watch,
}: ChangeParts): (tenant: string, users: readonly string[]) => void {
  policies.onChange((tenant, before, now) => {
    for (const { data } of io.sockets.sockets.values()) {
      if (data.session.tenant !== tenant) continue;
      // Who may be watched is another question now; the client asks it again.
      if (before.policies.presence !== now.policies.presence) data.session.unwatchAll();
      data.session.changed();
    }
    // The state that people are shown has another revision where the change concerns it: they hear of it now and not with the next digest.
    void digest.hurry();
  });

  cluster.onNotice((notice) => {
    // The store has it: this node acts on it as on what no other node told it.
    if (notice.type === 'revoked') watch.look().catch(() => undefined);
    if (notice.type === 'people') tell(notice.tenant, notice.users);
  });

  function tell(tenant: string, users: readonly string[]): void {
    tellPeople(tenant, users).catch((error: unknown) => logger.warn({ err: error }, 'a changed person was not told'));
  }

  async function tellPeople(tenant: string, users: readonly string[]): Promise<void> {
    const here = users.filter((user) => !isEmpty(sessionsOf(tenant, user)));
    if (here.length === 0) return;
    for (const record of await storage.personRecords(tenant, here))
      for (const session of sessionsOf(tenant, record.person.id)) if (session.know(record)) session.changed();
  }

  return tell;
}

function isEmpty(things: Iterable<unknown>): boolean {
  for (const _thing of things) return false;
  return true;
}
