import { ParleyError } from '#protocol';
import type { Handler } from './context.js';

export const getConversation: Handler<'conversation:get'> = async ({ storage }, caller, { conversation }) => {
  const found = await storage.conversation(caller.tenant, caller.user, conversation);
  if (!found) throw new ParleyError('NOT_FOUND');
  return found;
};
