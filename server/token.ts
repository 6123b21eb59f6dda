import type { KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import type { JWK } from 'jose';

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

/** A private key of another form than a JWK, with its algorithm and the id under which the key set has its public half. */
export interface SigningKey {
  privateKey: CryptoKey | KeyObject;
  alg: 'RS256' | 'PS256' | 'ES256' | 'EdDSA';
  kid?: string;
}

export interface MintOptions extends TokenClaims {
  /** Shared secret (HS256), at least 32 bytes. */
  secret?: string;
  /** Or a private key: a JWK with its `alg` and `kid`, as `parley keys generate` makes it, or one of Node's. */
  key?: JWK | SigningKey;
  /** Default `parley`. */
  audience?: string;
  issuer?: string;
  /** Seconds from now, default 600. The server refuses more than its PARLEY_TOKEN_LIFETIME. */
  lifetime?: number;
}

/**
 * Signs a token, for a host's back end written in Node and for development; `parley-chat/server/token` loads nothing but jose. Any JWT
 * library makes the same.
 *
 * @throws TypeError without a secret or a key, or with a JWK that does not say its `alg`.
 */
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
  if (key) {
    const { alg, kid } = key;
    if (alg === undefined) throw new TypeError('mintToken: the key does not say its alg');
    const privateKey = 'privateKey' in key ? key.privateKey : key;
    return token.setProtectedHeader({ alg, ...(kid === undefined ? {} : { kid }) }).sign(privateKey);
  }
  if (secret === undefined) throw new TypeError('mintToken needs a secret or a key');
  return token.setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(secret));
}
