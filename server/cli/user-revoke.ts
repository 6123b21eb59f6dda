import { openArchive } from '../archive/open-archive.js';
import { Misused, required } from '../archive/outcome.js';
import type { ServerConfig } from '../config.js';
import { AUDIT_ACTS } from '../storage/audit-storage.js';
import { openStorage } from '../storage/open-storage.js';
import { StoreError } from '../storage/store-error.js';
import { mintToken } from '../token.js';
import { done } from './command.js';
import type { Command } from './command.js';

interface RevokeOrder {
  tenant: string;
  user: string;
  /** The operator, as the audit log shall name them. */
  by: string;
  /** Address of a running server; by default where the settings say that it listens. */
  server: string | undefined;
}

/** ms */
const ANSWER_WITHIN = 10_000;

export const userRevoke: Command = {
  name: 'user revoke',
  usage: '--tenant ID --user ID --by NAME [--server URL]',
  summary: ['refuse every token of a person that was issued until now, and close their connections on all nodes'],
  values: ['tenant', 'user', 'by', 'server'],
  keyless: true,
  run: async ({ read, values }) => {
    const { server } = values;
    if (server !== undefined && !URL.canParse(server)) throw new Misused(['--server: not an address']);
    const order = { ...required(values, 'tenant', 'user', 'by'), server };
    const { config, sources } = read();
    return done(await revoke(sources.has('secret') ? config : { ...config, secret: undefined }, order));
  },
};

/**
 * In the store itself where that can be opened beside the nodes, which find it there; and through the running server
 * where that one has the file. Resolves to what was done.
 *
 * @throws StoreError when there is none, or it cannot be opened for another reason than that; Error when the server refuses.
 */
async function revoke(config: ServerConfig, order: RevokeOrder): Promise<string> {
  const { tenant, user } = order;
  const told = `Every token of ${user} in ${tenant} that was issued until now is refused.`;
  // A name that was misspelt must not make a store in which nobody is, and say that it is done.
  await (await openArchive(config)).close();
  try {
    const storage = await openStorage(config, { log: () => undefined, onCommit: () => undefined, onLost: () => undefined });
    try {
      await storage.revokeUser(tenant, user, {
        act: AUDIT_ACTS.userRevoked,
        by: { kind: 'operator', id: order.by },
        subject: { user },
      });
    } finally {
      await storage.close();
    }
    return told;
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'STORE_LOCKED') throw error;
  }
  await ask(config, order);
  return told;
}

async function ask(config: ServerConfig, { tenant, user, by, server }: RevokeOrder): Promise<void> {
  const scheme = config.tlsCert === undefined ? 'http' : 'https';
  const host = ['0.0.0.0', '::'].includes(config.host) ? '127.0.0.1' : config.host;
  const address = server ?? `${scheme}://${host.includes(':') ? `[${host}]` : host}:${config.port}`;
  const response = await fetch(new URL(`/v1/users/${encodeURIComponent(user)}/revoke`, address), {
    method: 'POST',
    headers: { authorization: `Bearer ${await credential(config, tenant)}`, 'content-type': 'application/json' },
    body: JSON.stringify({ operator: by }),
    signal: AbortSignal.timeout(ANSWER_WITHIN),
  }).catch(() => {
    throw new Error(`The store is in use, and no server answers at ${address}: say where the one that has it listens with --server.`);
  });
  if (!response.ok) throw new Error(`The server at ${address} answered ${response.status}.`);
}

async function credential({ hostKeys, secret, audience, issuer }: ServerConfig, tenant: string): Promise<string> {
  const key = hostKeys.find((entry) => entry.startsWith(`${tenant}=`));
  if (key !== undefined) return key.slice(tenant.length + 1);
  const [signing] = secret ?? [];
  if (signing === undefined)
    throw new Error(`The server has the store: asking it needs a key of ${tenant} in PARLEY_HOST_KEYS, or PARLEY_SECRET.`);
  return mintToken({
    secret: signing,
    sub: 'parley-revoke',
    tenant,
    name: 'parley user revoke',
    audience,
    scope: 'parley:directory',
    lifetime: 60,
    ...(issuer === undefined ? {} : { issuer }),
  });
}
