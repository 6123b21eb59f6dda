import type { Conversation, Invitation, Person } from '#protocol';
import { ParleyError } from '#protocol';
import { peopleIn } from '../domain/people-in.js';
import type { SharedStorage } from '../storage/acting.js';
import type { Concerned, Revised } from '../storage/storage.js';
import type { CommandContext } from './context.js';

/** Everybody whom these conversations name, for a client that knows nobody yet. */
export function peopleNamedIn(storage: SharedStorage, tenant: string, conversations: readonly Conversation[]): Promise<Person[]> {
  const ids = peopleIn(conversations);
  return ids.length === 0 ? Promise.resolve([]) : storage.people(tenant, ids);
}

/** The conversation with the people it names, as the user sees it. */
export async function summaryFor(
  storage: SharedStorage,
  tenant: string,
  user: string,
  id: string,
): Promise<{ conversation: Conversation; people: Person[] }> {
  const conversation = await storage.conversation(tenant, user, id);
  if (!conversation) throw new ParleyError('NOT_FOUND');
  return { conversation, people: await peopleNamedIn(storage, tenant, [conversation]) };
}

/** Tells everybody whose list changed; who is not connected reads it at the next sign-in. */
function tellRevised({ storage, publisher }: CommandContext, tenant: string, id: string, revised: readonly Revised[]): void {
  for (const { user, revision } of revised)
    publisher.stateChanged(tenant, user, revision, async () => ({
      type: 'conversation',
      ...(await summaryFor(storage, tenant, user, id)),
    }));
}

/** Tells those who were asked, or are asked no more, what is open for them now. */
function tellInvited({ storage, publisher }: CommandContext, tenant: string, revised: readonly Revised[]): void {
  for (const { user, revision } of revised)
    publisher.stateChanged(tenant, user, revision, async () => ({ type: 'invitations', ...(await invitationsFor(storage, tenant, user)) }));
}

/** Everybody who learns of a change by their state. */
export function tellConcerned(context: CommandContext, tenant: string, id: string, { invitations, revised }: Concerned): void {
  tellInvited(context, tenant, invitations);
  tellRevised(context, tenant, id, revised);
}

/** Tells those who were taken out that it is not theirs any more, also while they want not to be disturbed: it is no news, it is a right. */
export function tellRemoved(context: CommandContext, tenant: string, conversation: string, { invitations, revised }: Concerned): void {
  tellInvited(context, tenant, invitations);
  for (const { user, revision } of revised) context.publisher.stateChanged(tenant, user, revision, { type: 'removed', conversation });
}

async function invitationsFor(
  storage: SharedStorage,
  tenant: string,
  user: string,
): Promise<{ invitations: Invitation[]; people: Person[] }> {
  const invitations = await storage.invitations(tenant, user);
  const inviters = [...new Set(invitations.map(({ inviter }) => inviter))];
  return { invitations, people: inviters.length === 0 ? [] : await storage.people(tenant, inviters) };
}
