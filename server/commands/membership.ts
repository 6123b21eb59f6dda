import type { CommandName } from '#protocol';
import { ParleyError } from '#protocol';
import type { MembersChanged } from '../storage/storage.js';
import { refusal } from './context.js';
import type { CommandContext, Handler } from './context.js';
import { summariesOf, tellConcerned, tellRemoved } from './summaries.js';
import type { SummaryOf } from './summaries.js';

export const invite: Handler<'conversation:invite'> = async (context, caller, { conversation, cid, users }) => {
  const { tenant, user, policies } = caller;
  const change = { tenant, author: user, cid, conversation, users: [...new Set(users)], join: policies.join };
  return { seq: settle(context, tenant, 'conversation:invite', await context.storage.inNameOf(caller).invite(change)) };
};

export const join: Handler<'conversation:join'> = async (context, caller, { conversation, cid }) => {
  const { tenant, user } = caller;
  const joined = await context.storage.inNameOf(caller).join({ tenant, author: user, cid, conversation });
  const summaryOf = summariesOf(context.storage, tenant, conversation);
  const seq = settle(context, tenant, 'conversation:join', joined, summaryOf);
  return { ...(await summaryOf(user)), seq };
};

export const decline: Handler<'conversation:decline'> = async (context, caller, { conversation, cid }) => {
  const { tenant, user } = caller;
  settle(
    context,
    tenant,
    'conversation:decline',
    await context.storage.inNameOf(caller).decline({ tenant, author: user, cid, conversation }),
  );
  return {};
};

export const leave: Handler<'conversation:leave'> = async (context, caller, { conversation, cid }) => {
  const { tenant, user } = caller;
  return {
    seq: settle(
      context,
      tenant,
      'conversation:leave',
      await context.storage.inNameOf(caller).leave({ tenant, author: user, cid, conversation }),
    ),
  };
};

export const remove: Handler<'conversation:remove'> = async (context, caller, { conversation, cid, user }) => {
  const { tenant, user: author, policies } = caller;
  // Who goes by themselves keeps their period; that is another command.
  if (user === author) throw new ParleyError('INVALID', 'To go oneself is to leave');
  const change = { tenant, author, cid, conversation, user, admin: policies.admin };
  return { seq: settle(context, tenant, 'conversation:remove', await context.storage.inNameOf(caller).removeMember(change)) };
};

export const rename: Handler<'conversation:rename'> = async (context, caller, { conversation, cid, title, description }) => {
  const { tenant, user } = caller;
  const change = { tenant, author: user, cid, conversation, title, description };
  return { seq: settle(context, tenant, 'conversation:rename', await context.storage.inNameOf(caller).rename(change)) };
};

export const end: Handler<'conversation:end'> = async (context, caller, { conversation, cid }) => {
  const { tenant, user, policies } = caller;
  const change = { tenant, author: user, cid, conversation, admin: policies.admin };
  return { seq: settle(context, tenant, 'conversation:end', await context.storage.inNameOf(caller).end(change)) };
};

/** Tells what was committed and gives the entry that says it, or throws why not. In the turn in which the storage answered. */
function settle(context: CommandContext, tenant: string, command: CommandName, changed: MembersChanged, summaryOf?: SummaryOf): number {
  switch (changed.status) {
    case 'appended': {
      const { entry, users, held } = changed;
      const attending = users.filter((user) => !held.includes(user));
      if (entry.body.kind === 'removed') {
        context.publisher.entryAdded(tenant, entry, { removed: users });
        tellRemoved(context, tenant, entry.conversation, changed);
        return entry.seq;
      }
      context.publisher.entryAdded(tenant, entry, entry.body.kind === 'left' ? { left: users } : { joined: attending, held });
      tellConcerned(context, tenant, changed, summaryOf ?? summariesOf(context.storage, tenant, entry.conversation));
      return entry.seq;
    }
    case 'duplicate':
      return changed.entry.seq;
    case 'unchanged':
      return changed.seq;
    case 'conflict':
      throw new ParleyError('IDEMPOTENCY_CONFLICT');
    case 'unknown-people':
      throw new ParleyError('NOT_FOUND', 'Somebody named is not in the directory');
    case 'full':
      throw new ParleyError('CONVERSATION_FULL');
    case 'direct':
      throw new ParleyError('INVALID', 'A direct conversation keeps its two members and has no title');
    case 'refused':
      throw refusal(command, changed);
  }
}
