import { encoded, invalid, type LinkTemplate } from './link-template.js';

/** A mail by its Message-ID, which is the link's `id`, with or without its angle brackets (RFC 2392). For hosts that open `mid:` themselves. */
export function mid(): LinkTemplate {
  return ({ id }) => {
    const found = typeof id === 'string' ? /^<?([^\s<>@\p{Cc}\p{Cf}]+)@([^\s<>@\p{Cc}\p{Cf}]+)>?$/u.exec(id) : null;
    if (!found || id.startsWith('<') !== id.endsWith('>')) throw invalid('id is not a Message-ID');
    return `mid:${encoded(found[1] ?? '')}@${encoded(found[2] ?? '')}`;
  };
}
