/**
 * Schema 7: the audit log, lawful erasures, and how far the heads of all logs were written to a second place. `record` is canonical JSON, the
 * very text that its hash is made of. An entry may be changed in one way only: what an erasure in the audit log names loses its body and salt.
 */
export const ARCHIVE_SCHEMA = `
CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  tenant TEXT NOT NULL,
  seq INTEGER NOT NULL CHECK (seq > 0),
  at INTEGER NOT NULL,
  record TEXT NOT NULL,
  hash BLOB NOT NULL,
  UNIQUE (tenant, seq)
) STRICT;
CREATE TRIGGER audit_never_changes BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'a record is never changed'); END;
CREATE TRIGGER audit_never_goes BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'a record is never removed'); END;

CREATE TABLE audit_heads (
  tenant TEXT NOT NULL PRIMARY KEY,
  head INTEGER NOT NULL,
  chain BLOB NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE erasures (
  id INTEGER PRIMARY KEY,
  tenant TEXT NOT NULL,
  conversation INTEGER NOT NULL REFERENCES conversations (id),
  seq INTEGER NOT NULL,
  audit INTEGER NOT NULL,
  UNIQUE (conversation, seq)
) STRICT;
CREATE TRIGGER erasures_are_audited BEFORE INSERT ON erasures
  WHEN NOT EXISTS (SELECT 1 FROM audit a WHERE a.tenant = NEW.tenant AND a.seq = NEW.audit AND a.record ->> '$.act' = 'entry:erased')
  BEGIN SELECT RAISE(ABORT, 'an erasure is written down first'); END;
CREATE TRIGGER erasures_never_change BEFORE UPDATE ON erasures BEGIN SELECT RAISE(ABORT, 'an erasure is never changed'); END;
CREATE TRIGGER erasures_never_go BEFORE DELETE ON erasures BEGIN SELECT RAISE(ABORT, 'an erasure is never removed'); END;

DROP TRIGGER entries_never_change;
CREATE TRIGGER entries_never_change BEFORE UPDATE ON entries
  WHEN NOT (
    NEW.body = '{"kind":"erased"}' AND length(NEW.salt) = 0 AND NEW.request IS NULL
    AND (NEW.id, NEW.tenant, NEW.conversation, NEW.seq, NEW.author, NEW.cid, NEW.kind, NEW.at, NEW.commitment, NEW.hash)
      = (OLD.id, OLD.tenant, OLD.conversation, OLD.seq, OLD.author, OLD.cid, OLD.kind, OLD.at, OLD.commitment, OLD.hash)
    AND EXISTS (SELECT 1 FROM erasures x WHERE x.tenant = OLD.tenant AND x.conversation = OLD.conversation AND x.seq = OLD.seq)
  )
  BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END;

CREATE TABLE anchors (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  epoch TEXT NOT NULL,
  number INTEGER NOT NULL,
  previous TEXT NOT NULL,
  cursor TEXT NOT NULL
) STRICT;
CREATE TABLE anchors_pending (
  epoch TEXT NOT NULL,
  number INTEGER NOT NULL,
  made_at INTEGER NOT NULL,
  line TEXT NOT NULL,
  PRIMARY KEY (epoch, number)
) STRICT;
`;
