import type { StoredRecord } from '../domain/audit-chain.js';
import type { ChainedEntry } from '../domain/chain.js';
import type { AuditDraft } from './audit-storage.js';
import type { StrayLog } from './sql/strays.js';

/** A log as its own row tells it, and where its entries end. */
export interface ArchivedLog {
  /** The engine's own name of it. */
  id: number;
  tenant: string;
  conversation: string;
  head: number;
  /** Hash of the entry at the head. */
  chain: Uint8Array;
  /** The last entry that there is; the head, unless somebody has been at it. */
  last: number;
}

export interface ArchivedAudit {
  tenant: string;
  head: number;
  chain: Uint8Array;
  last: number;
}

/** A store as operators and auditors read it, with the server running or not: everything as it is stored, of every tenant, seen by nobody's eyes. */
export interface Archive {
  readonly epoch: string;
  /** Number of the last line of signed heads that the second place has, as far as the store knows. */
  readonly anchored: { epoch: string; number: number } | null;
  /** @throws StoreError STORE_DAMAGED when the files do not hold together. */
  checkFiles(): Promise<void>;
  /** Of one tenant, or of all. */
  logs(tenant: string | null): AsyncIterable<ArchivedLog>;
  /** The entries of a log up to its head or last entry, whichever comes first. */
  entries(log: ArchivedLog): AsyncIterable<ArchivedEntry>;
  /** Entries of any tenant whose conversation is not there. */
  strays(): AsyncIterable<StrayLog>;
  audits(tenant: string | null): Promise<ArchivedAudit[]>;
  records(log: ArchivedAudit): AsyncIterable<StoredRecord>;
  names(tenant: string): AsyncIterable<{ id: string; name: string }>;
  /** Writes down what is done with the archive. */
  audit(tenant: string, record: AuditDraft): Promise<number>;
  close(): Promise<void>;
}

export type ArchivedEntry = ChainedEntry & { erased: boolean };

/** One body and salt that go; see `Eraser`. */
export interface Erasure {
  tenant: string;
  conversation: string;
  seq: number;
  record: AuditDraft;
}

/** `no-text`: an entry that is no message. */
export type ErasureResult = 'erased' | 'already' | 'not-found' | 'no-text';
