import { ParleyError } from '#protocol';
import type { Handler } from './context.js';

export const readRange: Handler<'entry:range'> = async ({ storage }, caller, { conversation, after, before, limit }) => {
  const range = await storage.range(caller.tenant, caller.user, conversation, { after, before, limit });
  if (!range) throw new ParleyError('NOT_FOUND');
  return { epoch: storage.epoch, entries: range.entries, from: range.from, to: range.to, head: range.head, floor: range.floor };
};
