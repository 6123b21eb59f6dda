import { ParleyError, groupId, userId } from '#protocol';
import { AUDIT_ACTS } from '../storage/audit-storage.js';
import type { DirectoryPerson } from '../storage/directory-storage.js';
import { changedOutput, groupInput, importInput, mailboxInput, nothing, personInput, personOutput, revokeInput } from './rest-schemas.js';
import { route } from './route.js';
import type { RestServices, Route } from './route.js';

const scope = 'parley:directory';

/** The host's back end keeps the directory current: people can be found and invited before they signed in for the first time. */
export const directoryRoutes: readonly Route[] = [
  route({
    method: 'put',
    path: '/users/{id}',
    scope,
    summary: 'Adds a person or replaces them; who was deactivated is active again.',
    id: userId,
    body: personInput,
    reply: changedOutput,
    act: (services, { tenant, id, body }) => put(services, tenant, [{ ...body, id }]),
  }),
  route({
    method: 'get',
    path: '/users/{id}',
    scope,
    summary: 'What the directory says of a person.',
    id: userId,
    reply: personOutput,
    async act({ storage }, { tenant, id }) {
      const [record] = await storage.personRecords(tenant, [id]);
      if (!record) throw new ParleyError('NOT_FOUND');
      return { user: { ...record.person, initiate: record.initiate, active: record.active } };
    },
  }),
  route({
    method: 'delete',
    path: '/users/{id}',
    scope,
    summary: 'Deactivates a person: signed out at once, found no more, and added nowhere. What they said stays.',
    id: userId,
    reply: nothing,
    async act({ storage, cluster }, { tenant, by, id }) {
      const record = { act: AUDIT_ACTS.userDeactivated, by, subject: { user: id } };
      if (!(await storage.deactivatePerson(tenant, id, record))) throw new ParleyError('NOT_FOUND');
      cluster.announce({ type: 'revoked', tenant, users: [id] });
      return {};
    },
  }),
  route({
    method: 'post',
    path: '/users/{id}/revoke',
    scope,
    summary: 'Refuses every token of a person that was issued until now and closes their connections; with a new token they may come back.',
    id: userId,
    body: revokeInput,
    reply: nothing,
    async act({ storage, cluster }, { tenant, by, id, body }) {
      const second = body?.operator === undefined ? undefined : ({ kind: 'operator', id: body.operator } as const);
      await storage.revokeUser(tenant, id, { act: AUDIT_ACTS.userRevoked, by, second, subject: { user: id } });
      cluster.announce({ type: 'revoked', tenant, users: [id] });
      return {};
    },
  }),
  route({
    method: 'post',
    path: '/users/import',
    scope,
    summary: 'Adds or replaces up to 1,000 people, all or none: one wrong person refuses the import and the answer says which.',
    body: importInput,
    reply: changedOutput,
    act: (services, { tenant, body }) => put(services, tenant, body.users),
  }),
  route({
    method: 'put',
    path: '/groups/{id}',
    scope,
    summary: 'Adds a team, or the people of a resource, or replaces it.',
    id: groupId,
    body: groupInput,
    reply: nothing,
    async act({ storage }, { tenant, id, body }) {
      await storage.putGroup(tenant, { ...body, id });
      return {};
    },
  }),
  route({
    method: 'delete',
    path: '/groups/{id}',
    scope,
    summary: 'Removes a group; its people stay.',
    id: groupId,
    reply: nothing,
    async act({ storage }, { tenant, id }) {
      if (!(await storage.removeGroup(tenant, id))) throw new ParleyError('NOT_FOUND');
      return {};
    },
  }),
  route({
    method: 'put',
    path: '/mailboxes/{id}',
    scope,
    summary: 'Adds a shared mailbox or replaces it.',
    id: groupId,
    body: mailboxInput,
    reply: nothing,
    async act({ storage }, { tenant, id, body }) {
      await storage.putMailbox(tenant, { ...body, id });
      return {};
    },
  }),
  route({
    method: 'delete',
    path: '/mailboxes/{id}',
    scope,
    summary: 'Removes a shared mailbox.',
    id: groupId,
    reply: nothing,
    async act({ storage }, { tenant, id }) {
      if (!(await storage.removeMailbox(tenant, id))) throw new ParleyError('NOT_FOUND');
      return {};
    },
  }),
];

async function put({ storage, cluster }: RestServices, tenant: string, people: readonly DirectoryPerson[]): Promise<{ changed: number }> {
  const changed = await storage.putPeople(tenant, people);
  if (changed.length > 0) cluster.announce({ type: 'people', tenant, users: changed.map(({ id }) => id) });
  return { changed: changed.length };
}
