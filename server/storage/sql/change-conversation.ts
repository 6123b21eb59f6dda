import type { MemberChange, MembersChanged } from '../storage.js';
import { showOwn } from './change-members.js';
import type { WriteContext } from './membership-changes.js';
import { conclude, enter, write } from './place.js';

/** Gives a group another title and description; see `Storage.rename`. */
export async function rename(
  context: WriteContext,
  input: MemberChange & { title?: string | undefined; description?: string | undefined },
): Promise<MembersChanged> {
  const { tenant, title, description } = input;
  const body = {
    kind: 'renamed' as const,
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
  };
  const entered = await enter(context, 'conversation:rename', input, body);
  if ('answer' in entered) return entered.answer;
  const { place } = entered;
  if (place.kind === 'direct') return { status: 'direct' };
  if (place.title === (title ?? null) && place.description === (description ?? null)) return { status: 'unchanged', seq: place.head };
  const entry = await write(context, place, input, body, body);
  await context.db
    .updateTable('conversations')
    .set({ title: title ?? null, description: description ?? null })
    .where('tenant', '=', tenant)
    .where('id', '=', place.id)
    .execute();
  return conclude(context, place, input, entry, { everybody: true });
}

/**
 * Ends a conversation for all; see `Storage.end`. Open invitations stay, so that who was asked is told what has become of it; nobody is
 * reminded of them any more.
 */
export async function end(context: WriteContext, input: MemberChange & { admin?: boolean }): Promise<MembersChanged> {
  const { tenant, author } = input;
  const body = { kind: 'ended' as const };
  const entered = await enter(context, 'conversation:end', input, body);
  if ('answer' in entered) return entered.answer;
  const { place } = entered;
  if (place.ended_seq !== null) return { status: 'unchanged', seq: place.ended_seq };
  const entry = await write(context, place, input, body, body);
  await context.db
    .updateTable('conversations')
    .set({ ended_seq: entry.seq, pair: null })
    .where('tenant', '=', tenant)
    .where('id', '=', place.id)
    .execute();
  await showOwn(context, place, input, entry);
  return conclude(context, place, input, entry, { listed: [author], everybody: true });
}
