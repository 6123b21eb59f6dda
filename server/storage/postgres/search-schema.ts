import { TEXT, isolated } from './row-security.js';

/**
 * Step 4: the words of messages, one row each, for `searchMessages`. An inverted index (GIN) would be smaller, but its operators are not
 * leakproof, so under row-level security PostgreSQL would not use it; comparisons of text are. The key is the whole row but its tenant: the
 * words of a stretch of a conversation stand together, so a search looks at the viewer's conversations and nobody else's (sql/stretches.ts).
 * `id` is the number of the entry in the store, by which hits are ordered.
 */
export const SCHEMA_4 = `
CREATE TABLE message_words (
  conversation bigint NOT NULL,
  stretch integer NOT NULL,
  word ${TEXT} NOT NULL,
  id bigint NOT NULL,
  tenant ${TEXT} NOT NULL,
  PRIMARY KEY (conversation, stretch, word, id)
);
${isolated('message_words')}
`;
