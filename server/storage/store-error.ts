/** Why a store is not opened. The codes are for operators; clients never see them. */
export type StoreErrorCode =
  /** The file is not a database, or its pages do not hold together. */
  | 'STORE_DAMAGED'
  /** A commit would not wait for the disk. */
  | 'STORE_NOT_DURABLE'
  /** Another process has it. */
  | 'STORE_LOCKED'
  /** There is one already where another is to be put. */
  | 'STORE_EXISTS'
  /** It was written by a newer Parley. */
  | 'STORE_TOO_NEW'
  /** It was written by an older Parley, and what was asked for needs what is added when it is opened; here it may not be added. */
  | 'STORE_TOO_OLD'
  /** A database, but not one of Parley, or one whose schema was made by other steps. */
  | 'STORE_FOREIGN'
  /** The database library has known faults that lose data. */
  | 'STORE_ENGINE_TOO_OLD'
  /** The file cannot be opened or created; the database does not answer. */
  | 'STORE_UNREACHABLE'
  /** The database repeats another one and cannot be written. */
  | 'STORE_STANDBY';

/** Refusal to open a store. It says what an operator can do about it. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string) {
    super(message);
    this.name = 'StoreError';
    this.code = code;
  }
}
