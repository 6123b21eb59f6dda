import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { Misused, required } from '../archive/outcome.js';
import type { Outcome } from '../archive/outcome.js';
import type { ServerConfig } from '../config.js';
import { IdentityVerifier, TokenRefused } from '../realtime/identity.js';
import type { Identity } from '../realtime/identity.js';
import { mintToken } from '../token.js';
import { done, withConfig } from './command.js';
import type { Command } from './command.js';
import { whyRefused } from './token-faults.js';

export const tokenCommands: readonly Command[] = [
  {
    name: 'token',
    usage:
      '--sub ID --tenant ID --name NAME [--title T] [--organisation O] [--ttl SECONDS] [--initiate] [--admin] [--scope S] [--key FILE]',
    summary: ['sign a token with PARLEY_SECRET, or with the private key (JWK) in FILE where the server checks by a key set'],
    values: ['sub', 'tenant', 'name', 'title', 'organisation', 'ttl', 'scope', 'key'],
    keyless: true,
    switches: ['initiate', 'admin'],
    run: async ({ read, values, switches }) => {
      const { config, sources } = read();
      const { sub, tenant, name } = required(values, 'sub', 'tenant', 'name');
      const { title, organisation, scope, ttl = '600' } = values;
      if (!/^\d+$/.test(ttl) || Number(ttl) > config.tokenLifetime)
        throw new Misused([`--ttl: whole seconds, at most ${config.tokenLifetime} (PARLEY_TOKEN_LIFETIME)`]);
      return done(
        await mintToken({
          ...signing(values.key, sources.has('secret') ? config.secret : undefined),
          sub,
          tenant,
          name,
          audience: config.audience,
          lifetime: Number(ttl),
          ...(title === undefined ? {} : { title }),
          ...(organisation === undefined ? {} : { organisation }),
          ...(scope === undefined ? {} : { scope }),
          ...(config.issuer === undefined ? {} : { issuer: config.issuer }),
          ...(switches['initiate'] ? { initiate: true } : {}),
          ...(switches['admin'] ? { roles: ['admin'] } : {}),
        }),
      );
    },
  },
  {
    name: 'token verify',
    usage: '[TOKEN]',
    summary: ['say whether this server would accept a token, and whom it makes of it, or why not; without TOKEN it is read from stdin'],
    words: 1,
    run: withConfig(async ({ config, words }) => verifyToken(config, (words[0] ?? (await text(process.stdin))).trim())),
  },
];

/** @throws Misused when there is nothing to sign with. */
function signing(file: string | undefined, [secret]: readonly string[] = []): { key: object } | { secret: string } {
  if (file === undefined && secret === undefined)
    throw new Misused(['parley token signs with PARLEY_SECRET, which is not set, or with --key FILE']);
  if (file === undefined) return { secret: secret ?? '' };
  try {
    return { key: JSON.parse(readFileSync(file, 'utf8')) as object };
  } catch {
    throw new Misused([`--key: ${file} is no file with a private key as JSON (parley keys generate)`]);
  }
}

async function verifyToken(config: ServerConfig, token: string): Promise<Outcome> {
  const identities = IdentityVerifier.of(config);
  try {
    const identity = await identities.verify(token);
    return done('accepted', ...describe(identity, token), 'Not asked here: whether the person was revoked or deactivated since.');
  } catch (error) {
    if (!(error instanceof TokenRefused)) throw error;
    return { code: 1, lines: [`refused: ${error.fault}`, ...whyRefused(token, error.fault, config)] };
  }
}

function describe({ tenant, person, initiate, admin, auditor, scope, issuedAt, expiresAt }: Identity, token: string): string[] {
  const { alg = '', kid } = decodeProtectedHeader(token);
  const rights = [...(initiate ? ['initiate'] : []), ...(admin ? ['admin'] : []), ...(auditor ? ['auditor'] : [])];
  const life = `${new Date(issuedAt).toISOString()} to ${new Date(expiresAt).toISOString()}`;
  const { iat = 0, exp = 0 } = decodeJwt(token);
  return [
    `  user    ${person.id} (${person.name})`,
    `  tenant  ${tenant}`,
    `  rights  ${rights.join(', ') || 'those of everybody'}`,
    ...(scope.size === 0 ? [] : [`  scope   ${[...scope].join(' ')}`]),
    `  life    ${life}, ${Math.round(exp - iat)} s`,
    `  signed  ${alg}${kid === undefined ? '' : ` by key ${kid}`}`,
  ];
}
