import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import { anchorKey } from '../archive/anchor-key.js';
import { Misused } from '../archive/outcome.js';
import { rawPublicKey } from '../domain/anchor-line.js';
import { done, withConfig } from './command.js';
import type { Command } from './command.js';

const ALGORITHMS = ['ES256', 'EdDSA', 'RS256', 'PS256'];
const PRIVATE_FILE = 'parley-private-key.json';
const SET_FILE = 'jwks.json';

export const keyCommands: readonly Command[] = [
  {
    name: 'keys generate',
    usage: '[--alg ES256] [--kid ID] [--out DIR]',
    summary: [
      'make a key with which your back end signs tokens, and the key set that this server asks for (PARLEY_JWKS_URL);',
      `printed, or written to ${PRIVATE_FILE} and ${SET_FILE} in DIR; --alg: ${ALGORITHMS.join(', ')}`,
    ],
    values: ['alg', 'kid', 'out'],
    run: async ({ values: { alg = 'ES256', kid, out } }) => {
      if (!ALGORITHMS.includes(alg)) throw new Misused([`--alg: one of ${ALGORITHMS.join(', ')}`]);
      const { privateKey, keySet } = await generate(alg, kid);
      if (out === undefined) return done(JSON.stringify({ privateKey, keySet }, null, 2));
      await mkdir(out, { recursive: true, mode: 0o700 });
      // Never over one that is there: tokens would be signed by a key that nobody has any more.
      await writeFile(join(out, PRIVATE_FILE), `${JSON.stringify(privateKey, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
      await writeFile(join(out, SET_FILE), `${JSON.stringify(keySet, null, 2)}\n`, { flag: 'wx' });
      return done(
        `${join(out, PRIVATE_FILE)} signs tokens and stays with your back end.`,
        `${join(out, SET_FILE)} is public: serve it under the address of PARLEY_JWKS_URL.`,
      );
    },
  },
  {
    name: 'keys print',
    summary: ['print the public half of the key that signs heads (PARLEY_ANCHORS); the key is made where there is none'],
    keyless: true,
    run: withConfig(async ({ config }) => done(rawPublicKey(anchorKey(config)))),
  },
];

async function generate(alg: string, kid: string | undefined) {
  const pair = await generateKeyPair(alg, { extractable: true });
  const publicJwk = await exportJWK(pair.publicKey);
  const about = { kid: kid ?? (await calculateJwkThumbprint(publicJwk)).slice(0, 16), alg, use: 'sig' };
  return { privateKey: { ...(await exportJWK(pair.privateKey)), ...about }, keySet: { keys: [{ ...publicJwk, ...about }] } };
}
