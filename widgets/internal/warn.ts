const said = new Set<string>();

/** Tells the host's developer about a bad value, once for the same words: a table of 1,000 badges must not fill the console. */
export function warnOnce(text: string): void {
  if (said.has(text)) return;
  said.add(text);
  console.warn(`Parley: ${text}`);
}
