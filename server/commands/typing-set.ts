import type { Handler } from './context.js';

export const setTyping: Handler<'typing:set'> = ({ typing }, caller, { conversation, active }) => {
  typing.set(caller.tenant, conversation, caller.user, active);
  return {};
};
