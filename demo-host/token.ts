import { mintToken } from 'parley-chat/server';
import type { DemoPerson } from './people.js';

/** A token as the demo's back end gives it to the page of a signed-in person. */
export function tokenFor(person: DemoPerson, secret: string): Promise<string> {
  const { id, tenant, name, title, organisation, initiate } = person;
  // Said only of those who have the right: a token that says no would hold under every policy.
  return mintToken({ secret, sub: id, tenant, name, title, organisation, ...(initiate ? { initiate } : {}) });
}
