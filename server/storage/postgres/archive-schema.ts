import { TEXT, evident, isolated } from './row-security.js';

/**
 * Step 3: what every node must act on within a second, the audit log, lawful erasures, and how far the heads of all logs were written to a
 * second place. As in SQLite (sqlite/revocation-schema.ts, sqlite/archive-schema.ts); `xid` as in entries.
 */
export const SCHEMA_3 = `
CREATE TABLE revocations (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant ${TEXT} NOT NULL,
  kind ${TEXT} NOT NULL CHECK (kind IN ('tokens', 'member', 'person', 'tenant')),
  user_id ${TEXT},
  conversation ${TEXT},
  at bigint NOT NULL,
  xid xid8 NOT NULL DEFAULT pg_current_xact_id()
);
CREATE INDEX revocations_xid ON revocations (xid);
CREATE INDEX revocations_of_tokens ON revocations (tenant, user_id, at) WHERE kind = 'tokens';

CREATE TABLE audit (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant ${TEXT} NOT NULL,
  seq bigint NOT NULL CHECK (seq > 0),
  at bigint NOT NULL,
  record ${TEXT} NOT NULL,
  hash bytea NOT NULL,
  UNIQUE (tenant, seq)
);
${evident('audit', 'a record')}

CREATE TABLE audit_heads (
  tenant ${TEXT} NOT NULL PRIMARY KEY,
  head bigint NOT NULL,
  chain bytea NOT NULL,
  at bigint NOT NULL
);

CREATE TABLE erasures (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant ${TEXT} NOT NULL,
  conversation bigint NOT NULL REFERENCES conversations (id),
  seq bigint NOT NULL,
  audit bigint NOT NULL,
  UNIQUE (conversation, seq)
);
CREATE FUNCTION erasures_are_audited() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM audit a WHERE a.tenant = NEW.tenant AND a.seq = NEW.audit AND a.record::jsonb ->> 'act' = 'entry:erased'
  ) THEN
    RAISE EXCEPTION 'an erasure is written down first' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER erasures_are_audited BEFORE INSERT ON erasures FOR EACH ROW EXECUTE FUNCTION erasures_are_audited();
${evident('erasures', 'an erasure')}
${evident(
  'entries',
  'an entry',
  `NEW.body = '{"kind":"erased"}' AND length(NEW.salt) = 0 AND NEW.request IS NULL
      AND (NEW.id, NEW.tenant, NEW.conversation, NEW.seq, NEW.author, NEW.cid, NEW.kind, NEW.at, NEW.commitment, NEW.hash)
        = (OLD.id, OLD.tenant, OLD.conversation, OLD.seq, OLD.author, OLD.cid, OLD.kind, OLD.at, OLD.commitment, OLD.hash)
      AND EXISTS (SELECT 1 FROM erasures x WHERE x.tenant = OLD.tenant AND x.conversation = OLD.conversation AND x.seq = OLD.seq)`,
)}

CREATE TABLE anchors (
  singleton integer PRIMARY KEY CHECK (singleton = 1),
  epoch ${TEXT} NOT NULL,
  number bigint NOT NULL,
  previous ${TEXT} NOT NULL,
  cursor ${TEXT} NOT NULL
);
CREATE TABLE anchors_pending (
  epoch ${TEXT} NOT NULL,
  number bigint NOT NULL,
  made_at bigint NOT NULL,
  line ${TEXT} NOT NULL,
  PRIMARY KEY (epoch, number)
);
${isolated('revocations', 'audit', 'audit_heads', 'erasures')}
`;
