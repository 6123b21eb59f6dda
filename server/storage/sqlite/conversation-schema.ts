/**
 * Schema 5: invitations, descriptions, and what waits for people who want not to be disturbed. `held_seq` is the last entry before the
 * waiting began and `held_at` its time, null where there was nothing to see yet: a position in the log and no time, because two entries
 * may be of one millisecond. The index of titles is for who sees an older one: it has a row for each title and none for a message.
 */
export const CONVERSATION_SCHEMA = `
ALTER TABLE conversations ADD COLUMN description TEXT;
ALTER TABLE members ADD COLUMN held_seq INTEGER;
ALTER TABLE members ADD COLUMN held_at INTEGER;
ALTER TABLE user_states ADD COLUMN dnd_since INTEGER;
UPDATE user_states SET dnd_since = CAST(unixepoch('subsec') * 1000 AS INTEGER) WHERE settings ->> '$.availability' = 'dnd';
UPDATE members SET (held_seq, held_at) = (SELECT c.head, c.updated_at FROM conversations c WHERE c.id = members.conversation)
  WHERE joined IS NOT NULL AND EXISTS (
    SELECT 1 FROM user_states s WHERE s.tenant = members.tenant AND s.user_id = members.user_id AND s.dnd_since IS NOT NULL);

CREATE TABLE invitations (
  tenant TEXT NOT NULL,
  user_id TEXT NOT NULL,
  conversation INTEGER NOT NULL REFERENCES conversations (id),
  inviter TEXT NOT NULL,
  invited_at INTEGER NOT NULL,
  PRIMARY KEY (tenant, user_id, conversation)
) STRICT, WITHOUT ROWID;
CREATE INDEX invitations_of_conversation ON invitations (conversation, user_id);
CREATE INDEX entries_titles ON entries (conversation, seq) WHERE kind IN ('started', 'renamed');
`;
