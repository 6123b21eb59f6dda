import { ParleyError } from '#protocol';
import { refusal } from './context.js';
import type { Handler } from './context.js';
import { summariesOf, tellConcerned } from './summaries.js';

export const createConversation: Handler<'conversation:create'> = async (context, caller, payload) => {
  const { cid, kind, members, title, description } = payload;
  const { tenant, user, policies } = caller;
  const others = [...new Set(members)].filter((member) => member !== user);
  if (others.length === 0) throw new ParleyError('INVALID', 'A conversation needs somebody else');
  if (kind === 'direct' && others.length !== 1) throw new ParleyError('INVALID', 'A direct conversation has one other member');
  if (kind === 'direct' && (title !== undefined || description !== undefined))
    throw new ParleyError('INVALID', 'A direct conversation has no title and no description');

  const { join, initiate } = policies;
  const wanted = { tenant, author: user, cid, kind, members: others, title, description, join, initiate };
  const created = await context.storage.inNameOf(caller).createConversation(wanted);
  switch (created.status) {
    case 'created': {
      const { conversation, entry, held } = created;
      const users = entry.body.kind === 'started' ? entry.body.users : [];
      context.publisher.entryAdded(tenant, entry, { joined: users.filter((one) => !held.includes(one)), held });
      const summaryOf = summariesOf(context.storage, tenant, conversation);
      tellConcerned(context, tenant, created, summaryOf);
      return { ...(await summaryOf(user)), created: true };
    }
    case 'found':
      return { ...(await summariesOf(context.storage, tenant, created.conversation)(user)), created: false };
    case 'conflict':
      throw new ParleyError('IDEMPOTENCY_CONFLICT');
    case 'unknown-people':
      throw new ParleyError('NOT_FOUND', 'Somebody named is not in the directory');
    case 'refused':
      throw refusal('conversation:create', created);
  }
};
