/**
 * Schema 6: the secret of the store, and what every node must act on within a second whether or not another node tells it (SPEC A12). The
 * kinds are `tokens` (those of a user that were issued before `at` are refused), `member` (the user is in the conversation no more),
 * `person` (the directory gives the user other rights) and `tenant` (its policies are others). A row is never changed: the id is the
 * cursor of `revocationsSince`.
 */
export const REVOCATION_SCHEMA = `
ALTER TABLE store ADD COLUMN secret BLOB;

CREATE TABLE revocations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('tokens', 'member', 'person', 'tenant')),
  user_id TEXT,
  conversation TEXT,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX revocations_of_tokens ON revocations (tenant, user_id, at) WHERE kind = 'tokens';
`;
