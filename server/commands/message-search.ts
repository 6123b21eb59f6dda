import { ParleyError, conversationId } from '#protocol';
import type { Handler } from './context.js';

export const searchMessages: Handler<'message:search'> = async ({ storage }, caller, { text, conversation, before, limit }) => {
  const { tenant, user } = caller;
  const found = await storage.searchMessages(tenant, user, {
    text,
    conversation,
    before: before === undefined ? before : position(before),
    limit,
  });
  if (!found) throw new ParleyError('NOT_FOUND');
  const { hits, more } = found;
  const ids = [...new Set(hits.map((hit) => hit.conversation))];
  const { conversations, people: named } =
    ids.length === 0 ? { conversations: [], people: [] } : await storage.conversations(tenant, user, { ids, limit: ids.length });
  const authors = [...new Set(hits.map((hit) => hit.author))].filter((author) => !named.some(({ id }) => id === author));
  const people = authors.length === 0 ? named : [...named, ...(await storage.people(tenant, authors))];
  const last = more ? hits.at(-1) : undefined;
  return { hits, conversations, people, next: last ? `${last.conversation}:${last.seq}` : null };
};

/** Where the page before ended, by what the viewer knows of it anyway. */
function position(cursor: string): { conversation: string; seq: number } {
  const [conversation = '', seq = ''] = cursor.split(':');
  if (!conversationId.safeParse(conversation).success || !/^[1-9]\d{0,14}$/.test(seq)) throw new ParleyError('INVALID');
  return { conversation, seq: Number(seq) };
}
