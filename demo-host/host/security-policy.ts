/**
 * The strictest policy that the pages work under, as a hospital's would be: nothing inline, nothing evaluated, nothing from
 * anywhere but this host and the Parley server. `lit-html` is the one Trusted Types policy of Parley's elements.
 */
export function securityPolicy(parley: string): string {
  const socket = parley.replace(/^http/, 'ws');
  return [
    "default-src 'none'",
    `script-src 'self' ${parley}`,
    "style-src 'self'",
    "img-src 'self' data: blob:",
    `connect-src 'self' ${parley} ${socket}`,
    "frame-src 'self'",
    "frame-ancestors 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ].join('; ');
}
