import { createHash, timingSafeEqual } from 'node:crypto';

interface HostKey {
  tenant: string;
  digest: Buffer;
}

/** The keys of hosts' back ends: each stands for one tenant, with every right there. Only their hashes are kept. */
export class HostKeys {
  readonly #keys: readonly HostKey[];

  /** `tenant=key`, as the configuration has them. */
  constructor(settings: readonly string[]) {
    this.#keys = settings.map((setting) => {
      const end = setting.indexOf('=');
      return { tenant: setting.slice(0, end), digest: digestOf(setting.slice(end + 1)) };
    });
  }

  /** Whose key it is, with the first digits of its hash. Looks at every key whichever fits, so that the time says nothing about them. */
  find(presented: string): { tenant: string; fingerprint: string } | undefined {
    const digest = digestOf(presented);
    let found: HostKey | undefined;
    for (const key of this.#keys) if (timingSafeEqual(key.digest, digest)) found = key;
    return found && { tenant: found.tenant, fingerprint: found.digest.toString('hex', 0, 4) };
  }
}

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();
