import type { AuditDraft, AuditRecord } from '../audit-storage.js';

/** A record of an audit log as it is selected. */
export interface RecordRow {
  seq: number;
  at: number;
  record: string;
  hash: Uint8Array;
}

export function toRecord({ seq, at, record, hash }: RecordRow): AuditRecord {
  const { act, by, second, subject, reason, facts } = JSON.parse(record) as AuditDraft;
  const optional = Object.fromEntries(Object.entries({ second, subject, reason, facts }).filter(([, value]) => value !== undefined));
  return { act, by, ...optional, seq, at, hash: Buffer.from(hash).toString('hex') };
}
