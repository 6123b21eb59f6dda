import { TEXT, isolated } from './row-security.js';

/**
 * Step 1: the store and the conversations in it. `xid` is the transaction that wrote a row, from which `changesSince` tells what became
 * visible since (changes.ts). Rows of conversations and members are rewritten with every message and receipt: the room left in their pages
 * lets PostgreSQL do that without touching an index. Bodies stay the text that the commitment was made of, so they are no jsonb.
 */
export const SCHEMA_1 = `
CREATE TABLE store (
  singleton integer PRIMARY KEY CHECK (singleton = 1),
  epoch ${TEXT} NOT NULL,
  secret bytea NOT NULL,
  system ${TEXT} NOT NULL,
  timeline ${TEXT} NOT NULL
);

CREATE TABLE conversations (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant ${TEXT} NOT NULL,
  uuid ${TEXT} NOT NULL,
  kind ${TEXT} NOT NULL,
  title ${TEXT},
  description ${TEXT},
  pair ${TEXT},
  creator ${TEXT} NOT NULL,
  cid ${TEXT} NOT NULL,
  head bigint NOT NULL,
  chain bytea NOT NULL,
  member_count integer NOT NULL,
  ended_seq bigint,
  updated_at bigint NOT NULL,
  UNIQUE (tenant, uuid),
  UNIQUE (tenant, creator, cid)
) WITH (fillfactor = 60);
CREATE UNIQUE INDEX conversations_pair ON conversations (tenant, pair) WHERE pair IS NOT NULL;

CREATE TABLE members (
  tenant ${TEXT} NOT NULL,
  conversation bigint NOT NULL REFERENCES conversations (id),
  user_id ${TEXT} NOT NULL,
  joined bigint,
  left_at bigint,
  intervals ${TEXT} NOT NULL,
  held_seq bigint,
  held_at bigint,
  delivered bigint NOT NULL,
  read bigint NOT NULL,
  PRIMARY KEY (conversation, user_id)
) WITH (fillfactor = 70);
CREATE INDEX members_of_user ON members (tenant, user_id, conversation);
CREATE INDEX members_in ON members (conversation, joined, user_id) WHERE joined IS NOT NULL;

CREATE TABLE invitations (
  tenant ${TEXT} NOT NULL,
  user_id ${TEXT} NOT NULL,
  conversation bigint NOT NULL REFERENCES conversations (id),
  inviter ${TEXT} NOT NULL,
  invited_at bigint NOT NULL,
  PRIMARY KEY (tenant, user_id, conversation)
);
CREATE INDEX invitations_of_conversation ON invitations (conversation, user_id);

CREATE TABLE entries (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant ${TEXT} NOT NULL,
  conversation bigint NOT NULL REFERENCES conversations (id),
  seq bigint NOT NULL CHECK (seq > 0),
  author ${TEXT} NOT NULL,
  cid ${TEXT} NOT NULL,
  kind ${TEXT} NOT NULL,
  at bigint NOT NULL,
  body ${TEXT} NOT NULL,
  salt bytea NOT NULL,
  commitment bytea NOT NULL,
  hash bytea NOT NULL,
  request bytea,
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  UNIQUE (conversation, seq),
  UNIQUE (cid, conversation, author)
);
CREATE INDEX entries_xid ON entries (xid);
-- The planner would keep texts in its statistics, where an erasure does not reach.
ALTER TABLE entries ALTER COLUMN body SET STATISTICS 0;
CREATE INDEX entries_titles ON entries (conversation, seq) WHERE kind IN ('started', 'renamed');

CREATE TABLE user_states (
  tenant ${TEXT} NOT NULL,
  user_id ${TEXT} NOT NULL,
  revision bigint NOT NULL,
  settings ${TEXT},
  dnd_since bigint,
  changed xid8 NOT NULL DEFAULT pg_current_xact_id(),
  PRIMARY KEY (tenant, user_id)
) WITH (fillfactor = 80);
CREATE INDEX user_states_changed ON user_states (changed);

CREATE TABLE mail_jobs (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant ${TEXT} NOT NULL,
  conversation bigint NOT NULL REFERENCES conversations (id),
  sender ${TEXT} NOT NULL,
  before bigint NOT NULL,
  address ${TEXT} NOT NULL,
  label ${TEXT} NOT NULL,
  language ${TEXT} NOT NULL,
  time_zone ${TEXT} NOT NULL,
  message_id ${TEXT} NOT NULL,
  attempts integer NOT NULL,
  made_at bigint NOT NULL,
  due_at bigint NOT NULL
);
CREATE INDEX mail_jobs_due ON mail_jobs (due_at, id);

-- The first entry of low..high that is not older than the horizon, null when none is too old: times never go down in a log, so halving finds it.
CREATE FUNCTION first_since(log bigint, low bigint, high bigint, horizon bigint) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
DECLARE
  old bigint := low;
  young bigint := high + 1;
  middle bigint;
BEGIN
  IF low = 0 OR (SELECT at >= horizon FROM entries WHERE conversation = log AND seq = low) THEN RETURN NULL; END IF;
  WHILE young - old > 1 LOOP
    middle := old + (young - old) / 2;
    IF (SELECT at >= horizon FROM entries WHERE conversation = log AND seq = middle) THEN young := middle; ELSE old := middle; END IF;
  END LOOP;
  RETURN young;
END $$;
${isolated('conversations', 'members', 'invitations', 'entries', 'user_states', 'mail_jobs')}
`;
