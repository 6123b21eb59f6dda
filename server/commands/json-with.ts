/** The JSON of an object that is not empty, with members that are JSON already. */
export function jsonWith(object: object, members: Readonly<Record<string, string>>): string {
  const written = Object.entries(members).map(([name, json]) => `,${JSON.stringify(name)}:${json}`);
  return `${JSON.stringify(object).slice(0, -1)}${written.join('')}}`;
}
