import fc from 'fast-check';
import * as z from 'zod/mini';
import { type CommandName, commands } from '#protocol';

/** The part of JSON Schema that zod writes for the catalog. */
interface Shape {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Shape[];
  oneOf?: Shape[];
  format?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  items?: Shape;
  properties?: Record<string, Shape>;
  required?: string[];
  additionalProperties?: Shape | boolean;
}

/** Values that have broken parsers, databases and indexes of others. */
const hostile = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    -1,
    0,
    1.5,
    2 ** 53,
    -(2 ** 53),
    1e308,
    '',
    '\u0000',
    '\ud800',
    'a\udfffb',
    '__proto__',
    'constructor',
    '%',
    '_',
    "' OR 1=1 --",
    '"* NEAR(',
    '\u202e\u2066',
    '\u200b',
    'e\u0301'.repeat(500),
    '😀'.repeat(8_001),
    'x'.repeat(60_000),
    [],
    {},
    { length: 1e9 },
    { toString: 'x', valueOf: 1 },
    { _placeholder: true, num: 0 },
  ),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.jsonValue({ maxDepth: 4 }),
  fc.integer({ min: 2, max: 2_000 }).map((depth) => JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as unknown),
  fc.constant(JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}') as unknown),
);

const uuidV7 = fc.uuid({ version: 7 });
/** Things that exist, so that a frame gets past the first door. */
export interface Known {
  users: readonly string[];
  conversations: readonly string[];
}

function fitting(shape: Shape, known: Known): fc.Arbitrary<unknown> {
  if ('const' in shape) return fc.constant(shape.const);
  if (shape.enum) return fc.constantFrom(...shape.enum);
  const options = shape.anyOf ?? shape.oneOf;
  if (options) return fc.oneof(...options.map((option) => fitting(option, known)));
  switch (shape.type) {
    case 'string': {
      const words = fc.string({ minLength: Math.min(shape.minLength ?? 0, 50), maxLength: Math.min(shape.maxLength ?? 60, 60) });
      return fc.oneof(fc.constantFrom(...known.conversations), fc.constantFrom(...known.users), uuidV7, fc.uuid(), words);
    }
    case 'integer':
    case 'number':
      return fc.integer({ min: Math.max(shape.minimum ?? 0, -1_000), max: Math.min(shape.maximum ?? 300, 300) });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(fitting(shape.items ?? {}, known), { minLength: shape.minItems ?? 0, maxLength: Math.min(shape.maxItems ?? 4, 4) });
    case 'object':
      return fc.record(Object.fromEntries(Object.entries(shape.properties ?? {}).map(([name, value]) => [name, fitting(value, known)])), {
        requiredKeys: shape.required ?? [],
      });
    default:
      return hostile;
  }
}

/** A payload as the catalog wants it, mostly with something in it that it does not want. */
function spoilt(sound: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.tuple(sound, fc.nat(99), fc.nat(9), hostile, fc.string({ maxLength: 20 })).map(([payload, fate, place, value, name]) => {
    if (typeof payload !== 'object' || payload === null || fate < 25) return payload;
    const keys = Object.keys(payload);
    const key = keys[place % Math.max(1, keys.length)] ?? name;
    if (fate < 60) return { ...payload, [key]: value };
    if (fate < 75) return Object.fromEntries(Object.entries(payload).filter(([other]) => other !== key));
    if (fate < 90) return { ...payload, [name]: value, seq: 1, from: 'somebody', tenant: 'other', serverTs: 0 };
    return value;
  });
}

/** For each command what fits its schema, spoilt or not; and names that are no commands. */
export function calls(known: Known): fc.Arbitrary<{ event: unknown; payload: unknown }> {
  const perCommand = (Object.keys(commands) as CommandName[])
    // Signing out is what ends every connection: the others would hardly be met.
    .filter((name) => name !== 'session:end')
    .map((name) => {
      const shape = z.toJSONSchema(commands[name].payload, { unrepresentable: 'any', io: 'input' }) as Shape;
      return spoilt(fitting(shape, known)).map((payload): { event: unknown; payload: unknown } => ({ event: name, payload }));
    });
  const strange = fc.record({
    event: fc.oneof(
      fc.constantFrom<unknown>(
        'constructor',
        'toString',
        '__proto__',
        'hasOwnProperty',
        'disconnect',
        'connect',
        'error',
        'newListener',
        7,
        null,
      ),
      fc.string({ maxLength: 40 }),
    ),
    payload: hostile,
  });
  return fc.oneof({ weight: 9, arbitrary: fc.oneof(...perCommand) }, { weight: 1, arbitrary: strange });
}
