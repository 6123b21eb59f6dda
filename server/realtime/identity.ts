import { webcrypto } from 'node:crypto';
import { createRemoteJWKSet, decodeProtectedHeader, errors, jwtVerify } from 'jose';
import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import * as z from 'zod';
import { ParleyError, TIMES, person, tenantId, userId } from '#protocol';
import type { Person } from '#protocol';
import type { ServerConfig } from '../config.js';

/** Who a token says that somebody is. */
export interface Identity {
  tenant: string;
  person: Person;
  /** The right to start conversations, by the token; undefined when it says nothing about it (E3). */
  initiate: boolean | undefined;
  /** `roles` contains `admin` (E15). */
  admin: boolean;
  /** `roles` contains `auditor`, and this server admits auditors (SPEC U1). */
  auditor: boolean;
  scope: ReadonlySet<string>;
  /** When the token was made, ms UTC. */
  issuedAt: number;
  /** When the token ends, ms UTC. */
  expiresAt: number;
}

/** Why a token was refused, for the metrics: the answer to the client says less. */
export type TokenFault = 'malformed' | 'algorithm' | 'signature' | 'expired' | 'claims' | 'lifetime' | 'revoked' | 'keys-unavailable';

/** A refused token. The code and message go to the client, the fault to the operator. */
export class TokenRefused extends ParleyError {
  readonly fault: TokenFault;

  constructor(fault: TokenFault) {
    super(
      fault === 'expired' ? 'TOKEN_EXPIRED' : fault === 'keys-unavailable' ? 'UNAVAILABLE' : 'UNAUTHENTICATED',
      undefined,
      fault === 'keys-unavailable' ? 5_000 : undefined,
    );
    this.fault = fault;
  }
}

export interface IdentityOptions {
  secrets: readonly string[];
  jwksUrl: string | undefined;
  issuer: string | undefined;
  audience: string;
  /** The longest life of a token, in seconds. */
  lifetime: number;
  /** The role `auditor` is one; otherwise it is a word of the host's. */
  auditors: boolean;
}

/** Public keys sign with these and nothing else, a shared secret with HS256: which one it is never depends on the token alone (attacks 1-3). */
const PUBLIC_KEY_ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519'];
const SECRET_ALGORITHM = 'HS256';

const claimsSchema = z.object({
  sub: userId,
  tenant: tenantId,
  iat: z.number(),
  exp: z.number(),
  name: z.string(),
  title: z.string().optional(),
  organisation: z.string().optional(),
  email: z.string().optional(),
  phone: z.string().optional(),
  initiate: z.boolean().optional(),
  roles: z.array(z.string().max(64)).max(64).optional(),
  scope: z.string().max(1_024).optional(),
});

/** Checks tokens of users and of host back ends alike. */
export class IdentityVerifier {
  readonly #options: IdentityOptions;
  /** As the keys that jose checks with: of anything else it would make one for each token. */
  readonly #secrets: Promise<readonly webcrypto.CryptoKey[]>;
  readonly #keySet: JWTVerifyGetKey | undefined;

  constructor(options: IdentityOptions) {
    this.#options = options;
    this.#secrets = Promise.all(options.secrets.map(toKey));
    this.#keySet = options.jwksUrl === undefined ? undefined : createRemoteJWKSet(new URL(options.jwksUrl), { timeoutDuration: 5_000 });
  }

  /** By the settings of a server: whoever asks what it would say of a token must not read them in a way of their own. */
  static of({ secret, jwksUrl, issuer, audience, tokenLifetime: lifetime, auditors }: ServerConfig): IdentityVerifier {
    return new IdentityVerifier({ secrets: secret ?? [], jwksUrl, issuer, audience, lifetime, auditors });
  }

  /** @throws TokenRefused */
  async verify(token: string): Promise<Identity> {
    const payload = await this.#checkSignature(token);
    const parsed = claimsSchema.safeParse(payload);
    if (!parsed.success) throw new TokenRefused('claims');
    const { sub, tenant, iat, exp, name, title, organisation, initiate, roles, scope } = parsed.data;
    if (exp - iat > this.#options.lifetime || exp <= iat) throw new TokenRefused('lifetime');
    if (iat > (Date.now() + TIMES.clockTolerance) / 1000) throw new TokenRefused('claims');
    const who = person.safeParse({ id: sub, name, title, organisation });
    if (!who.success) throw new TokenRefused('claims');
    return {
      tenant,
      person: withoutUndefined({ ...who.data, ...reachedBy(parsed.data) }),
      initiate,
      admin: roles?.includes('admin') ?? false,
      auditor: this.#options.auditors && (roles?.includes('auditor') ?? false),
      scope: new Set(scope?.split(' ').filter((part) => part !== '')),
      issuedAt: iat * 1000,
      expiresAt: exp * 1000,
    };
  }

  async #checkSignature(token: string): Promise<JWTPayload> {
    let algorithm: string | undefined;
    try {
      algorithm = decodeProtectedHeader(token).alg;
    } catch {
      throw new TokenRefused('malformed');
    }
    if (algorithm === SECRET_ALGORITHM && this.#options.secrets.length > 0) return this.#checkWithSecrets(token);
    if (algorithm !== undefined && PUBLIC_KEY_ALGORITHMS.includes(algorithm) && this.#keySet) {
      try {
        return (await jwtVerify(token, this.#keySet, this.#checks(PUBLIC_KEY_ALGORITHMS))).payload;
      } catch (error) {
        throw refused(error);
      }
    }
    throw new TokenRefused('algorithm');
  }

  /** While a secret is rotated, the old one is accepted for as long as it stands in the list (attack 13). */
  async #checkWithSecrets(token: string): Promise<JWTPayload> {
    let last: unknown;
    for (const secret of await this.#secrets) {
      try {
        return (await jwtVerify(token, secret, this.#checks([SECRET_ALGORITHM]))).payload;
      } catch (error) {
        last = error;
        if (!(error instanceof errors.JWSSignatureVerificationFailed)) break;
      }
    }
    throw refused(last);
  }

  #checks(algorithms: string[]) {
    const { audience, issuer } = this.#options;
    return {
      algorithms,
      audience,
      clockTolerance: TIMES.clockTolerance / 1000,
      requiredClaims: ['sub', 'iat', 'exp', 'aud'],
      ...(issuer === undefined ? {} : { issuer }),
    };
  }
}

function toKey(secret: string): Promise<webcrypto.CryptoKey> {
  return webcrypto.subtle.importKey('raw', new TextEncoder().encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
}

function refused(error: unknown): TokenRefused {
  if (error instanceof errors.JWTExpired) return new TokenRefused('expired');
  if (error instanceof errors.JWTClaimValidationFailed) return new TokenRefused('claims');
  if (error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JWKSNoMatchingKey)
    return new TokenRefused('signature');
  if (error instanceof errors.JOSEAlgNotAllowed || error instanceof errors.JOSENotSupported) return new TokenRefused('algorithm');
  if (error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid) return new TokenRefused('malformed');
  // What is left is the key set: not reachable, not a key set, or not answering in time. The token may be good.
  return new TokenRefused('keys-unavailable');
}

/** The directory compares and stores people: a key without a value must not make two of one. */
function withoutUndefined(who: Person): Person {
  return Object.fromEntries(Object.entries(who).filter(([, value]) => value !== undefined)) as Person;
}

/** An address or number that is none keeps nobody from signing in: providers put all sorts of things there. */
function reachedBy(claims: { email?: string | undefined; phone?: string | undefined }): Pick<Person, 'email' | 'phone'> {
  const email = person.shape.email.safeParse(claims.email).data;
  const phone = person.shape.phone.safeParse(claims.phone).data;
  return { ...(email === undefined ? {} : { email }), ...(phone === undefined ? {} : { phone }) };
}
