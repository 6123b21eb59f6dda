import assert from 'node:assert/strict';
import { v7 } from 'uuid';
import type { Conversation, Entry, Invitation } from '#protocol';
import type { Appended, Created, MembersChanged, NewMessage, Storage } from '../../../server/storage/storage.js';

export const TENANT = 'north';

export function cid(): string {
  return v7();
}

/** Signs up people whose name is their id. */
export async function signUp(storage: Storage, ids: readonly string[], tenant = TENANT): Promise<void> {
  await storage.putPeople(
    tenant,
    ids.map((id) => ({ id, name: `Dr ${id}` })),
  );
}

export function message(conversation: string, author: string, text = 'hello', more: Partial<NewMessage> = {}): NewMessage {
  return { tenant: TENANT, author, conversation, cid: cid(), body: { kind: 'message', text, links: [] }, ...more };
}

export async function startGroup(storage: Storage, author: string, members: readonly string[], tenant = TENANT): Promise<string> {
  return created(await storage.createConversation({ tenant, author, cid: cid(), kind: 'group', members, title: 'Trauma team' }))
    .conversation;
}

export async function startDirect(storage: Storage, author: string, other: string, tenant = TENANT): Promise<string> {
  return created(await storage.createConversation({ tenant, author, cid: cid(), kind: 'direct', members: [other] })).conversation;
}

export async function say(storage: Storage, conversation: string, author: string, text?: string): Promise<Entry> {
  return appended(await storage.append(message(conversation, author, text)));
}

export async function invite(storage: Storage, conversation: string, author: string, users: readonly string[]): Promise<Entry> {
  return changed(await storage.invite({ tenant: TENANT, author, conversation, cid: cid(), users }));
}

export async function leave(storage: Storage, conversation: string, author: string): Promise<Entry> {
  return changed(await storage.leave({ tenant: TENANT, author, conversation, cid: cid() }));
}

export function created(result: Created): Extract<Created, { status: 'created' }> {
  assert.ok(result.status === 'created', result.status);
  return result;
}

export function appended(result: Appended): Entry {
  assert.ok(result.status === 'appended', result.status);
  return result.entry;
}

export function changed(result: MembersChanged): Entry {
  assert.ok(result.status === 'appended', result.status);
  return result.entry;
}

/** Every entry of a conversation that a user is given, page by page from the start. */
export async function readAll(storage: Storage, conversation: string, user: string, limit = 200): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (let after = 0; ;) {
    const page = await storage.range(TENANT, user, conversation, { after, limit });
    if (!page || page.to === 0) return entries;
    entries.push(...page.entries);
    after = page.to;
  }
}

/** A conversation as a user sees it, without what else is told of it. */
export async function seenBy(storage: Storage, user: string, conversation: string): Promise<Conversation | null> {
  return (await storage.conversation(TENANT, user, conversation))?.conversation ?? null;
}

/** The open invitations of a user. */
export async function invitationsOf(storage: Storage, user: string, tenant = TENANT): Promise<Invitation[]> {
  return (await storage.invitations(tenant, [user])).get(user)?.invitations ?? [];
}

/** One store for the tests of a group, because most of them need no empty one. */
export function shared(open: () => Promise<Storage>): { storage: Storage; start: () => Promise<void>; stop: () => Promise<void> } {
  const held: { storage: Storage | null } = { storage: null };
  return {
    get storage() {
      assert.ok(held.storage, 'the store is open while tests run');
      return held.storage;
    },
    async start() {
      held.storage = await open();
    },
    async stop() {
      await held.storage?.close();
    },
  };
}
