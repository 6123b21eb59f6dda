import { LIMITS } from '#protocol';
import type { CommandReply, Policies, Synced, UserState } from '#protocol';
import { contactsUnder } from '../domain/contacts.js';
import type { SharedStorage } from '../storage/acting.js';
import type { SignInRecord, UserStateRecord } from '../storage/storage.js';
import type { Caller, Handler } from './context.js';

/** What somebody sees whose tenant has the chat switched off (E1), and an auditor, who is in nothing. */
const NOTHING: Omit<UserState, 'settings'> = {
  conversations: [],
  more: false,
  invitations: [],
  contacts: { contacts: [], requests: [], groups: [] },
  people: [],
};

type Held = { epoch?: string | undefined; revision?: number | undefined };
type Reader = Pick<Caller, 'tenant' | 'user' | 'policies' | 'auditor'>;

/**
 * Where the user's state stands. A client that holds this revision of this store gets the heads only: that is the usual
 * case of a reconnect, and much cheaper to read.
 */
async function readSynced(storage: SharedStorage, caller: Reader, held: Held): Promise<Synced> {
  for (;;) {
    const { policies } = caller;
    const synced = await readUnder(policies, storage, caller, held);
    // A policy that changed meanwhile may have given the state another look under the same revision.
    if (policies === caller.policies) return synced;
  }
}

async function readUnder(policies: Policies, storage: SharedStorage, { tenant, user, auditor }: Reader, held: Held): Promise<Synced> {
  const { epoch } = storage;
  const shown = policies.enabled && !auditor;
  if (shown && held.epoch === epoch && held.revision !== undefined) {
    const { revision, heads } = await storage.heads(tenant, user, LIMITS.listPage);
    if (revision === held.revision) return { epoch, revision, heads, state: null };
  }
  const state = await storage.userState(tenant, user, LIMITS.listPage);
  const { revision, settings } = state;
  if (!shown) return { epoch, revision, heads: [], state: { ...NOTHING, settings } };
  return {
    epoch,
    revision,
    heads: state.conversations.map(({ id, head }) => ({ conversation: id, head })),
    state: shownUnder(policies, state),
  };
}

/** The same for a connection that begins, of what was read to let it in. */
export function syncedAtSignIn(epoch: string, { policies, auditor }: Pick<Reader, 'policies' | 'auditor'>, read: SignInRecord): Synced {
  const { revision, settings, heads, state } = read;
  if (!policies.enabled || auditor) return { epoch, revision, heads: [], state: { ...NOTHING, settings } };
  return { epoch, revision, heads, state: state && shownUnder(policies, state) };
}

function shownUnder({ presence }: Policies, { conversations, more, settings, invitations, contacts, people }: UserStateRecord): UserState {
  return { conversations, more, settings, invitations, contacts: contactsUnder(presence, contacts), people };
}

export const syncSession: Handler<'session:sync'> = ({ storage }, caller, held) => readSynced(storage, caller, held);

export const readHeads: Handler<'session:heads'> = async ({ storage }, { tenant, user, policies }) => {
  const { revision, heads } = await storage.heads(tenant, user, LIMITS.listPage);
  return { revision, heads: policies.enabled ? heads : [] };
};

export const refreshSession: Handler<'session:refresh'> = async (_context, caller, { token }) => {
  const session = await caller.refresh(token);
  return { expiresAt: session.expiresAt, session };
};

export const endSession: Handler<'session:end'> = (_context, caller): CommandReply<'session:end'> => {
  caller.signOut();
  return {};
};
