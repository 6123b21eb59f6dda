import type { CommandName } from '#protocol';
import { ParleyError } from '#protocol';
import type { MembersChanged } from '../storage/storage.js';
import { refusal } from './context.js';
import type { CommandContext, Handler } from './context.js';
import { tellRevised } from './summaries.js';

export const invite: Handler<'conversation:invite'> = async (context, caller, { conversation, cid, users }) => {
  const { tenant, user } = caller;
  const changed = await context.storage.invite({ tenant, author: user, cid, conversation, users: [...new Set(users)] });
  return answer(context, tenant, 'conversation:invite', changed, 'joined');
};

export const leave: Handler<'conversation:leave'> = async (context, caller, { conversation, cid }) => {
  const { tenant, user } = caller;
  const changed = await context.storage.leave({ tenant, author: user, cid, conversation });
  return answer(context, tenant, 'conversation:leave', changed, 'left');
};

function answer(
  context: CommandContext,
  tenant: string,
  command: CommandName,
  changed: MembersChanged,
  how: 'joined' | 'left',
): { seq: number } {
  switch (changed.status) {
    case 'appended':
      context.publisher.entryAdded(tenant, changed.entry, { [how]: changed.users });
      tellRevised(context, tenant, changed.entry.conversation, changed.revised);
      return { seq: changed.entry.seq };
    case 'duplicate':
      return { seq: changed.entry.seq };
    case 'unchanged':
      return { seq: changed.seq };
    case 'conflict':
      throw new ParleyError('IDEMPOTENCY_CONFLICT');
    case 'unknown-people':
      throw new ParleyError('NOT_FOUND', 'Somebody named is not in the directory');
    case 'full':
      throw new ParleyError('CONVERSATION_FULL');
    case 'direct':
      throw new ParleyError('INVALID', 'A direct conversation keeps its two members');
    case 'refused':
      throw refusal(command, changed);
  }
}
