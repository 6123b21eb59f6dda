import { X509Certificate, createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { importJWK } from 'jose';
import type { JWK } from 'jose';
import { clockFinding } from './clock.js';
import { PATIENCE, findings, reasonOf } from './finding.js';
import type { Check, Finding } from './finding.js';

const { ok, warn, fail } = findings('keys');
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519'];
const BY_TYPE = new Map([
  ['RSA', 'RS256'],
  ['EC', 'ES256'],
  ['OKP', 'EdDSA'],
]);
const LEAST_RSA_BITS = 2_048;
const DAY = 86_400_000;
/** Days before its end at which a certificate should have been renewed. */
const SOON = 14;

export const keySetCheck: Check = {
  about: 'keys',
  async look({ config, sources }) {
    const found: Finding[] = [];
    if (config.secret !== undefined && sources.has('secret')) {
      const rotating = config.secret.length > 1 ? `; ${config.secret.length} while one is rotated` : '';
      const says = `PARLEY_SECRET checks tokens (HS256)${rotating}`;
      found.push(config.jwksUrl === undefined ? ok(says) : warn(`${says} beside the key set: whoever has it makes tokens for anybody`));
    }
    if (config.jwksUrl !== undefined) found.push(...(await lookAtKeySet(config.jwksUrl)));
    return found.length > 0 ? found : [fail('neither PARLEY_SECRET nor PARLEY_JWKS_URL is set: no token can be checked')];
  },
};

async function lookAtKeySet(address: string): Promise<Finding[]> {
  const asked = Date.now();
  let response: Response;
  try {
    response = await fetch(address, { signal: AbortSignal.timeout(PATIENCE), headers: { accept: 'application/json' } });
  } catch (error) {
    return [fail(`${address} cannot be reached: ${reasonOf(error)}`)];
  }
  const clock = clockFinding('the key set', response.headers.get('date'), asked, Date.now());
  if (!response.ok) return [fail(`${address} answers ${response.status}`), clock];
  const keys = await response.json().then(keysOf, () => undefined);
  if (keys === undefined) return [fail(`${address} is no key set: a JSON object with a list "keys"`), clock];
  const faults: Finding[] = [];
  const usable: string[] = [];
  for (const key of keys) {
    const fault = await faultOf(key);
    if (fault === undefined) usable.push(`${key.kid ?? 'without kid'} (${key.alg ?? key.kty ?? ''})`);
    else faults.push(fault);
  }
  if (usable.length > 1 && keys.some(({ kid }) => kid === undefined))
    faults.push(warn('several keys, and not all have a kid: tokens may not find theirs'));
  const summary =
    usable.length > 0 ? ok(`${address}: ${usable.join(', ')}`) : fail(`${address} has no key that signs ${ALGORITHMS.join(', ')}`);
  return [summary, ...faults, clock];
}

function keysOf(body: unknown): JWK[] | undefined {
  const keys = typeof body === 'object' && body !== null && 'keys' in body ? body.keys : undefined;
  return Array.isArray(keys) ? keys.filter((key): key is JWK => typeof key === 'object' && key !== null) : undefined;
}

async function faultOf(key: JWK): Promise<Finding | undefined> {
  const name = `key ${key.kid ?? 'without kid'}`;
  if (key.kty === 'oct' || 'd' in key) return fail(`${name} is published with its secret: take it away, make another, and revoke`);
  if (key.use !== undefined && key.use !== 'sig') return warn(`${name} is not for signatures (use: ${key.use})`);
  const alg = key.alg ?? BY_TYPE.get(key.kty ?? '');
  if (alg === undefined || !ALGORITHMS.includes(alg)) return warn(`${name}: ${alg ?? key.kty ?? 'its type'} is not accepted`);
  const bits = key.kty === 'RSA' ? Buffer.from(key.n ?? '', 'base64url').length * 8 : undefined;
  if (bits !== undefined && bits < LEAST_RSA_BITS) return fail(`${name}: RSA of ${bits} bits; at least ${LEAST_RSA_BITS} are needed`);
  try {
    await importJWK(key, alg);
    return undefined;
  } catch {
    return fail(`${name} is no ${alg} key`);
  }
}

export const tlsCheck: Check = {
  about: 'tls',
  async look({ config: { tlsCert, tlsKey, trustProxy, host } }) {
    const tls = findings('tls');
    if (tlsCert === undefined || tlsKey === undefined) {
      if (trustProxy > 0)
        return [tls.ok(`ends in front: ${trustProxy} ${trustProxy === 1 ? 'proxy' : 'proxies'} of yours (PARLEY_TRUST_PROXY)`)];
      const alone = ['127.0.0.1', '::1', 'localhost'].includes(host);
      return [
        alone
          ? tls.skip('this machine only')
          : tls.warn(`${host} is served without TLS and without a proxy: PARLEY_TLS_CERT, PARLEY_TRUST_PROXY`),
      ];
    }
    const certificate = new X509Certificate(readFileSync(tlsCert));
    if (!certificate.checkPrivateKey(createPrivateKey(readFileSync(tlsKey))))
      return [tls.fail('PARLEY_TLS_KEY is not the key of PARLEY_TLS_CERT')];
    const days = (Date.parse(certificate.validTo) - Date.now()) / DAY;
    const says = `${certificate.subject.replaceAll('\n', ', ')}, until ${certificate.validTo}`;
    return [days < 0 ? tls.fail(`${says}: it has ended`) : days < SOON ? tls.warn(`${says}: renew it`) : tls.ok(says)];
  },
};
