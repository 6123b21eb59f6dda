import type { Handler } from './context.js';

export const listConversations: Handler<'conversation:list'> = ({ storage }, caller, page) =>
  storage.conversations(caller.tenant, caller.user, page);
