/**
 * The one text of a JSON value, by RFC 8785 (JSON Canonicalization Scheme): no white space, object keys sorted by UTF-16 code
 * units, numbers and strings as ECMAScript writes them, members with `undefined` left out. Hashes are taken of it, so that an
 * auditor's own program in any language comes to the same bytes.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members: string[] = [];
  for (const [key, member] of Object.entries(value).sort(byKey)) {
    if (member !== undefined) members.push(`${JSON.stringify(key)}:${canonicalJson(member)}`);
  }
  return `{${members.join(',')}}`;
}

function byKey(a: [string, unknown], b: [string, unknown]): number {
  return a[0] < b[0] ? -1 : 1;
}
