import { randomUUID } from 'node:crypto';
import { ParleyError } from '#protocol';
import { given } from '../domain/given.js';
import type { TenantPolicies } from '../domain/policies.js';
import { AUDIT_ACTS } from '../storage/audit-storage.js';
import { nothing, phoneStatesInput, policiesInput, policiesOutput, predefinedInput, predefinedOutput } from './rest-schemas.js';
import { route } from './route.js';
import type { Route } from './route.js';

/** What a tenant decides, and what its telephones do. Both hold for everybody who is signed in, at once. */
export const tenantRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/policies',
    scope: 'parley:policies',
    summary: 'The policies as they hold.',
    reply: policiesOutput,
    act: async ({ policies }, { tenant }) => (await policies.read(tenant)).policies,
  }),
  route({
    method: 'put',
    path: '/policies',
    scope: 'parley:policies',
    summary: 'Changes the policies that are given; the others stay. Everybody who is signed in acts by them at once.',
    body: policiesInput,
    reply: policiesOutput,
    async act({ policies }, { tenant, by, body }) {
      const change = given<TenantPolicies>(body);
      const record = { act: AUDIT_ACTS.policiesChanged, by, facts: { policies: Object.keys(change).sort().join(' ') } };
      return (await policies.setPolicies(tenant, change, record)).policies;
    },
  }),
  route({
    method: 'get',
    path: '/predefined-messages',
    scope: 'parley:policies',
    summary: "The tenant's predefined messages, in their order.",
    reply: predefinedOutput,
    act: async ({ policies }, { tenant }) => ({ messages: [...(await policies.read(tenant)).predefined] }),
  }),
  route({
    method: 'put',
    path: '/predefined-messages',
    scope: 'parley:policies',
    summary: 'Replaces the predefined messages. One without an id gets one, or keeps that of the same text.',
    body: predefinedInput,
    reply: predefinedOutput,
    async act({ policies }, { tenant, by, body }) {
      const { predefined } = await policies.read(tenant);
      const named = new Set(body.messages.map(({ id }) => id));
      const free = predefined.filter(({ id }) => !named.has(id));
      const idOf = (text: string): string => {
        const at = free.findIndex((known) => known.text === text);
        return free.splice(at, at < 0 ? 0 : 1)[0]?.id ?? randomUUID();
      };
      const messages = body.messages.map(({ id, text }) => ({ id: id ?? idOf(text), text }));
      // By its id an interface tells one from another.
      if (new Set(messages.map(({ id }) => id)).size < messages.length) throw new ParleyError('INVALID', 'Two messages have one id');
      const record = { act: AUDIT_ACTS.predefinedChanged, by, facts: { messages: messages.length } };
      return { messages: [...(await policies.setPredefined(tenant, messages, record)).predefined] };
    },
  }),
  route({
    method: 'post',
    path: '/phone-state',
    scope: 'parley:phone',
    summary: 'Says what telephones do, each for so many seconds; a telephone of which nothing is said any more is unknown.',
    body: phoneStatesInput,
    reply: nothing,
    act({ cluster, now }, { tenant, body }) {
      const at = now();
      cluster.reportPhones(
        tenant,
        body.states.map(({ user, state, expiresIn }) => ({ user, state, expiresAt: at + expiresIn * 1_000 })),
      );
      return Promise.resolve({});
    },
  }),
];
