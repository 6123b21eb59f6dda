import { SignJWT } from 'jose';

/** What a token says about its user. `tenant`, `sub` and `name` are required by every Parley server. */
export interface TokenClaims {
  /** The user's id: opaque, the same for ever. */
  sub: string;
  tenant: string;
  name: string;
  title?: string;
  organisation?: string;
  email?: string;
  phone?: string;
  /** May start conversations (E3). */
  initiate?: boolean;
  /** `admin` may end any conversation that they are in (E15). */
  roles?: string[];
  /** Rights of a host's back end, separated by spaces, such as `parley:directory`. */
  scope?: string;
}

export interface MintOptions extends TokenClaims {
  /** Shared secret (HS256), at least 32 bytes. */
  secret?: string;
  /** Or a private key, with its algorithm and id. */
  key?: { privateKey: CryptoKey; alg: 'RS256' | 'PS256' | 'ES256' | 'EdDSA'; kid?: string };
  /** Default `parley`. */
  audience?: string;
  issuer?: string;
  /** Seconds from now, default 600. The server refuses more than its PARLEY_TOKEN_LIFETIME. */
  lifetime?: number;
}

/** Signs a token, for a host's back end written in Node and for development. Any JWT library makes the same. */
export async function mintToken(options: MintOptions): Promise<string> {
  const { secret, key, audience = 'parley', issuer, lifetime = 600, sub, ...claims } = options;
  const now = Date.now() / 1000;
  const token = new SignJWT({ ...claims })
    .setSubject(sub)
    .setAudience(audience)
    // To the millisecond: a token of the second in which its user was revoked counts as made before (SPEC A11).
    .setIssuedAt(now)
    .setExpirationTime(Math.floor(now) + lifetime);
  if (issuer !== undefined) token.setIssuer(issuer);
  if (key) return token.setProtectedHeader({ alg: key.alg, ...(key.kid === undefined ? {} : { kid: key.kid }) }).sign(key.privateKey);
  if (secret === undefined) throw new TypeError('mintToken needs a secret or a key');
  return token.setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(secret));
}
