import { TEXT, isolated } from './row-security.js';

/** Step 2: what the host says of people, groups, mailboxes and the tenant, and what people keep of each other. */
export const SCHEMA_2 = `
CREATE TABLE people (
  tenant ${TEXT} NOT NULL,
  id ${TEXT} NOT NULL,
  name ${TEXT} NOT NULL,
  title ${TEXT},
  organisation ${TEXT},
  email ${TEXT},
  phone ${TEXT},
  photo ${TEXT},
  chat ${TEXT},
  initiate integer,
  deactivated_at bigint,
  sort_name ${TEXT} NOT NULL,
  folded_title ${TEXT},
  folded_organisation ${TEXT},
  folded_email ${TEXT},
  folded_phone ${TEXT},
  PRIMARY KEY (tenant, id)
);
CREATE INDEX people_by_name ON people (tenant, sort_name, id) WHERE deactivated_at IS NULL;

CREATE TABLE people_words (
  tenant ${TEXT} NOT NULL,
  word ${TEXT} NOT NULL,
  user_id ${TEXT} NOT NULL,
  PRIMARY KEY (tenant, word, user_id)
);
CREATE INDEX people_words_of_user ON people_words (tenant, user_id, word);

CREATE TABLE directory_groups (
  tenant ${TEXT} NOT NULL,
  id ${TEXT} NOT NULL,
  kind ${TEXT} NOT NULL CHECK (kind IN ('team', 'resource')),
  name ${TEXT} NOT NULL,
  email ${TEXT},
  sort_name ${TEXT} NOT NULL,
  words ${TEXT} NOT NULL,
  PRIMARY KEY (tenant, id)
);
CREATE TABLE directory_group_members (
  tenant ${TEXT} NOT NULL,
  group_id ${TEXT} NOT NULL,
  user_id ${TEXT} NOT NULL,
  PRIMARY KEY (tenant, group_id, user_id)
);
CREATE TABLE mailboxes (
  tenant ${TEXT} NOT NULL,
  id ${TEXT} NOT NULL,
  name ${TEXT} NOT NULL,
  email ${TEXT} NOT NULL,
  sort_name ${TEXT} NOT NULL,
  words ${TEXT} NOT NULL,
  PRIMARY KEY (tenant, id)
);

CREATE TABLE tenants (
  tenant ${TEXT} NOT NULL PRIMARY KEY,
  policies ${TEXT} NOT NULL,
  predefined ${TEXT} NOT NULL
);

CREATE TABLE contacts (
  tenant ${TEXT} NOT NULL,
  owner ${TEXT} NOT NULL,
  user_id ${TEXT} NOT NULL,
  added_at bigint NOT NULL,
  PRIMARY KEY (tenant, owner, user_id)
);
CREATE INDEX contacts_of_user ON contacts (tenant, user_id, owner);

CREATE TABLE contact_groups (
  tenant ${TEXT} NOT NULL,
  owner ${TEXT} NOT NULL,
  id ${TEXT} NOT NULL,
  name ${TEXT} NOT NULL,
  position integer NOT NULL,
  users ${TEXT} NOT NULL,
  PRIMARY KEY (tenant, owner, id)
);
${isolated('people', 'people_words', 'directory_groups', 'directory_group_members', 'mailboxes', 'tenants', 'contacts', 'contact_groups')}
`;
