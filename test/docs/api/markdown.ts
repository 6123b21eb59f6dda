/** A line of a list: code, and what it means. */
export function bullet(code: string, means: string): string {
  const text = means.trim();
  return `- \`${code}\`${text === '' ? '' : `: ${text}`}`;
}

/** A heading with its list; nothing where there is nothing. */
export function section(title: string, lines: readonly string[], level: number): string[] {
  return lines.length === 0 ? [] : ['', `${'#'.repeat(level)} ${title}`, '', ...lines];
}
