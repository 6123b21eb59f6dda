import type { ErrorCode, EventPayload, ParleyError } from '#protocol';

/** Where a connection stands. Commands are sent while `catching-up` and `ready`. */
export type ConnectionState = 'idle' | 'connecting' | 'catching-up' | 'ready' | 'waiting' | 'ended';

/** Why a connection is in its state: a closed list, which the interface translates. */
export const REASONS = [
  'start',
  'opened',
  'synced',
  'transport-lost',
  'server-unreachable',
  'server-closing',
  'heartbeat',
  'token-unavailable',
  'token-refused',
  'forbidden-origin',
  'client-too-old',
  'server-too-old',
  'network-offline',
  'user-ended',
  'user-switched',
  'user-locked',
  'revoked',
  'expired',
] as const;
export type ConnectionReason = (typeof REASONS)[number];

export interface Connection {
  readonly state: ConnectionState;
  readonly reason: ConnectionReason;
  /** With `waiting`: when the next attempt is made. UTC, ms. */
  readonly retryAt?: number;
  /** Since when there is no connection; absent while there is one. UTC, ms. */
  readonly offlineSince?: number;
  /** The coded error that led here, when there is one. */
  readonly error?: ParleyError;
  /** The server came back with another history (SPEC S4); said until the next loss of the connection. */
  readonly restored?: true;
}

/** What to do about a refused or closed connection: end, wait with back-off, or try once more with a fresh token. */
export interface Verdict {
  reason: ConnectionReason;
  then: 'end' | 'wait' | 'fresh-token';
}

/** A refusal by code. What is not listed passes by itself: wait. */
export const REFUSED: { readonly [C in ErrorCode]?: Verdict } = {
  UNAUTHENTICATED: { reason: 'token-refused', then: 'fresh-token' },
  TOKEN_EXPIRED: { reason: 'token-refused', then: 'fresh-token' },
  WRONG_USER: { reason: 'token-refused', then: 'end' },
  DEACTIVATED: { reason: 'revoked', then: 'end' },
  CLIENT_TOO_OLD: { reason: 'client-too-old', then: 'end' },
  SERVER_TOO_OLD: { reason: 'server-too-old', then: 'end' },
};

/** What the server said with `session:ended` before it closed. */
export const ENDED: Record<EventPayload<'session:ended'>['reason'], Verdict> = {
  expired: { reason: 'expired', then: 'fresh-token' },
  revoked: { reason: 'revoked', then: 'end' },
  replaced: { reason: 'revoked', then: 'end' },
  refused: { reason: 'token-refused', then: 'end' },
  shutdown: { reason: 'server-closing', then: 'wait' },
};

/** Socket.IO's causes of a closed connection. */
export const CLOSED: Record<string, ConnectionReason> = {
  'ping timeout': 'heartbeat',
  'io server disconnect': 'server-closing',
};
