import type { EntryBody } from '#protocol';
import { entryWords } from '../../domain/message-words.js';
import { stretchOf } from '../sql/stretches.js';
import type { Session } from './database.js';

/**
 * The words of an entry in one text, with spaces between them: they are letters and digits only. The statement that writes the entry indexes
 * them: a search is complete at any time, whichever node it asks, and nobody has to follow the log.
 */
export function wordsOf(body: EntryBody): string {
  return entryWords(body).join(' ');
}

/** Nobody finds what was erased. */
export async function forgetEntry({ query }: Session, tenant: string, conversation: number, seq: number): Promise<void> {
  await query(
    `DELETE FROM message_words WHERE tenant = $1 AND conversation = $2 AND stretch = $3
     AND id = (SELECT id FROM entries WHERE tenant = $1 AND conversation = $2 AND seq = $4)`,
    [tenant, conversation, stretchOf(seq), seq],
  );
}
