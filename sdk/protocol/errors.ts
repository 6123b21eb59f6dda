/**
 * The closed list of error codes. A code is a promise: its meaning never changes and it is never used for anything else.
 * `status` is the HTTP status of the same refusal; `retryable` says whether the same command may succeed later, unchanged.
 */
export const ERRORS = {
  UNAUTHENTICATED: { status: 401, retryable: false, meaning: 'The token is missing, malformed, or not for this server.' },
  TOKEN_EXPIRED: { status: 401, retryable: false, meaning: 'The token has ended; a fresh one is needed.' },
  WRONG_USER: { status: 401, retryable: false, meaning: 'The frame names another user than the one signed in on this connection.' },
  CLIENT_TOO_OLD: { status: 426, retryable: false, meaning: 'The client speaks a protocol that this server no longer serves.' },
  SERVER_TOO_OLD: { status: 426, retryable: false, meaning: 'The client speaks a protocol that this server does not know yet.' },
  DEACTIVATED: { status: 403, retryable: false, meaning: 'The host has taken this user out; nobody can sign in as them.' },
  INVALID: { status: 400, retryable: false, meaning: 'The payload does not have the shape that the command asks for.' },
  UNKNOWN_COMMAND: { status: 400, retryable: false, meaning: 'There is no such command.' },
  NOT_FOUND: { status: 404, retryable: false, meaning: 'It does not exist, or it is not yours to see: the answer is the same.' },
  INITIATE_FORBIDDEN: { status: 403, retryable: false, meaning: 'This user may take part in conversations but not start one.' },
  ROLE_FORBIDDEN: { status: 403, retryable: false, meaning: 'This role may not do that.' },
  CONVERSATION_ENDED: { status: 403, retryable: false, meaning: 'The conversation was ended for all; its history can be read.' },
  CONVERSATION_FULL: { status: 403, retryable: false, meaning: 'The conversation has as many members as one may have.' },
  DO_NOT_DISTURB: {
    status: 403,
    retryable: false,
    meaning: 'The sender wants not to be disturbed, and so can neither send nor start anything.',
  },
  RECIPIENT_DND: { status: 403, retryable: false, meaning: 'The recipient wants not to be disturbed; nothing was sent.' },
  EXPORT_FORBIDDEN: { status: 403, retryable: false, meaning: 'The tenant does not let this be sent there.' },
  TOO_MANY: { status: 403, retryable: false, meaning: 'There are as many of these as one may have.' },
  IDEMPOTENCY_CONFLICT: { status: 409, retryable: false, meaning: 'The same id was used before with other content. The first one stands.' },
  RATE_LIMITED: { status: 429, retryable: true, meaning: 'Too many commands; retryAfterMs says when to go on.' },
  UNAVAILABLE: { status: 503, retryable: true, meaning: 'The server cannot store or read just now, or is shutting down.' },
  INTERNAL: { status: 500, retryable: true, meaning: 'The server failed; the cause is in its log, not in the answer.' },
  /** Said by the client itself, never by the server. */
  TIMEOUT: {
    status: 504,
    retryable: true,
    meaning: 'No answer came in time; whether it was carried out is not known, so repeat with the same id.',
  },
  OFFLINE: { status: 503, retryable: true, meaning: 'There is no connection just now.' },
  SESSION_ENDED: { status: 410, retryable: false, meaning: 'The session was ended in this page; nothing more is sent.' },
} as const satisfies Record<string, { status: number; retryable: boolean; meaning: string }>;

export type ErrorCode = keyof typeof ERRORS;

/** What a refusal looks like on the wire. */
export interface WireError {
  code: ErrorCode;
  /** For developers and logs, in English; the interface translates the code. */
  message: string;
  /** With RATE_LIMITED and UNAVAILABLE: wait at least this long, in milliseconds. */
  retryAfterMs?: number;
}

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(ERRORS, value);
}

/** A coded refusal. Handlers throw it, clients reject with it. */
export class ParleyError extends Error {
  readonly code: ErrorCode;
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, message: string = ERRORS[code].meaning, retryAfterMs?: number) {
    super(message);
    this.name = 'ParleyError';
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }

  get retryable(): boolean {
    return ERRORS[this.code].retryable;
  }

  toWire(): WireError {
    return {
      code: this.code,
      message: this.message,
      ...(this.retryAfterMs === undefined ? {} : { retryAfterMs: this.retryAfterMs }),
    };
  }
}
