import { LIMITS } from '#protocol';
import type { CommandReply, Synced } from '#protocol';
import type { Storage } from '../storage/storage.js';
import type { Handler } from './context.js';

/**
 * Where the user's state stands. A client that holds this revision of this store gets the heads only: that is the usual
 * case of a reconnect, and much cheaper to read.
 */
export async function readSynced(
  storage: Storage,
  tenant: string,
  user: string,
  held: { epoch?: string | undefined; revision?: number | undefined },
): Promise<Synced> {
  if (held.epoch === storage.epoch && held.revision !== undefined) {
    const { revision, heads } = await storage.heads(tenant, user, LIMITS.listPage);
    if (revision === held.revision) return { epoch: storage.epoch, revision, heads, state: null };
  }
  const { revision, conversations, more, settings, people } = await storage.userState(tenant, user, LIMITS.listPage);
  return {
    epoch: storage.epoch,
    revision,
    heads: conversations.map(({ id, head }) => ({ conversation: id, head })),
    state: { conversations, more, settings, invitations: [], contacts: { contacts: [], requests: [], groups: [] }, people },
  };
}

export const syncSession: Handler<'session:sync'> = ({ storage }, caller, held) => readSynced(storage, caller.tenant, caller.user, held);

export const readHeads: Handler<'session:heads'> = ({ storage }, caller) => storage.heads(caller.tenant, caller.user, LIMITS.listPage);

export const refreshSession: Handler<'session:refresh'> = async (_context, caller, { token }) => {
  const session = await caller.refresh(token);
  return { expiresAt: session.expiresAt, session };
};

export const endSession: Handler<'session:end'> = (_context, caller): CommandReply<'session:end'> => {
  caller.signOut();
  return {};
};
