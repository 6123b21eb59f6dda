import type { Revocations } from '../storage/revocation-storage.js';
import type { PolicyBook } from './policy-book.js';
import type { RoomKeeper } from './room-keeper.js';
import type { Session } from './session.js';

export interface RevokerParts {
  policies: Pick<PolicyBook, 'refresh'>;
  rooms: Pick<RoomKeeper, 'align' | 'holds'>;
  /** As an auditor too. */
  everySessionOf: (tenant: string, user: string) => readonly Session[];
  tellPeople: (tenant: string, users: readonly string[]) => void;
}

/**
 * What the store says of who may do less, done to the connections of this node. Usually a hint of another node did it already, and all of
 * it may be done again.
 */
export function revoker({ policies, rooms, everySessionOf, tellPeople }: RevokerParts): (revocations: Revocations) => Promise<void> {
  return async ({ users, members, people, tenants }) => {
    for (const { tenant, user, at } of users)
      for (const session of everySessionOf(tenant, user)) if (session.issuedAt <= at) session.end('revoked');
    const stayed = members.filter(({ tenant, conversation, user }) => rooms.holds(tenant, user, conversation));
    for (const { tenant, user } of people) tellPeople(tenant, [user]);
    for (const tenant of new Set(tenants)) policies.refresh(tenant);
    // Nothing is told to anybody who is still where they may not be.
    await Promise.all(stayed.map(({ tenant, user }) => rooms.align(tenant, user)));
  };
}
