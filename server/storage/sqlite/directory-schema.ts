/**
 * Schema 4: what the host says of people, groups, mailboxes and the tenant, and what people keep of each other. `parley_fold` is the fold
 * of domain/search-words.ts. The index of people holds everything that `browsePeople` looks into, in the order of its answer: a text that
 * nobody has is looked for in the index alone.
 */
export const DIRECTORY_SCHEMA = `
ALTER TABLE people ADD COLUMN email TEXT;
ALTER TABLE people ADD COLUMN phone TEXT;
ALTER TABLE people ADD COLUMN photo TEXT;
ALTER TABLE people ADD COLUMN chat TEXT;
ALTER TABLE people ADD COLUMN initiate INTEGER;
ALTER TABLE people ADD COLUMN deactivated_at INTEGER;
ALTER TABLE people ADD COLUMN folded_title TEXT;
ALTER TABLE people ADD COLUMN folded_organisation TEXT;
ALTER TABLE people ADD COLUMN folded_email TEXT;
ALTER TABLE people ADD COLUMN folded_phone TEXT;
UPDATE people SET folded_title = parley_fold(title), folded_organisation = parley_fold(organisation);
DROP INDEX people_by_name;
CREATE INDEX people_by_name ON people
  (tenant, deactivated_at, sort_name, id, folded_title, folded_organisation, folded_email, folded_phone);

CREATE TABLE directory_groups (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('team', 'resource')),
  name TEXT NOT NULL,
  email TEXT,
  sort_name TEXT NOT NULL,
  words TEXT NOT NULL,
  PRIMARY KEY (tenant, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE directory_group_members (
  tenant TEXT NOT NULL,
  group_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  PRIMARY KEY (tenant, group_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE mailboxes (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  sort_name TEXT NOT NULL,
  words TEXT NOT NULL,
  PRIMARY KEY (tenant, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE tenants (
  tenant TEXT NOT NULL PRIMARY KEY,
  policies TEXT NOT NULL,
  predefined TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE contacts (
  tenant TEXT NOT NULL,
  owner TEXT NOT NULL,
  user_id TEXT NOT NULL,
  added_at INTEGER NOT NULL,
  PRIMARY KEY (tenant, owner, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX contacts_of_user ON contacts (tenant, user_id, owner);

CREATE TABLE contact_groups (
  tenant TEXT NOT NULL,
  owner TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  position INTEGER NOT NULL,
  users TEXT NOT NULL,
  PRIMARY KEY (tenant, owner, id)
) STRICT, WITHOUT ROWID;
`;
