import type { Handler } from './context.js';
import { peopleNamedIn } from './summaries.js';

export const listConversations: Handler<'conversation:list'> = async ({ storage }, caller, { ids, before, limit }) => {
  const { conversations, more } = await storage.conversations(caller.tenant, caller.user, { ids, before, limit });
  return { conversations, more, people: await peopleNamedIn(storage, caller.tenant, conversations) };
};
