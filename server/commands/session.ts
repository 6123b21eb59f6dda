import { LIMITS } from '#protocol';
import type { CommandReply, Policies, Synced, UserState } from '#protocol';
import { contactsUnder } from '../domain/contacts.js';
import type { SharedStorage } from '../storage/acting.js';
import type { SignInRecord, SignInState, UserStateRecord } from '../storage/storage.js';
import type { Caller, Handler } from './context.js';
import { jsonWith } from './json-with.js';

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

/** The revision that the client holds, where it is one of this store and of what they are shown: if it is still the newest, the state is not told again. */
export function comparableRevision(
  epoch: string,
  { enabled }: Pick<Policies, 'enabled'>,
  { auditor }: Pick<Caller, 'auditor'>,
  held: Held | undefined,
): number | undefined {
  return enabled && !auditor && held?.epoch === epoch ? held.revision : undefined;
}

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
  const comparable = comparableRevision(epoch, policies, { auditor }, held);
  if (comparable !== undefined) {
    const { revision, heads } = await storage.heads(tenant, user, LIMITS.listPage);
    if (revision === comparable) return { epoch, revision, heads, state: null };
  }
  const state = await storage.userState(tenant, user, LIMITS.listPage);
  const { revision, settings } = state;
  if (!policies.enabled || auditor) return { epoch, revision, heads: [], state: { ...NOTHING, settings } };
  return {
    epoch,
    revision,
    heads: state.conversations.map(({ id, head }) => ({ conversation: id, head })),
    state: shownUnder(policies, state),
  };
}

/** The JSON of the same for a connection that begins, of what was read to let it in. */
export function syncedAtSignIn(epoch: string, { policies, auditor }: Pick<Reader, 'policies' | 'auditor'>, read: SignInRecord): string {
  const { revision, settings, heads, state } = read;
  if (!policies.enabled || auditor) {
    const nothing: Synced = { epoch, revision, heads: [], state: { ...NOTHING, settings } };
    return JSON.stringify(nothing);
  }
  if (!state) return JSON.stringify({ epoch, revision, heads, state } satisfies Synced);
  const { conversations, people, ...rest } = shownUnder(policies, state);
  return jsonWith({ epoch, revision, heads }, { state: jsonWith(rest, { conversations, people }) });
}

function shownUnder<S extends SignInState | UserStateRecord>(
  { presence }: Policies,
  { conversations, more, settings, invitations, contacts, people }: S,
): Omit<UserState, 'conversations' | 'people'> & Pick<S, 'conversations' | 'people'> {
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
