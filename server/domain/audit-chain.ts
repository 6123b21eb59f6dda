import { hash } from 'node:crypto';
import { canonicalJson } from './canonical-json.js';
import { same } from './chain.js';

/**
 * The hash chain of a tenant's audit log (G17). For an auditor:
 *
 *   record  canonical JSON (RFC 8785) of { act, at, by, facts, reason, second, seq, subject, tenant, v: 1 } without what is absent, in UTF-8
 *   hash    SHA-256(0x00 || previous hash || record); before the first record stand 32 zero bytes
 *
 * There is no salted commitment as in a conversation: a record has no text that could ever have to be erased.
 */
export function auditHash(previous: Uint8Array, record: string): Buffer {
  return hash('sha256', Buffer.concat([LEAF, previous, Buffer.from(record)]), 'buffer');
}

/** What is hashed and stored, from what happened. */
export function auditText(tenant: string, record: object, seq: number, at: number): string {
  return canonicalJson({ ...record, tenant, seq, at, v: 1 });
}

const LEAF = Uint8Array.of(0);

/** A record as it is stored. */
export interface StoredRecord {
  tenant: string;
  seq: number;
  at: number;
  record: string;
  hash: Uint8Array;
}

/** Why a record does not fit behind the hash before it, or null when it fits. */
export function auditMisfit(previous: Uint8Array, seq: number, stored: StoredRecord): 'missing' | 'changed' | 'chain' | null {
  if (stored.seq !== seq) return 'missing';
  const said = fieldsOf(stored.record);
  if (said?.['tenant'] !== stored.tenant || said['seq'] !== seq || said['at'] !== stored.at) return 'changed';
  return same(auditHash(previous, stored.record), stored.hash) ? null : 'chain';
}

function fieldsOf(record: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(record);
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}
