export type TextPiece = { text: string } | { text: string; href: string };

const CANDIDATE = /\b(?:https?:\/\/|mailto:)[^\s<>"'`\\\p{Cc}\p{Cf}]+/giu;

/** Full stops, commas and brackets that end the sentence rather than the address. */
function withoutEnding(address: string): string {
  let end = address;
  for (;;) {
    const last = end.at(-1) ?? '';
    const opened = { ')': '(', ']': '[', '}': '{' }[last];
    const unpaired = opened !== undefined && end.split(opened).length < end.split(last).length;
    if (!unpaired && !/[.,;:!?…]/.test(last)) return end;
    end = end.slice(0, -1);
  }
}

/**
 * The address that a browser would open, or null when this is not a link: only http, https and mailto, only with a host,
 * never with a user before it, which makes `https://good@evil` look like what it is not (attacks 52, 54).
 */
export function safeHref(address: string): URL | null {
  if (address.includes('\\') || !/^(?:https?:\/\/[^/\\]|mailto:[^/\\?#])/i.test(address) || !URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.protocol === 'mailto:') return /^[^@]+@[^@]+$/.test(url.pathname) ? url : null;
  const web = url.protocol === 'http:' || url.protocol === 'https:';
  return web && url.username === '' && url.password === '' && url.hostname !== '' ? url : null;
}

/** Text cut at its addresses. A host in letters that look like others is shown as the browser resolves it, `xn--...` (attack 56). */
export function withLinks(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let from = 0;
  for (const match of text.matchAll(CANDIDATE)) {
    const address = withoutEnding(match[0]);
    const url = safeHref(address);
    if (url === null) continue;
    if (match.index > from) pieces.push({ text: text.slice(from, match.index) });
    pieces.push({ text: url.hostname.includes('xn--') ? url.href : address, href: url.href });
    from = match.index + address.length;
  }
  if (from < text.length || pieces.length === 0) pieces.push({ text: text.slice(from) });
  return pieces;
}
