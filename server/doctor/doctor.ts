import { bundleCheck } from './bundle-check.js';
import { configurationCheck } from './configuration-check.js';
import { reasonOf } from './finding.js';
import type { Check, Finding, Patient } from './finding.js';
import { anchorsCheck, diskCheck, storeCheck } from './store-checks.js';
import { mailCheck, redisCheck } from './service-checks.js';
import { keySetCheck, tlsCheck } from './key-checks.js';
import { publicAddressCheck } from './public-address-check.js';

const CHECKS: readonly Check[] = [
  configurationCheck,
  storeCheck,
  diskCheck,
  redisCheck,
  keySetCheck,
  mailCheck,
  anchorsCheck,
  tlsCheck,
  bundleCheck,
  publicAddressCheck,
];

/** Looks at every part of an installation, all at once, and says what it finds in their order. It changes nothing. */
export async function examine(patient: Patient): Promise<Finding[]> {
  const found = await Promise.all(
    CHECKS.map(({ about, look }) => look(patient).catch((error: unknown): Finding[] => [{ level: 'fail', about, says: reasonOf(error) }])),
  );
  return found.flat();
}
