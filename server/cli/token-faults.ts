import { decodeJwt, decodeProtectedHeader } from 'jose';
import type { JWTPayload } from 'jose';
import type { ServerConfig } from '../config.js';
import type { TokenFault } from '../realtime/identity.js';

const REQUIRED = ['sub', 'tenant', 'name', 'iat', 'exp', 'aud'] as const;

const ADVICE: Readonly<Record<TokenFault, string>> = {
  malformed: 'It is no JWT: three parts of base64url, separated by dots.',
  algorithm: 'No key of this server fits its algorithm: HS256 needs PARLEY_SECRET; RS256, PS256, ES256 and EdDSA need PARLEY_JWKS_URL.',
  signature: 'No key that this server knows has signed it.',
  expired: 'Its time is over.',
  claims: 'A claim is missing or is not what this server expects.',
  lifetime: 'It lives longer than PARLEY_TOKEN_LIFETIME allows, or ends before it begins.',
  revoked: 'Its user was revoked after it was made.',
  'keys-unavailable': 'The key set cannot be read: parley doctor says why.',
};

/** What a developer needs to make the next one right. Nobody but them sees it: a client is told the code alone. */
export function whyRefused(token: string, fault: TokenFault, config: ServerConfig): string[] {
  return [ADVICE[fault], ...details(token, fault, config)].map((line) => `  ${line}`);
}

function details(token: string, fault: TokenFault, config: ServerConfig): string[] {
  let claims: JWTPayload;
  let header: { alg?: string; kid?: string };
  try {
    claims = decodeJwt(token);
    header = decodeProtectedHeader(token);
  } catch {
    return [];
  }
  switch (fault) {
    case 'algorithm':
    case 'signature':
      return [`alg: ${header.alg ?? 'none'}`, ...(header.kid === undefined ? ['kid: none'] : [`kid: ${header.kid}`])];
    case 'expired':
      return [`exp: ${timeOf(claims.exp)}; here it is ${new Date().toISOString()}`];
    case 'lifetime':
      return [`iat: ${timeOf(claims.iat)}`, `exp: ${timeOf(claims.exp)}`, `PARLEY_TOKEN_LIFETIME: ${config.tokenLifetime} s`];
    case 'claims':
      return wrongClaims(claims, config);
    default:
      return [];
  }
}

function wrongClaims(claims: JWTPayload, { audience, issuer }: ServerConfig): string[] {
  const lines = REQUIRED.filter((name) => claims[name] === undefined).map((name) => `${name}: missing`);
  const audiences = [claims.aud ?? []].flat();
  if (audiences.length > 0 && !audiences.includes(audience)) lines.push(`aud: ${audiences.join(', ')}; expected ${audience}`);
  if (issuer !== undefined && claims.iss !== issuer) lines.push(`iss: ${claims.iss ?? 'missing'}; expected ${issuer}`);
  if ((claims.iat ?? 0) * 1_000 > Date.now()) lines.push(`iat: ${timeOf(claims.iat)}; here it is ${new Date().toISOString()}`);
  if (claims.nbf !== undefined && claims.nbf * 1_000 > Date.now()) lines.push(`nbf: ${timeOf(claims.nbf)}`);
  return lines.length > 0 ? lines : ['One has the wrong type, is too long, or holds characters that names and ids may not.'];
}

const timeOf = (seconds: number | undefined): string => (seconds === undefined ? 'missing' : new Date(seconds * 1_000).toISOString());
