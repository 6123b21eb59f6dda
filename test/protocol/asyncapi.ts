import { commands, ERRORS, events, LIMITS, OLDEST_PROTOCOL_VERSION, PROTOCOL_VERSION, TIMES } from '#protocol';
import { ACTORS, audiences, permissions } from '../../server/domain/permissions.js';
import { commentsOf } from './comments.js';
import { jsonSchemas, keyOf } from './schemas.js';

type Json = Record<string, unknown>;

const schema = (id: string): Json => ({ $ref: `#/components/schemas/${id}` });
const mapped = <T>(names: readonly string[], value: (name: string) => T): Record<string, T> =>
  Object.fromEntries(names.map((name) => [keyOf(name), value(name)]));

const byActor = (row: readonly string[]): Json => Object.fromEntries(ACTORS.map((actor, column) => [actor, row[column]]));
const commandNames = Object.keys(commands);
const eventNames = Object.keys(events);

/**
 * The protocol as an AsyncAPI 3 document, seen from the server: it receives commands and replies to each, and sends events.
 * A build program and no part of the package: it needs the TypeScript compiler and the server's authorisation matrix.
 */
export function asyncApi(): Json {
  const said = { ...commentsOf('sdk/protocol/commands.ts', 'commands'), ...commentsOf('sdk/protocol/events.ts', 'events') };
  const described = (name: string): Json => (said[name] ? { description: said[name] } : {});
  const bounds = (values: object, file: string, constant: string, unit: string): Json => {
    const why = commentsOf(file, constant);
    return Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, { value: value as number, ...(unit && { unit }), why: why[name] }]),
    );
  };

  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Parley',
      version: `${PROTOCOL_VERSION}.0.0`,
      description:
        'What a Parley client and server say to each other over Socket.IO. The name of an event is the address of its channel. ' +
        'Behaviours that shapes cannot say are numbered in SPEC.md. Text lengths are counted in code points.',
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/json',
    servers: {
      parley: {
        host: 'localhost:4100',
        protocol: 'socket.io',
        description: 'The auth payload of the connection is the handshake; a refusal carries an error in `data`.',
        'x-auth-payload': schema('handshake'),
      },
    },
    channels: {
      ...mapped(commandNames, (name) => ({
        address: name,
        messages: {
          request: { $ref: `#/components/messages/${keyOf(name)}` },
          answer: { $ref: `#/components/messages/${keyOf(name)}.answer` },
        },
      })),
      ...mapped(eventNames, (name) => ({ address: name, messages: { event: { $ref: `#/components/messages/${keyOf(name)}` } } })),
    },
    operations: {
      ...mapped(commandNames, (name) => {
        const channel = `#/channels/${keyOf(name)}`;
        return {
          action: 'receive',
          channel: { $ref: channel },
          ...described(name),
          messages: [{ $ref: `${channel}/messages/request` }],
          reply: { channel: { $ref: channel }, messages: [{ $ref: `${channel}/messages/answer` }] },
          'x-permission': byActor(permissions[name as keyof typeof permissions]),
        };
      }),
      ...mapped(eventNames, (name) => ({
        action: 'send',
        channel: { $ref: `#/channels/${keyOf(name)}` },
        ...described(name),
        messages: [{ $ref: `#/channels/${keyOf(name)}/messages/event` }],
        'x-audience': byActor(audiences[name as keyof typeof audiences]),
      })),
    },
    components: {
      messages: {
        ...mapped(commandNames, (name) => ({ name, payload: { allOf: [schema(`${keyOf(name)}.payload`), schema('frame')] } })),
        ...Object.fromEntries(
          commandNames.map((name) => [
            `${keyOf(name)}.answer`,
            { name: `${name} answer`, payload: { oneOf: [success(`${keyOf(name)}.reply`), schema('refusal')] } },
          ]),
        ),
        ...mapped(eventNames, (name) => ({ name, payload: schema(`${keyOf(name)}.event`) })),
      },
      schemas: {
        ...jsonSchemas(),
        frame: {
          type: 'object',
          properties: { as: { type: 'string', description: 'The user that the command was written for (SPEC A6).' } },
          required: ['as'],
        },
        refusal: {
          type: 'object',
          properties: { ok: { const: false }, error: schema('error') },
          required: ['ok', 'error'],
        },
        error: {
          type: 'object',
          properties: {
            code: { enum: Object.keys(ERRORS) },
            message: { type: 'string', description: 'For developers and logs, in English.' },
            retryAfterMs: { type: 'integer', minimum: 0, description: 'Wait at least this long, in milliseconds.' },
          },
          required: ['code', 'message'],
        },
      },
    },
    'x-protocol-versions': { oldest: OLDEST_PROTOCOL_VERSION, newest: PROTOCOL_VERSION },
    'x-errors': ERRORS,
    'x-limits': bounds(LIMITS, 'sdk/protocol/limits.ts', 'LIMITS', ''),
    'x-times': bounds(TIMES, 'sdk/protocol/limits.ts', 'TIMES', 'milliseconds'),
  };
}

function success(reply: string): Json {
  return { type: 'object', properties: { ok: { const: true }, data: schema(reply) }, required: ['ok', 'data'] };
}

/** The document as it stands in the repository. */
export function asyncApiText(): string {
  return `${JSON.stringify(asyncApi(), null, 2)}\n`;
}
