const known = new Map<string, string>();

/** A text with `?` for its values, as both engines share it, in the way in which PostgreSQL numbers them. */
export function numbered(text: string): string {
  const made = known.get(text);
  if (made !== undefined) return made;
  let number = 0;
  const result = text.replaceAll('?', () => `$${String((number += 1))}`);
  known.set(text, result);
  return result;
}
