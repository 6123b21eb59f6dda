import type { MemberChange, MembersChanged } from '../storage.js';
import { showOwn } from './change-members.js';
import type { WriteContext } from './membership-changes.js';
import { conclude, enter, write } from './place.js';

/** Gives a group another title or description; see `Storage.rename`. The entry says both, as they are from here on. */
export async function rename(
  context: WriteContext,
  input: MemberChange & { title?: string | null | undefined; description?: string | null | undefined },
): Promise<MembersChanged> {
  const { tenant } = input;
  const request = {
    kind: 'renamed',
    ...(input.title === undefined ? {} : { title: input.title }),
    ...(input.description === undefined ? {} : { description: input.description }),
  };
  const entered = await enter(context, 'conversation:rename', input, request);
  if ('answer' in entered) return entered.answer;
  const { place } = entered;
  if (place.kind === 'direct') return { status: 'direct' };
  const { title = place.title, description = place.description } = input;
  if (place.title === title && place.description === description) return { status: 'unchanged', seq: place.head };
  const body = { kind: 'renamed' as const, ...(title === null ? {} : { title }), ...(description === null ? {} : { description }) };
  const entry = await write(context, place, input, body, request);
  await context.db
    .updateTable('conversations')
    .set({ title, description })
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
