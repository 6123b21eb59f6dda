import { createHmac, createSecretKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** Another purpose of the store's secret has another label, so that no key can be had from another. */
const PURPOSE = 'parley outbox key 1';
/** No salt, as HKDF has it: as many zeros as the hash has bytes. */
const NO_SALT = Buffer.alloc(32);

/** Half of the way, which is the same for every user. */
const extracted = new WeakMap<Uint8Array, KeyObject>();

/**
 * What a browser encrypts this user's unsent text with (reliability 8.6). The same from every node of a store and at every sign-in; nobody
 * else's, and not to be had without the store's secret. Told to the signed-in user alone, and never logged.
 */
export function outboxKey(secret: Uint8Array, tenant: string, user: string): string {
  // HKDF with SHA-256 (RFC 5869), of which one block is enough. As JSON, so that no other pair of names gives the same bytes.
  const info = JSON.stringify([PURPOSE, tenant, user]);
  return createHmac('sha256', extract(secret)).update(`${info}\u0001`).digest('base64url');
}

function extract(secret: Uint8Array): KeyObject {
  let key = extracted.get(secret);
  if (!key) extracted.set(secret, (key = createSecretKey(createHmac('sha256', NO_SALT).update(secret).digest())));
  return key;
}
