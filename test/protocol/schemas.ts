import {
  commands,
  contextLink,
  conversation,
  entry,
  entryBody,
  events,
  handshake,
  person,
  policies,
  presence,
  sessionInfo,
  userState,
} from '#protocol';
import * as z from 'zod/mini';

type Json = Record<string, unknown>;

/** Shapes that several messages share get a name and are referred to; the rest stands where it is used. */
const shared = { contextLink, conversation, entry, entryBody, handshake, person, policies, presence, sessionInfo, userState };

/** `message:send` as a key of the document, whose keys may not hold a colon. */
export const keyOf = (name: string): string => name.replaceAll(':', '.');

/**
 * Every shape of the protocol as JSON Schema, by the name under which the document refers to it. The wire form is what goes
 * into a schema, not what comes out of it: a transform, such as the one that lower-cases an id, is the reader's affair.
 */
export function jsonSchemas(): Record<string, Json> {
  const registry = z.registry<{ id: string }>();
  const add = (id: string, schema: z.core.$ZodType): void => void registry.add(schema, { id });
  for (const [id, schema] of Object.entries(shared)) add(id, schema);
  // A schema has one place in the registry, and some messages are of the same shape: each gets its own wrapper.
  for (const [name, { payload, reply }] of Object.entries(commands)) {
    add(`${keyOf(name)}.payload`, z.readonly(payload));
    add(`${keyOf(name)}.reply`, z.readonly(reply));
  }
  for (const [name, payload] of Object.entries(events)) add(`${keyOf(name)}.event`, z.readonly(payload));

  const { schemas } = z.toJSONSchema(registry, {
    io: 'input',
    unrepresentable: 'any',
    uri: (id) => `#/components/schemas/${id}`,
    reused: 'inline',
  });
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, bare(schema as Json)]));
}

/** Without what the document says by the schema's place in it. */
function bare(schema: Json): Json {
  const { $schema: _dialect, $id: _id, readOnly: _readOnly, ...rest } = schema;
  return rest;
}
