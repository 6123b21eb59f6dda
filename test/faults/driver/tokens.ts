import { SignJWT } from 'jose';

export type Claims = Record<string, unknown>;

/** A token as a host's back end would sign it at that moment, ms UTC: the driver's clock need not be the server's. */
export function mintAt(moment: number, secret: string, sub: string, claims: Claims = {}): Promise<string> {
  const seconds = Math.floor(moment / 1_000);
  return new SignJWT({ tenant: 'test', name: sub, initiate: true, ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(sub)
    .setAudience('parley')
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + 14 * 60)
    .sign(new TextEncoder().encode(secret));
}
