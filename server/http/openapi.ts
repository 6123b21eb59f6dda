import * as z from 'zod';
import { ERRORS, PROTOCOL_VERSION } from '#protocol';
import { SCOPES } from './authentication.js';
import { adminRoutes } from './admin-routes.js';
import { directoryRoutes } from './directory-routes.js';
import type { Route } from './route.js';
import { tenantRoutes } from './tenant-routes.js';

type Json = Record<string, unknown>;

/** Every address of the API of hosts' back ends, below `/v1`. */
export const routes: readonly Route[] = [...directoryRoutes, ...tenantRoutes, ...adminRoutes];

const refusal: Json = {
  description: 'A refusal, with the code that it has over the socket too.',
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } },
};

/** The API as an OpenAPI 3.1 document. It is made of the routes that are mounted, so it says what the server does. */
export function openApi(): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) paths[`/v1${route.path}`] = { ...paths[`/v1${route.path}`], [route.method]: operation(route) };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Parley, for hosts',
      version: `${PROTOCOL_VERSION}.0.0`,
      description:
        "What a host's back end tells a Parley server about its people and its rules. Every call belongs to the tenant of its token or key.",
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }],
    paths,
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description:
            `A host key of PARLEY_HOST_KEYS, with every right, or a signed token whose \`scope\` names the right: ` +
            Object.entries(SCOPES)
              .map(([scope, what]) => `\`${scope}\` (${what.toLowerCase()})`)
              .join(', '),
        },
      },
      schemas: { Refusal: refusalSchema() },
    },
  };
}

function operation({ method, path, scope, summary, id, before, body, reply }: Route): Json {
  const parameters = [
    ...(id ? [{ name: 'id', in: 'path', required: true, schema: schemaOf(id, 'input') }] : []),
    ...(before ? [{ name: 'before', in: 'query', required: false, schema: schemaOf(before, 'input') }] : []),
  ];
  return {
    operationId: `${method}${path.replace(/[/{}-]+(\w?)/g, (_match, letter: string) => letter.toUpperCase())}`,
    summary,
    'x-scope': scope,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body
      ? {
          requestBody: {
            required: !z.safeParse(body, undefined).success,
            content: { 'application/json': { schema: schemaOf(body, 'input') } },
          },
        }
      : {}),
    responses: {
      200: { description: 'Done, and on disk.', content: { 'application/json': { schema: schemaOf(reply, 'input') } } },
      default: refusal,
    },
  };
}

function schemaOf(schema: z.core.$ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' }) as Json;
  return rest;
}

function refusalSchema(): Json {
  return {
    type: 'object',
    required: ['error'],
    properties: {
      error: {
        type: 'object',
        required: ['code', 'message'],
        properties: {
          code: { enum: Object.keys(ERRORS) },
          message: { type: 'string', description: 'For developers, in English.' },
          retryAfterMs: { type: 'integer', minimum: 0, description: 'Wait at least this long, in milliseconds.' },
        },
      },
    },
  };
}
