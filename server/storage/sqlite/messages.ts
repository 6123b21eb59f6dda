import type { WireError } from '#protocol';
import type { Acting } from '../acting.js';
import type { StoreErrorCode } from '../store-error.js';
import type { Storage } from '../storage.js';
import type { AppendOutcome } from './append.js';

/** What the thread of the event loop and the two threads that touch the disk say to each other; always many at a time. `acting`: in whose name. */
export type Call = [id: number, verb: string, args: readonly unknown[], acting?: Acting];
export type Reply = [id: number, value: unknown, error?: WireError];

export type FromWorker =
  | { type: 'opened'; epoch: string; secret: Uint8Array; facts: Record<string, unknown> }
  | { type: 'refused'; code: StoreErrorCode | null; message: string }
  | { type: 'replies'; replies: Reply[]; commit?: { size: number; milliseconds: number } }
  | { type: 'failed'; verb: string; message: string };

export interface WorkerData {
  file: string;
}

type Handler<F> = F extends (...args: infer A) => Promise<infer R> ? (...args: A) => R | Promise<R> : never;
type Handlers<V extends keyof Storage> = { [K in V]: Handler<Storage[K]> };

type DirectoryWrite =
  | 'putPeople'
  | 'deactivatePerson'
  | 'revokeUser'
  | 'putGroup'
  | 'removeGroup'
  | 'putMailbox'
  | 'removeMailbox'
  | 'setPolicies'
  | 'setPredefined';
type ContactWrite =
  | 'addContact'
  | 'acceptContact'
  | 'declineContact'
  | 'removeContact'
  | 'saveContactGroup'
  | 'removeContactGroup'
  | 'arrangeContactGroups'
  | 'setSettings';

/** The verbs of the thread that writes. */
export type WriteHandlers = Handlers<
  | DirectoryWrite
  | ContactWrite
  | 'setAvailability'
  | 'createConversation'
  | 'invite'
  | 'join'
  | 'decline'
  | 'rename'
  | 'end'
  | 'leave'
  | 'removeMember'
  | 'mark'
  | 'sendHistory'
  | 'takeMail'
  | 'settleMail'
  | 'audit'
  | 'keepAnchor'
  | 'anchorDelivered'
  | 'ping'
> & {
  append(...args: Parameters<Storage['append']>): AppendOutcome;
};

type ReadVerb =
  | 'people'
  | 'searchPeople'
  | 'browsePeople'
  | 'personRecords'
  | 'groups'
  | 'mailboxes'
  | 'searchGroups'
  | 'searchMailboxes'
  | 'tenant'
  | 'contacts'
  | 'mutualContacts'
  | 'signIn'
  | 'userState'
  | 'conversations'
  | 'heads'
  | 'activeConversations'
  | 'conversation'
  | 'summaries'
  | 'invitations'
  | 'standing'
  | 'members'
  | 'range'
  | 'searchMessages'
  | 'changesSince'
  | 'auditedConversation'
  | 'auditedRange'
  | 'tenantCounts'
  | 'conversationFacts'
  | 'auditRecords'
  | 'movedHeads'
  | 'anchorState'
  | 'tokensSince'
  | 'revocationsSince'
  | 'ping';

/** The verbs of the thread that reads; nothing in it waits for anything. */
export type ReadHandlers = { [K in ReadVerb]: Storage[K] extends (...args: infer A) => Promise<infer R> ? (...args: A) => R : never };

/** A handler table as a thread looks into it: by a name that came from the other side. */
export type AnyHandlers = Record<string, (...args: never[]) => unknown>;
