import { groups, mailboxes } from './groups.js';
import type { ParleyBackend, ServerScope } from './parley-backend.js';
import { peopleOf } from './people.js';
import { tenants } from './tenants.js';
import type { DemoTenant } from './tenants.js';

/** Tells the Parley server who there is, so that people can be found before they sign in for the first time, and each tenant's rules. */
export async function setUpTenants(backend: ParleyBackend): Promise<void> {
  await Promise.all(tenants.map((tenant) => setUp(backend, tenant)));
}

async function setUp(backend: ParleyBackend, { id, policies, predefined = [] }: DemoTenant): Promise<void> {
  const put = (scope: ServerScope, path: string, body: object) => backend.put(id, scope, path, body);
  // The rules first: nobody is let in for a moment where chat is off.
  await put('parley:policies', 'policies', policies);
  await backend.importUsers(id, peopleOf(id).map(directoryEntry));
  await put('parley:policies', 'predefined-messages', { messages: predefined.map((text) => ({ text })) });
  for (const { id: group, tenant, ...rest } of groups) if (tenant === id) await put('parley:directory', `groups/${group}`, rest);
  for (const { id: box, tenant, ...rest } of mailboxes) if (tenant === id) await put('parley:directory', `mailboxes/${box}`, rest);
}

function directoryEntry({ id, name, title, organisation, phone, email, chat }: ReturnType<typeof peopleOf>[number]) {
  return { id, name, title, organisation, phone, email, chat };
}
