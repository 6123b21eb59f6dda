/** What a parsed change has: each key of `T` may be absent, or there without a value. */
type Sparse<T> = { [K in keyof T]?: T[K] | undefined };

/** A key without a value is none: it must not hide what is stored. */
export function given<T>(change: Sparse<T>): Partial<T>;
export function given(change: object): object {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}
