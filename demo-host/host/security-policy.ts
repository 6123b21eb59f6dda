/**
 * The strictest policy that the pages work under, as a hospital's would be: nothing inline, nothing evaluated, nothing from
 * anywhere but this host and the Parley server, which one page reaches over a `wire` besides. `parley` is the one Trusted Types policy of
 * Parley's bundle.
 */
export function securityPolicy(parley: string, wire?: string): string {
  const servers = wire === undefined ? parley : `${parley} ${wire}`;
  const sockets = servers.replaceAll('http:', 'ws:');
  return [
    "default-src 'none'",
    `script-src 'self' ${parley}`,
    "style-src 'self'",
    "img-src 'self' data: blob:",
    `connect-src 'self' ${servers} ${sockets}`,
    "frame-src 'self'",
    "frame-ancestors 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "require-trusted-types-for 'script'",
    'trusted-types parley',
  ].join('; ');
}
