import type { Handler } from './context.js';

export const setPresence: Handler<'presence:set'> = async (context, caller, { availability, message }) => {
  const { storage, publisher, presence, typing } = context;
  const { tenant, user } = caller;
  const { settings, revision, disturbance } = await storage.inNameOf(caller).setAvailability(tenant, user, availability, message);
  if (disturbance) {
    if (disturbance.held) typing.gone(tenant, user);
    publisher.disturbanceChanged(tenant, user, revision, disturbance);
  }
  // The answer tells this device the revision.
  publisher.stateChanged(tenant, user, revision, { type: 'settings', settings }, caller);
  presence.choose(tenant, user, availability, message);
  return { settings, revision };
};

export const reportActivity: Handler<'presence:report'> = ({ presence }, caller, { active }) => {
  presence.reportActivity(caller, active);
  return {};
};

/** Watches before it reads, so that a change in between is told twice and never missed. */
export const subscribePresence: Handler<'presence:subscribe'> = async ({ storage, presence }, caller, { users }) => {
  const { tenant, user: viewer, policies } = caller;
  const consenting = async () => new Set([viewer, ...(await storage.mutualContacts(tenant, viewer, users))]);
  const open = policies.presence === 'open';
  const watched = open ? users : [...(await consenting())].filter((user) => users.includes(user));
  caller.watch(watched);
  // Asked again once the watching has begun: a consent that ends from now on ends the watching too (B34).
  const [presences, seen] = await Promise.all([presence.of(tenant, users), open ? new Set(users) : consenting()]);
  caller.unwatch(watched.filter((user) => !seen.has(user)));
  return {
    presences: [...presences].map(([user, now]) => ({
      user,
      presence: seen.has(user) || now.availability === 'unknown' ? now : presence.hidden(),
    })),
  };
};

export const unsubscribePresence: Handler<'presence:unsubscribe'> = (_context, caller, { users }) => {
  caller.unwatch(users);
  return {};
};
