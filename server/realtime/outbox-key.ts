import { hkdfSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** Another purpose of the store's secret has another label, so that no key can be had from another. */
const PURPOSE = 'parley outbox key 1';
const BYTES = 32;

/**
 * What a browser encrypts this user's unsent text with (reliability 8.6). The same from every node of a store and at every sign-in; nobody
 * else's, and not to be had without the store's secret. Told to the signed-in user alone, and never logged.
 */
export function outboxKey(secret: KeyObject, tenant: string, user: string): string {
  // As JSON, so that no other pair of names gives the same bytes.
  return Buffer.from(hkdfSync('sha256', secret, '', JSON.stringify([PURPOSE, tenant, user]), BYTES)).toString('base64url');
}
