import type { Handler } from './context.js';

export const setPresence: Handler<'presence:set'> = async ({ storage, publisher, presence }, caller, { availability, message }) => {
  const { tenant, user } = caller;
  const { settings, revision } = await storage.setAvailability(tenant, user, availability, message);
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
export const subscribePresence: Handler<'presence:subscribe'> = async ({ presence }, caller, { users }) => {
  caller.watch(users);
  const presences = await presence.of(caller.tenant, users);
  return { presences: [...presences].map(([user, now]) => ({ user, presence: now })) };
};

export const unsubscribePresence: Handler<'presence:unsubscribe'> = (_context, caller, { users }) => {
  caller.unwatch(users);
  return {};
};
