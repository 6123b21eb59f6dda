import { DatabaseError } from 'pg';

/**
 * What PostgreSQL says when it cannot store or read now: connections (08), resources (53), operators and shutdowns (57), the system (58), a
 * damaged page (XX001, XX002), a standby (25006), a transaction that stood still (25P03), a lock that did not come free (55P03).
 */
const UNAVAILABLE = /^(08...|53...|57P0.|57014|58...|XX00[12]|25006|25P0[34]|55P03|40001|40P01|28...|3D000)$/;

/**
 * The transaction met another one and would succeed alone: it could not be serialised, it was chosen to end a deadlock, or another made
 * the row that it was about to make (a pair's conversation, a first contact), which it finds when it is run again.
 */
const AGAIN = /^(40001|40P01|23505)$/;

/** No statement got through, so nobody knows more than that the connection is gone. */
export function isLostConnection(error: unknown): boolean {
  if (error instanceof DatabaseError) return /^(08...|57P0.|25P0[34])$/.test(error.code ?? '');
  return hasNetworkCode(error) || isDriverComplaint(error);
}

export function isUnavailable(error: unknown): boolean {
  return error instanceof DatabaseError ? UNAVAILABLE.test(error.code ?? '') : hasNetworkCode(error) || isDriverComplaint(error);
}

export function isWorthRepeating(error: unknown): boolean {
  return error instanceof DatabaseError && AGAIN.test(error.code ?? '');
}

/** Text that PostgreSQL cannot hold, such as one with a NUL. */
export function isUnstorableText(error: unknown): boolean {
  return error instanceof DatabaseError && (error.code === '22021' || error.code === '22P05');
}

/** For the log of an operator; what PostgreSQL adds of the values that were sent (`detail`) is left out, because it may be a text. */
export function reasonOf(error: unknown): string {
  if (error instanceof DatabaseError) return `${error.code ?? ''} ${error.severity ?? ''} ${error.routine ?? ''}`.trim();
  return error instanceof Error ? error.message : String(error);
}

function hasNetworkCode(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && /^E[A-Z]+$/.test(error.code);
}

/** The driver has no codes for what it says of connections itself. */
function isDriverComplaint(error: unknown): boolean {
  return (
    error instanceof Error &&
    /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client (was closed|has encountered)|Cannot use a pool)/.test(
      error.message,
    )
  );
}
