/**
 * The protocol version, one integer. It is raised only by a change that an older peer cannot ignore;
 * new commands, events, optional fields and entry kinds are additions and raise nothing (SPEC P2).
 */
export const PROTOCOL_VERSION = 1;

/** The oldest client that the server still serves: N and N-1, and never less than the first (SPEC P1). */
export const OLDEST_PROTOCOL_VERSION = Math.max(1, PROTOCOL_VERSION - 1);
