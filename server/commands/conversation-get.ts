import { ParleyError } from '#protocol';
import type { Handler } from './context.js';

export const getConversation: Handler<'conversation:get'> = async ({ storage }, caller, { conversation: id }) => {
  const { tenant, user } = caller;
  const conversation = await storage.conversation(tenant, user, id);
  if (!conversation) throw new ParleyError('NOT_FOUND');
  const all = await storage.members(tenant, id);
  // Who left sees themselves and those they could see while they were in: the others' later marks are not theirs to know.
  const members = conversation.active ? all : all.filter((member) => member.user === user);
  const people = await storage.people(tenant, [...new Set([...members.map((member) => member.user), ...conversation.members])]);
  return { conversation, members, people };
};
