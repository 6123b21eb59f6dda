import { createPublicKey, hash, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { canonicalJson } from './canonical-json.js';

/**
 * A line of signed heads, kept in a second place (G17, attack 74). For an auditor:
 *
 *   line       canonical JSON (RFC 8785) of what stands below, in UTF-8, ended by a line feed that is not part of it
 *   previous   SHA-256 of the line before it; 64 zeros in the first line of an epoch
 *   key        the raw Ed25519 public key, base64
 *   signature  Ed25519 over the canonical JSON of everything but the signature, base64
 *
 * A head's hash depends on every entry before it, so the last line that names a log binds all of it up to there.
 */
export interface AnchorLine {
  v: 1;
  /** Of the store; a store that was restored begins with a line of number 1. */
  epoch: string;
  /** 1, 2, 3 ... within the epoch. */
  number: number;
  /** ms UTC */
  at: number;
  /** In the first line: the epoch before this one, where there was one. */
  follows?: string | undefined;
  /** Whose logs it names: an auditor of one tenant is given its lines and no others. */
  tenant: string;
  conversations: [conversation: string, seq: number, hash: string][];
  /** Head of the audit log; null where that did not move. */
  audit: [seq: number, hash: string] | null;
  /** Lawful erasures. */
  erasures: [conversation: string, seq: number][];
  previous: string;
  key: string;
  signature: string;
}

export const NO_LINE = '0'.repeat(64);

export function signLine(content: Omit<AnchorLine, 'v' | 'key' | 'signature'>, privateKey: KeyObject): string {
  const signed = { ...content, v: 1, key: rawPublicKey(privateKey) };
  const signature = sign(null, Buffer.from(canonicalJson(signed)), privateKey).toString('base64');
  return canonicalJson({ ...signed, signature });
}

export function digestOf(line: string): string {
  return hash('sha256', line);
}

/** Null when it is no line, or its signature is not that of the key that it names. */
export function readLine(text: string): AnchorLine | null {
  const line = parse(text);
  if (!line || canonicalJson(line) !== text) return null;
  const { signature, ...signed } = line;
  try {
    const key = createPublicKey({
      key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(line.key, 'base64').toString('base64url') },
      format: 'jwk',
    });
    return verify(null, Buffer.from(canonicalJson(signed)), key, Buffer.from(signature, 'base64')) ? line : null;
  } catch {
    return null;
  }
}

/** As lines name it and as an operator compares it. */
export function rawPublicKey(key: KeyObject): string {
  const { x = '' } = (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'jwk' });
  return Buffer.from(x, 'base64url').toString('base64');
}

function parse(text: string): AnchorLine | null {
  try {
    const value = JSON.parse(text) as Partial<AnchorLine> | null;
    const complete =
      value?.v === 1 &&
      [value.epoch, value.tenant, value.previous, value.key, value.signature].every((field) => typeof field === 'string') &&
      [value.number, value.at].every((field) => typeof field === 'number') &&
      [value.conversations, value.erasures].every(Array.isArray) &&
      (value.audit === null || Array.isArray(value.audit));
    return complete ? (value as AnchorLine) : null;
  } catch {
    return null;
  }
}
