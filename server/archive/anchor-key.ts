import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../config.js';
import type { ServerConfig } from '../config.js';

const FILE = 'anchor-key.pem';

/**
 * The Ed25519 key that signs the heads: the one of the configuration, or the one of the data folder, which is made when there is none.
 *
 * @throws ConfigError when it is no such key, or the folder cannot be written.
 */
export function anchorKey({ anchorKey: pem, data }: Pick<ServerConfig, 'anchorKey' | 'data'>): KeyObject {
  if (pem !== undefined) return parseKey(pem, 'PARLEY_ANCHOR_KEY');
  const path = join(data, FILE);
  const known = read(path);
  if (known !== null) return parseKey(known, path);
  const { privateKey } = generateKeyPairSync('ed25519');
  try {
    mkdirSync(data, { recursive: true, mode: 0o700 });
    writeFileSync(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    // Another process may have made one in this moment.
    const made = read(path);
    if (made === null) throw new ConfigError([`PARLEY_ANCHOR_KEY: ${path} cannot be written (${String(error)})`]);
    return parseKey(made, path);
  }
  return privateKey;
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function parseKey(pem: string, where: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // told below: the reason could show parts of the key
  }
  throw new ConfigError([`${where}: not an Ed25519 private key in PEM (PKCS 8)`]);
}
