import type { ParleyError } from '#protocol';

/** Where a connection stands. `ready` is the only state in which commands are sent. */
export type ConnectionState = 'idle' | 'connecting' | 'catching-up' | 'ready' | 'waiting' | 'ended';

/**
 * Why a connection is in its state: a closed list, so that the interface can translate it.
 * `final` ones end the session: the client does not connect again by itself.
 */
export const REASONS = {
  start: { final: false },
  opened: { final: false },
  synced: { final: false },
  'transport-lost': { final: false },
  'server-unreachable': { final: false },
  'server-closing': { final: false },
  heartbeat: { final: false },
  'token-unavailable': { final: false },
  'network-offline': { final: false },
  'token-refused': { final: true },
  'forbidden-origin': { final: true },
  'client-too-old': { final: true },
  'server-too-old': { final: true },
  'user-ended': { final: true },
  'user-switched': { final: true },
  revoked: { final: true },
  expired: { final: false },
} as const satisfies Record<string, { final: boolean }>;

export type ConnectionReason = keyof typeof REASONS;

export interface Connection {
  readonly state: ConnectionState;
  readonly reason: ConnectionReason;
  /** With `waiting`: when the next attempt is made. UTC, ms. */
  readonly retryAt?: number;
  /** Since when there is no connection; absent while there is one. UTC, ms. */
  readonly offlineSince?: number;
  /** The coded error that led here, when there is one. */
  readonly error?: ParleyError;
  /** Set when the server came back with another history (SPEC S4), until the next change of state. */
  readonly restored?: true;
}
