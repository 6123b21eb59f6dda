import express, { Router } from 'express';
import type { RequestHandler } from 'express';
import * as z from 'zod';
import { ParleyError } from '#protocol';
import type { Cluster } from '../cluster/cluster.js';
import type { Health } from '../admin/health.js';
import type { PolicyBook } from '../realtime/policy-book.js';
import type { AuditActor } from '../storage/audit-storage.js';
import type { Storage } from '../storage/storage.js';
import { askerWith } from './authentication.js';
import type { Scope } from './authentication.js';

/** What the API works with. */
export interface RestServices {
  storage: Storage;
  cluster: Cluster;
  policies: PolicyBook;
  /** Null where there is no admin page. */
  health: Health | null;
  /** ms UTC. */
  now: () => number;
}

export interface RestCall<B> {
  tenant: string;
  /** Whose back end asks. */
  by: AuditActor;
  /** Of the path; empty where it has none. */
  id: string;
  /** Of the query, where the route has it. */
  before: string | undefined;
  body: B;
}

interface Definition<B, R> {
  method: 'get' | 'put' | 'post' | 'delete';
  /** As OpenAPI writes it: `/users/{id}`. */
  path: string;
  scope: Scope;
  /** One line of the document. */
  summary: string;
  id?: z.core.$ZodType<string>;
  /** `?before=`: the last one of the page before. */
  before?: z.core.$ZodType<string>;
  body?: z.core.$ZodType<B>;
  reply: z.core.$ZodType<R>;
  act: (services: RestServices, call: RestCall<B>) => Promise<R>;
}

/** One address of the API: what is mounted and what the OpenAPI document says are this one thing. */
export type Route = Omit<Definition<unknown, unknown>, 'act'> & {
  act: (services: RestServices, call: RestCall<unknown>) => Promise<unknown>;
};

/** Body and answer belong together; after this only the schemas say so. */
export function route<B, R>(definition: Definition<B, R>): Route {
  const { act, ...described } = definition;
  return { ...described, act: (services, call) => act(services, { ...call, body: call.body as B }) };
}

export function mount(routes: readonly Route[], services: RestServices): Router {
  const router = Router();
  for (const { method, path, scope, id, before: earlier, body, act } of routes) {
    const allow: RequestHandler = (_request, response, next) => {
      response.locals['allowed'] = askerWith(scope, response);
      next();
    };
    const before = body ? [allow, express.json({ limit: '1mb' })] : [allow];
    router[method](path.replace('{id}', ':id'), ...before, async (request, response) => {
      const named = id ? parse(id, request.params['id'], 'id') : '';
      const { before } = request.query;
      const from = earlier && before !== undefined ? parse(earlier, before, 'before') : undefined;
      const given = body && parse(body, request.body, '');
      response.set('Cache-Control', 'no-store');
      const { tenant, by } = response.locals['allowed'] as ReturnType<typeof askerWith>;
      response.json(await act(services, { tenant, by, id: named, before: from, body: given }));
    });
  }
  return router;
}

function parse<T>(schema: z.core.$ZodType<T>, value: unknown, name: string): T {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const at = (issue?.path ?? []).reduce<string>(
    (where, part) => (typeof part === 'number' ? `${where}[${part}]` : `${where}${where && '.'}${String(part)}`),
    name,
  );
  // The names of keys that are not known are the host's own words, not anybody's data.
  const unknown = issue?.code === 'unrecognized_keys' ? ` (unknown: ${issue.keys.join(', ')})` : '';
  throw new ParleyError('INVALID', `${at === '' ? 'the body' : at} has the wrong shape${unknown}`);
}
