import { ParleyError } from '#protocol';
import type { Handler } from './context.js';
import { summaryFor, tellRevised } from './summaries.js';

export const createConversation: Handler<'conversation:create'> = async (context, caller, { cid, kind, members, title }) => {
  const { tenant, user } = caller;
  const others = [...new Set(members)].filter((member) => member !== user);
  if (others.length === 0) throw new ParleyError('INVALID', 'A conversation needs somebody else');
  if (kind === 'direct' && others.length !== 1) throw new ParleyError('INVALID', 'A direct conversation has one other member');
  if (kind === 'direct' && title !== undefined) throw new ParleyError('INVALID', 'A direct conversation has no title');

  const created = await context.storage.createConversation({ tenant, author: user, cid, kind, members: others, title });
  switch (created.status) {
    case 'created': {
      context.publisher.entryAdded(tenant, created.entry, { joined: [user, ...others] });
      tellRevised(context, tenant, created.conversation, created.revised);
      return { ...(await summaryFor(context.storage, tenant, user, created.conversation)), created: true };
    }
    case 'found':
      return { ...(await summaryFor(context.storage, tenant, user, created.conversation)), created: false };
    case 'conflict':
      throw new ParleyError('IDEMPOTENCY_CONFLICT');
    case 'unknown-people':
      throw new ParleyError('NOT_FOUND', 'Somebody named is not in the directory');
  }
};
