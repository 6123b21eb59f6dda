import * as protocol from '#protocol';
import assert from 'node:assert/strict';
import { registerHooks } from 'node:module';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { jsonSchemas } from '../../protocol/schemas.js';
import { CID, CONVERSATION, link, longest, message } from '../../protocol/samples.js';

/** What both kinds of schemas can do. */
interface Reader {
  safeParse(value: unknown): { success: boolean; data?: unknown; error?: { issues: { message: string }[] } };
}

const MARK = '?compact';
const compact = new URL('../../../sdk/bundle/compact-schemas.js', import.meta.url).href;
/** Loads the protocol a second time, with the schemas that the bundle has in the place of zod/mini. */
const hooks = (): { deregister(): void } =>
  registerHooks({
    resolve(specifier, context, next) {
      if (!context.parentURL?.endsWith(MARK) && !specifier.endsWith(MARK)) return next(specifier, context);
      if (specifier === 'zod/mini') return next(compact, context);
      const { url, ...rest } = next(specifier, context);
      return { ...rest, url: url.endsWith(MARK) ? url : url + MARK };
    },
  });

function readers(from: typeof protocol): Map<string, Reader> {
  const all = new Map<string, unknown>();
  for (const [name, { payload, reply }] of Object.entries(from.commands)) all.set(`${name} payload`, payload).set(`${name} reply`, reply);
  for (const [name, payload] of Object.entries(from.events)) all.set(name, payload);
  for (const name of [
    'contextLink',
    'conversation',
    'entry',
    'handshake',
    'messageContent',
    'person',
    'presence',
    'sessionInfo',
    'userState',
  ] as const)
    all.set(name, from[name]);
  return all as Map<string, Reader>;
}

const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    0,
    -1,
    1.5,
    2 ** 53,
    1e9,
    '',
    true,
    [],
    {},
    '__proto__',
    'x'.repeat(9_000),
    '\uD800',
    'a\u202Eb',
    '\u200B',
    'a\nb',
    'javascript:alert(1)',
    longest.userId,
  ),
  fc.jsonValue({ maxDepth: 2 }),
);
const WORDS = [
  CONVERSATION,
  CID,
  CID.toUpperCase(),
  'anna',
  'x',
  'https://host.example/a',
  'study',
  '😀'.repeat(120),
  'message',
  'poll',
  'available',
  'anna@host.example',
  '0b0e7c52-0f6f-4e0e-9f0e-3c5d0a6a7d11',
];
const words = fc.constantFrom(...WORDS);

/** Mostly a word that fits the pattern. */
function text(pattern: string | undefined): fc.Arbitrary<string> {
  const fitting = pattern === undefined ? [] : WORDS.filter((word) => new RegExp(pattern, 'u').test(word));
  return fitting.length === 0 ? words : fc.oneof({ weight: 20, arbitrary: fc.constantFrom(...fitting) }, { weight: 1, arbitrary: words });
}

/** Values that mostly have the shape of a JSON Schema, and now and then have not. */
function near(schema: Record<string, unknown>, all: Record<string, Record<string, unknown>>): fc.Arbitrary<unknown> {
  const { $ref, anyOf, oneOf, const: constant, enum: choice, type, properties, items, propertyNames } = schema as Record<string, never>;
  const options = (anyOf ?? oneOf) as Record<string, unknown>[] | undefined;
  const fit = ((): fc.Arbitrary<unknown> => {
    if ($ref) return near(all[String($ref).split('/').at(-1) as string] as Record<string, unknown>, all);
    if (options) return fc.oneof(...options.map((option) => near(option, all)));
    if (constant !== undefined) return fc.constant(constant);
    if (choice) return fc.constantFrom(...(choice as unknown[]));
    if (propertyNames)
      return fc.dictionary(fc.oneof(fc.constantFrom('series', 'frame', 'available', '__proto__', 'A b'), fc.string()), words, {
        maxKeys: 10,
      });
    if (properties) {
      const fields = Object.entries(properties as Record<string, Record<string, unknown>>).map(
        ([key, field]) => [key, near(field, all)] as const,
      );
      const model = fc.record(Object.fromEntries(fields), { requiredKeys: (schema['required'] ?? []) as never[] });
      return fc.oneof(
        { weight: 6, arbitrary: model },
        { weight: 1, arbitrary: fc.record(Object.fromEntries(fields), { requiredKeys: [] }) },
        { weight: 1, arbitrary: model.map((value) => ({ ...value, extra: 1 })) },
      );
    }
    if (items) return fc.array(near(items, all), { maxLength: 2 });
    if (type === 'integer')
      return fc.oneof({ weight: 9, arbitrary: fc.nat({ max: Number(schema['maximum'] ?? 2 ** 31) }) }, { weight: 1, arbitrary: fc.nat() });
    if (type === 'boolean') return fc.boolean();
    return type === 'string' ? text(schema['pattern'] as string | undefined) : fc.constant(null);
  })();
  return fc.oneof({ weight: 30, arbitrary: fit }, { weight: 1, arbitrary: odd });
}

describe('compact schemas', () => {
  const zod = readers(protocol);
  let compactReaders: Map<string, Reader>;
  let registered: { deregister(): void };

  before(async () => {
    registered = hooks();
    compactReaders = readers((await import(new URL('../../../sdk/protocol/index.js', import.meta.url).href + MARK)) as typeof protocol);
  });
  after(() => registered.deregister());

  function agree(name: string, value: unknown): boolean {
    const [theirs, ours] = [zod.get(name), compactReaders.get(name)].map((reader) => reader?.safeParse(value));
    assert.ok(theirs && ours);
    assert.equal(ours.success, theirs.success, `${name}: ${JSON.stringify(value)}`);
    if (theirs.success) assert.deepEqual(ours.data, theirs.data);
    return theirs.success;
  }

  it('are another implementation and not zod twice', () => {
    assert.notEqual(compactReaders.get('entry')?.constructor, zod.get('entry')?.constructor);
    assert.deepEqual([...compactReaders.keys()], [...zod.keys()]);
  });

  it('agree with zod on every schema of the protocol', () => {
    const json = jsonSchemas() as Record<string, Record<string, unknown>>;
    const idOf = (name: string): string =>
      name in json ? name : name.includes(' ') ? name.replace(':', '.').replace(' ', '.') : `${name.replace(':', '.')}.event`;
    for (const name of zod.keys()) {
      const schema = json[idOf(name)] ?? json['message.send.payload'];
      assert.ok(schema, name);
      let fitting = 0;
      // The larger a schema is, the rarer is a value that fits all of it: of a whole session two in a hundred.
      for (let batch = 0; batch < 20 && fitting === 0; batch += 1)
        fc.assert(
          fc.property(near(schema, json), (value) => void (fitting += agree(name, value) ? 1 : 0)),
          { numRuns: 150 },
        );
      assert.ok(fitting > 0, `${name}: no value fitted, so nothing was compared`);
    }
  });

  it('agree on any value at all', () => {
    for (const name of zod.keys())
      fc.assert(
        fc.property(fc.jsonValue(), (value) => void agree(name, value)),
        { numRuns: 20 },
      );
  });

  it('agree on what the attack rows are about', () => {
    const texts = [
      '',
      ' ',
      '\u200B',
      '\uD800',
      'a\u0000',
      'x',
      'x'.repeat(8_000),
      'x'.repeat(8_001),
      '😀'.repeat(8_000),
      '😀'.repeat(8_001),
    ];
    for (const text of texts)
      for (const links of [[], [link()], [longest.link], Array.from({ length: 11 }, () => link())])
        agree('message:send payload', message({ text, links }));
    agree('message:send payload', { ...message(), from: 'eve', __proto__: { x: 1 } });
    agree('contextLink', { ...link(), context: JSON.parse('{"__proto__":"x","series":"1"}') as unknown });
    agree('entry', { conversation: CONVERSATION, seq: 1, cid: CID, author: 'a', at: 1, body: { kind: 'message', text: 1 } });
  });

  it('say why, as the interface shows it', () => {
    const why = compactReaders.get('messageContent')?.safeParse({ text: '', links: [] });
    assert.equal(why?.error?.issues[0]?.message, 'nothing to send');
  });
});
