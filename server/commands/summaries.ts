import { ParleyError } from '#protocol';
import type { SharedStorage } from '../storage/acting.js';
import type { Concerned, Revised, Summary } from '../storage/storage.js';
import type { CommandContext } from './context.js';

/** The conversation with the people it names, as the user sees it. @throws ParleyError NOT_FOUND for a stranger. */
export type SummaryOf = (user: string) => Promise<Summary>;

export function summariesOf(storage: SharedStorage, tenant: string, id: string): SummaryOf {
  const find = together((users) => storage.summaries(tenant, id, users));
  return async (user) => {
    const summary = await find(user);
    if (!summary) throw new ParleyError('NOT_FOUND');
    return summary;
  };
}

/**
 * One read for all who are asked for in a turn and what follows from it: only when the turn is over, the publisher knows who is connected,
 * and the caller, who is told and answered, is among them.
 */
function together<T>(read: (users: readonly string[]) => Promise<Map<string, T>>): (user: string) => Promise<T | undefined> {
  let asked = new Set<string>();
  let reading: Promise<Map<string, T>> | undefined;
  const readAll = async (): Promise<Map<string, T>> => {
    await new Promise<void>((resolve) => process.nextTick(resolve));
    const users = [...asked];
    asked = new Set();
    reading = undefined;
    return read(users);
  };
  return async (user) => {
    asked.add(user);
    return (await (reading ??= readAll())).get(user);
  };
}

/** Tells everybody whose list changed; who is not connected reads it at the next sign-in. */
function tellRevised({ publisher }: CommandContext, tenant: string, revised: readonly Revised[], summaryOf: SummaryOf): void {
  for (const { user, revision } of revised)
    publisher.stateChanged(tenant, user, revision, async () => ({ type: 'conversation', ...(await summaryOf(user)) }));
}

/** Tells those who were asked, or are asked no more, what is open for them now. */
function tellInvited({ storage, publisher }: CommandContext, tenant: string, revised: readonly Revised[]): void {
  const find = together((users) => storage.invitations(tenant, users));
  for (const { user, revision } of revised)
    publisher.stateChanged(tenant, user, revision, async () => ({
      type: 'invitations',
      ...((await find(user)) ?? { invitations: [], people: [] }),
    }));
}

/** Everybody who learns of a change by their state. */
export function tellConcerned(context: CommandContext, tenant: string, { invitations, revised }: Concerned, summaryOf: SummaryOf): void {
  tellInvited(context, tenant, invitations);
  tellRevised(context, tenant, revised, summaryOf);
}

/** Tells those who were taken out that it is not theirs any more, also while they want not to be disturbed: it is no news, it is a right. */
export function tellRemoved(context: CommandContext, tenant: string, conversation: string, { invitations, revised }: Concerned): void {
  tellInvited(context, tenant, invitations);
  for (const { user, revision } of revised) context.publisher.stateChanged(tenant, user, revision, { type: 'removed', conversation });
}
