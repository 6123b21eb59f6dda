import type { EntryBody } from '#protocol';
import { entryWords } from '../../domain/message-words.js';
import { stretchOf } from '../sql/stretches.js';
import type { Session } from './database.js';

/** An entry whose row is in the store already. */
export interface WordedEntry {
  conversation: number;
  seq: number;
  body: EntryBody;
}

const INDEX = `INSERT INTO message_words (tenant, conversation, stretch, word, id)
  SELECT e.tenant, e.conversation, m.stretch, w.word, e.id
  FROM unnest($2::bigint[], $3::bigint[], $4::integer[], $5::text[]) AS m (conversation, seq, stretch, words)
  JOIN entries e ON e.tenant = $1 AND e.conversation = m.conversation AND e.seq = m.seq
  CROSS JOIN unnest(string_to_array(m.words, ' ')) AS w (word)`;

/**
 * Puts entries into the index of words, in the transaction that writes them: a search is complete at any time, whichever node it asks, and
 * nobody has to follow the log.
 */
export async function indexEntries({ query }: Session, tenant: string, entries: readonly WordedEntry[]): Promise<void> {
  const found = entries.map((entry) => ({ ...entry, words: entryWords(entry.body) })).filter(({ words }) => words.length > 0);
  if (found.length === 0) return;
  await query(INDEX, [
    tenant,
    found.map(({ conversation }) => conversation),
    found.map(({ seq }) => seq),
    found.map(({ seq }) => stretchOf(seq)),
    // Words are letters and digits only.
    found.map(({ words }) => words.join(' ')),
  ]);
}

/** Nobody finds what was erased. */
export async function forgetEntry({ query }: Session, tenant: string, conversation: number, seq: number): Promise<void> {
  await query(
    `DELETE FROM message_words WHERE tenant = $1 AND conversation = $2 AND stretch = $3
     AND id = (SELECT id FROM entries WHERE tenant = $1 AND conversation = $2 AND seq = $4)`,
    [tenant, conversation, stretchOf(seq), seq],
  );
}
