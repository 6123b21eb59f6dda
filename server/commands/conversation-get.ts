import { ParleyError } from '#protocol';
import type { Handler } from './context.js';

export const getConversation: Handler<'conversation:get'> = async ({ storage }, caller, { conversation: id }) => {
  const { tenant, user } = caller;
  const conversation = await storage.conversation(tenant, user, id);
  if (!conversation) throw new ParleyError('NOT_FOUND');
  const members = await storage.members(tenant, id, user);
  const people = await storage.people(tenant, [...new Set([...members.map((member) => member.user), ...conversation.members])]);
  return { conversation, members, people };
};
