import type { CommandReply, ContactsState, Person, Policies } from '#protocol';
import { ParleyError } from '#protocol';
import { contactsUnder } from '../domain/contacts.js';
import type { ContactsChanged, ContactsRecord } from '../storage/contact-storage.js';
import type { Caller, CommandContext, Handler } from './context.js';

type Reply = CommandReply<'contact:add'>;

export const addContact: Handler<'contact:add'> = async (context, caller, { user }) => {
  requireOther(caller, user);
  return answer(context, caller, await context.storage.inNameOf(caller).addContact(caller.tenant, caller.user, user, needsConsent(caller)));
};

export const acceptContact: Handler<'contact:accept'> = async (context, caller, { user }) => {
  requireOther(caller, user);
  return answer(
    context,
    caller,
    await context.storage.inNameOf(caller).acceptContact(caller.tenant, caller.user, user, needsConsent(caller)),
  );
};

export const declineContact: Handler<'contact:decline'> = async (context, caller, { user }) => {
  // Where everybody's presence is seen, to be somebody's favourite is no request that could be declined.
  if (!needsConsent(caller)) throw new ParleyError('NOT_FOUND');
  return answer(context, caller, await context.storage.inNameOf(caller).declineContact(caller.tenant, caller.user, user));
};

export const removeContact: Handler<'contact:remove'> = async (context, caller, { user }) => {
  const { tenant } = caller;
  const consent = needsConsent(caller);
  const changed = await context.storage.inNameOf(caller).removeContact(tenant, caller.user, user, consent);
  if (consent && changed.status === 'changed') {
    context.publisher.presenceHidden(tenant, caller.user, user);
    context.publisher.presenceHidden(tenant, user, caller.user);
  }
  return answer(context, caller, changed);
};

export const saveContactGroup: Handler<'contact-group:save'> = async (context, caller, group) =>
  answer(context, caller, await context.storage.inNameOf(caller).saveContactGroup(caller.tenant, caller.user, group));

export const removeContactGroup: Handler<'contact-group:remove'> = async (context, caller, { id }) =>
  answer(context, caller, await context.storage.inNameOf(caller).removeContactGroup(caller.tenant, caller.user, id));

export const arrangeContactGroups: Handler<'contact-group:arrange'> = async (context, caller, { ids }) =>
  answer(context, caller, await context.storage.inNameOf(caller).arrangeContactGroups(caller.tenant, caller.user, ids));

/** The state as the tenant's policy has it, with everybody whom it names. */
export function stateOf(record: ContactsRecord, policy: Policies['presence']): { contacts: ContactsState; people: Person[] } {
  const contacts = contactsUnder(policy, record);
  const named = new Set([...contacts.contacts, ...contacts.requests].map(({ user }) => user));
  for (const { users } of contacts.groups) for (const user of users) named.add(user);
  return { contacts, people: record.people.filter(({ id }) => named.has(id)) };
}

/** Where everybody sees everybody, whose favourite somebody is changes nothing for them. */
function needsConsent({ policies }: Caller): boolean {
  return policies.presence === 'consent';
}

function requireOther(caller: Caller, user: string): void {
  if (user === caller.user) throw new ParleyError('INVALID', 'Nobody is a contact of their own');
}

/** Tells every device whose state changed, those of the other person too where theirs did; the answer tells this one. */
function answer({ storage, publisher }: CommandContext, caller: Caller, changed: ContactsChanged): Reply {
  const { tenant, policies } = caller;
  switch (changed.status) {
    case 'changed': {
      const state = stateOf(changed.contacts, policies.presence);
      for (const { user, revision } of changed.revised) {
        if (user === caller.user) publisher.stateChanged(tenant, user, revision, { type: 'contacts', ...state }, caller);
        else
          publisher.stateChanged(tenant, user, revision, async () => ({
            type: 'contacts',
            ...stateOf(await storage.contacts(tenant, user), policies.presence),
          }));
      }
      return { ...state, revision: changed.contacts.revision };
    }
    case 'unchanged':
      return { ...stateOf(changed.contacts, policies.presence), revision: changed.contacts.revision };
    case 'not-found':
      throw new ParleyError('NOT_FOUND');
    case 'too-many':
      throw new ParleyError('TOO_MANY');
  }
}
