/**
 * What the bundle for hosts puts in the place of `zod/mini`: the part of it that sdk/protocol uses, in a seventh of the bytes
 * (1.2 instead of 8.5 kB gzip, a fifth of what a page may pay at load). Whoever installs the package gets zod itself.
 * test/sdk/bundle/compact-schemas.test.ts holds the two to the same verdict and the same result for every schema of the protocol.
 *
 * Values are what JSON can say: the wire brings nothing else.
 */
const INVALID = Symbol('invalid');
type Read = (value: unknown) => unknown;
type Outcome = { success: true; data: unknown } | { success: false; error: { issues: { message: string }[] } };

interface Check {
  holds(value: never): boolean;
  message: string;
}

class Schema {
  readonly #read: Read;
  readonly #checks: readonly Check[];
  /** Of objects: what `extend` and `partial` start from. */
  readonly shape: Shape | undefined;

  constructor(read: Read, shape?: Shape, checks: readonly Check[] = []) {
    this.#read = read;
    this.shape = shape;
    this.#checks = checks;
  }

  get checks(): readonly Check[] {
    return this.#checks;
  }

  check(...checks: Check[]): Schema {
    return new Schema(this.#read, this.shape, [...this.#checks, ...checks]);
  }

  /** The value as it is passed on, or `INVALID`. */
  read(value: unknown): unknown {
    const result = this.#read(value);
    return result === INVALID || this.#checks.every((check) => check.holds(result as never)) ? result : INVALID;
  }

  safeParse(value: unknown): Outcome {
    const data = this.read(value);
    if (data !== INVALID) return { success: true, data };
    const base = this.#read(value);
    const failed = base === INVALID ? undefined : this.#checks.find((check) => !check.holds(base as never));
    return { success: false, error: { issues: [{ message: failed?.message ?? 'Invalid input' }] } };
  }

  parse(value: unknown): unknown {
    const outcome = this.safeParse(value);
    if (outcome.success) return outcome.data;
    throw new TypeError(outcome.error.issues[0]?.message);
  }
}

type Shape = Record<string, Schema>;
const only = (fits: (value: unknown) => boolean): Schema => new Schema((value) => (fits(value) ? value : INVALID));
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

export const string = (): Schema => only((value) => typeof value === 'string');
export const boolean = (): Schema => only((value) => typeof value === 'boolean');
export const int = (): Schema => only(Number.isSafeInteger);
export const literal = (wanted: unknown): Schema => only((value) => value === wanted);
const oneOf = (wanted: readonly unknown[]): Schema => only((value) => wanted.includes(value));
export { oneOf as enum };

export const optional = (inner: Schema): Schema => new Schema((value) => (value === undefined ? value : inner.read(value)));
export const nullable = (inner: Schema): Schema => new Schema((value) => (value === null ? value : inner.read(value)));

export const array = (inner: Schema): Schema =>
  new Schema((value) => {
    if (!Array.isArray(value)) return INVALID;
    const result = value.map((item) => inner.read(item));
    return result.includes(INVALID) ? INVALID : result;
  });

export const object = (shape: Shape): Schema =>
  new Schema((value) => {
    if (!isObject(value)) return INVALID;
    const result: Record<string, unknown> = {};
    for (const [key, inner] of Object.entries(shape)) {
      const field = inner.read(value[key]);
      if (field === INVALID) return INVALID;
      if (field !== undefined || key in value) result[key] = field;
    }
    return result;
  }, shape);

export const extend = (base: Schema, shape: Shape): Schema => object({ ...base.shape, ...shape }).check(...base.checks);

export const partial = ({ shape, checks }: Schema): Schema =>
  object(Object.fromEntries(Object.entries(shape ?? {}).map(([key, inner]) => [key, optional(inner)]))).check(...checks);

export const record = (keys: Schema, values: Schema): Schema =>
  new Schema((value) => {
    if (!isObject(value)) return INVALID;
    const result: Record<string, unknown> = {};
    for (const [key, item] of Object.entries(value)) {
      // A key that would set the prototype is no entry.
      if (key === '__proto__') continue;
      const field = values.read(item);
      if (keys.read(key) === INVALID || field === INVALID) return INVALID;
      result[key] = field;
    }
    return result;
  });

export const union = (options: readonly Schema[]): Schema =>
  new Schema((value) => {
    for (const option of options) {
      const result = option.read(value);
      if (result !== INVALID) return result;
    }
    return INVALID;
  });
/** The discriminator only makes it faster: no value fits two of the options. */
export const discriminatedUnion = (_key: string, options: readonly Schema[]): Schema => union(options);

const otherwise = (inner: Schema, fallback: unknown): Schema =>
  new Schema((value) => {
    const result = inner.read(value);
    return result === INVALID ? fallback : result;
  });
export { otherwise as catch };

export const transform = (change: Read): Schema => new Schema(change);
export const pipe = (first: Schema, second: Schema): Schema =>
  new Schema((value) => {
    const result = first.read(value);
    return result === INVALID ? INVALID : second.read(result);
  });

export const refine = <T>(holds: (value: T) => boolean, message: string): Check => ({ holds, message });
const check = <T>(holds: (value: T) => boolean): Check => ({ holds, message: 'Invalid input' });
export const minLength = (least: number): Check => check((value: { length: number }) => value.length >= least);
export const maxLength = (most: number): Check => check((value: { length: number }) => value.length <= most);
export const minimum = (least: number): Check => check((value: number) => value >= least);
export const maximum = (most: number): Check => check((value: number) => value <= most);
export const regex = (pattern: RegExp): Check => check((value: string) => pattern.test(value));
