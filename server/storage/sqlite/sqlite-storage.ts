import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ParleyError } from '#protocol';
import { PERSONAL_VERBS } from '../acting.js';
import type { Acting, PersonalStorage } from '../acting.js';
import type { Appended, Damage, NewMessage, Storage } from '../storage.js';
import type { AppendOutcome } from './append.js';
import { WorkerChannel } from './worker-channel.js';

/** What the engine tells an operator. There is never the text of a message in it. */
export type StoreLog = (
  event: 'store opened' | 'store was restored: new epoch' | 'store is damaged' | 'store call failed' | 'store thread ended',
  facts: Record<string, unknown>,
) => void;

interface SqliteHooks {
  log?: StoreLog | undefined;
  /** After every commit: how many calls shared it and how long it took, in milliseconds. */
  onCommit?: ((size: number, milliseconds: number) => void) | undefined;
  /** A thread of the engine is gone: this store answers UNAVAILABLE for good, and only a new one can be opened. Once. */
  onLost?: ((reason: string) => void) | undefined;
}

/** ms from the opening to a check that was put off: those who wait for the server come in meanwhile. */
const CHECK_AFTER = 1_000;

/** The database file, or the folder in which it is `parley.db`. Folders are made, for their owner only. */
export type SqliteOptions = ({ file: string } | { directory: string }) & SqliteHooks;

/**
 * Opens a store, making it when there is none, and brings its schema up to date.
 *
 * @throws StoreError when it is damaged, in use by another process, not durable, or written by a newer version.
 */
export async function openSqliteStorage(options: SqliteOptions): Promise<Storage> {
  const file = resolve('file' in options ? options.file : join(options.directory, 'parley.db'));
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  let storage: SqliteStorage | null = null;
  const failed = (verb: string, message: string): void => options.log?.('store call failed', { verb, message });
  let lost = false;
  const lose = (reason: string): void => {
    void storage?.stop();
    if (!lost) options.onLost?.(reason);
    lost = true;
  };
  const crashed = (thread: string) => (reason: string) => {
    if (!lost) options.log?.('store thread ended', { thread, reason });
    lose(`the ${thread} thread ended: ${reason}`);
  };
  const writer = new WorkerChannel(new URL('./writer.js', import.meta.url), file, {
    committed: options.onCommit,
    failed,
    crashed: crashed('writer'),
  });
  const { epoch, secret, facts } = await writer.opened;
  const reader = new WorkerChannel(new URL('./reader.js', import.meta.url), file, { failed, crashed: crashed('reader') });
  try {
    await reader.opened;
  } catch (error) {
    await writer.close();
    throw error;
  }
  const { restored, ...opened } = facts;
  options.log?.('store opened', { ...opened, epoch });
  if (restored !== undefined) options.log?.('store was restored: new epoch', { why: restored, epoch });
  const openVerifier = (): WorkerChannel => new WorkerChannel(new URL('./verifier.js', import.meta.url), file, { failed });
  storage = new SqliteStorage({ epoch, secret }, writer, reader, openVerifier);
  if (opened['checked'] === false)
    storage.checkSoon(() => {
      options.log?.('store is damaged', { file });
      lose(`${file} is damaged. Restore a backup`);
    });
  return storage;
}

/** The interface, spread over the thread that writes and the thread that reads: the event loop never waits for the disk. */
class SqliteStorage implements Storage {
  readonly epoch: string;
  readonly secret: Uint8Array;
  readonly #writer: WorkerChannel;
  readonly #reader: WorkerChannel;

  readonly #openVerifier: () => WorkerChannel;
  readonly #verifiers = new Set<WorkerChannel>();
  #checking: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(
    { epoch, secret }: Pick<Storage, 'epoch' | 'secret'>,
    writer: WorkerChannel,
    reader: WorkerChannel,
    openVerifier: () => WorkerChannel,
  ) {
    this.#openVerifier = openVerifier;
    this.epoch = epoch;
    this.secret = secret;
    this.#writer = writer;
    this.#reader = reader;
  }

  readonly putPeople: Storage['putPeople'] = (...args) => this.#writer.call('putPeople', args);
  readonly deactivatePerson: Storage['deactivatePerson'] = (...args) => this.#writer.call('deactivatePerson', args);
  readonly revokeUser: Storage['revokeUser'] = (...args) => this.#writer.call('revokeUser', args);
  readonly putGroup: Storage['putGroup'] = (...args) => this.#writer.call('putGroup', args);
  readonly removeGroup: Storage['removeGroup'] = (...args) => this.#writer.call('removeGroup', args);
  readonly putMailbox: Storage['putMailbox'] = (...args) => this.#writer.call('putMailbox', args);
  readonly removeMailbox: Storage['removeMailbox'] = (...args) => this.#writer.call('removeMailbox', args);
  readonly setPolicies: Storage['setPolicies'] = (...args) => this.#writer.call('setPolicies', args);
  readonly setPredefined: Storage['setPredefined'] = (...args) => this.#writer.call('setPredefined', args);
  readonly addContact: Storage['addContact'] = (...args) => this.#writer.call('addContact', args);
  readonly acceptContact: Storage['acceptContact'] = (...args) => this.#writer.call('acceptContact', args);
  readonly declineContact: Storage['declineContact'] = (...args) => this.#writer.call('declineContact', args);
  readonly removeContact: Storage['removeContact'] = (...args) => this.#writer.call('removeContact', args);
  readonly saveContactGroup: Storage['saveContactGroup'] = (...args) => this.#writer.call('saveContactGroup', args);
  readonly removeContactGroup: Storage['removeContactGroup'] = (...args) => this.#writer.call('removeContactGroup', args);
  readonly arrangeContactGroups: Storage['arrangeContactGroups'] = (...args) => this.#writer.call('arrangeContactGroups', args);
  readonly setSettings: Storage['setSettings'] = (...args) => this.#writer.call('setSettings', args);
  readonly setAvailability: Storage['setAvailability'] = (...args) => this.#writer.call('setAvailability', args);
  readonly createConversation: Storage['createConversation'] = (...args) => this.#writer.call('createConversation', args);
  readonly invite: Storage['invite'] = (...args) => this.#writer.call('invite', args);
  readonly join: Storage['join'] = (...args) => this.#writer.call('join', args);
  readonly decline: Storage['decline'] = (...args) => this.#writer.call('decline', args);
  readonly rename: Storage['rename'] = (...args) => this.#writer.call('rename', args);
  readonly end: Storage['end'] = (...args) => this.#writer.call('end', args);
  readonly leave: Storage['leave'] = (...args) => this.#writer.call('leave', args);
  readonly removeMember: Storage['removeMember'] = (...args) => this.#writer.call('removeMember', args);
  readonly mark: Storage['mark'] = (...args) => this.#writer.call('mark', args);
  readonly sendHistory: Storage['sendHistory'] = (...args) => this.#writer.call('sendHistory', args);
  readonly takeMail: Storage['takeMail'] = (...args) => this.#writer.call('takeMail', args);
  readonly settleMail: Storage['settleMail'] = (...args) => this.#writer.call('settleMail', args);

  readonly audit: Storage['audit'] = (...args) => this.#writer.call('audit', args);
  readonly keepAnchor: Storage['keepAnchor'] = (...args) => this.#writer.call('keepAnchor', args);
  readonly anchorDelivered: Storage['anchorDelivered'] = (...args) => this.#writer.call('anchorDelivered', args);

  readonly people: Storage['people'] = (...args) => this.#reader.call('people', args);
  readonly searchPeople: Storage['searchPeople'] = (...args) => this.#reader.call('searchPeople', args);
  readonly browsePeople: Storage['browsePeople'] = (...args) => this.#reader.call('browsePeople', args);
  readonly personRecords: Storage['personRecords'] = (...args) => this.#reader.call('personRecords', args);
  readonly groups: Storage['groups'] = (...args) => this.#reader.call('groups', args);
  readonly mailboxes: Storage['mailboxes'] = (...args) => this.#reader.call('mailboxes', args);
  readonly searchGroups: Storage['searchGroups'] = (...args) => this.#reader.call('searchGroups', args);
  readonly searchMailboxes: Storage['searchMailboxes'] = (...args) => this.#reader.call('searchMailboxes', args);
  readonly tenant: Storage['tenant'] = (...args) => this.#reader.call('tenant', args);
  readonly contacts: Storage['contacts'] = (...args) => this.#reader.call('contacts', args);
  readonly mutualContacts: Storage['mutualContacts'] = (...args) => this.#reader.call('mutualContacts', args);
  readonly signIn: Storage['signIn'] = (...args) => this.#reader.call('signIn', args);
  readonly userState: Storage['userState'] = (...args) => this.#reader.call('userState', args);
  readonly conversations: Storage['conversations'] = (...args) => this.#reader.call('conversations', args);
  readonly heads: Storage['heads'] = (...args) => this.#reader.call('heads', args);
  readonly activeConversations: Storage['activeConversations'] = (...args) => this.#reader.call('activeConversations', args);
  readonly conversation: Storage['conversation'] = (...args) => this.#reader.call('conversation', args);
  readonly summaries: Storage['summaries'] = (...args) => this.#reader.call('summaries', args);
  readonly invitations: Storage['invitations'] = (...args) => this.#reader.call('invitations', args);
  readonly standing: Storage['standing'] = (...args) => this.#reader.call('standing', args);
  readonly members: Storage['members'] = (...args) => this.#reader.call('members', args);
  readonly range: Storage['range'] = (...args) => this.#reader.call('range', args);
  readonly auditedConversation: Storage['auditedConversation'] = (...args) => this.#reader.call('auditedConversation', args);
  readonly auditedRange: Storage['auditedRange'] = (...args) => this.#reader.call('auditedRange', args);
  readonly tenantCounts: Storage['tenantCounts'] = (...args) => this.#reader.call('tenantCounts', args);
  readonly conversationFacts: Storage['conversationFacts'] = (...args) => this.#reader.call('conversationFacts', args);
  readonly searchMessages: Storage['searchMessages'] = (...args) => this.#reader.call('searchMessages', args);
  readonly changesSince: Storage['changesSince'] = (...args) => this.#reader.call('changesSince', args);
  readonly tokensSince: Storage['tokensSince'] = (...args) => this.#reader.call('tokensSince', args);
  readonly revocationsSince: Storage['revocationsSince'] = (...args) => this.#reader.call('revocationsSince', args);
  readonly auditRecords: Storage['auditRecords'] = (...args) => this.#reader.call('auditRecords', args);
  readonly movedHeads: Storage['movedHeads'] = (...args) => this.#reader.call('movedHeads', args);
  readonly anchorState: Storage['anchorState'] = (...args) => this.#reader.call('anchorState', args);

  readonly verify: Storage['verify'] = (pace) => this.#runVerifier('verify', pace);

  /** The check of the file that was put off when it was opened (soundness.ts). */
  checkSoon(damaged: () => void): void {
    const check = async (): Promise<void> => {
      const damages = await this.#runVerifier('check');
      if (damages.length > 0) damaged();
    };
    // One that was cut off by the end of the store, or that the disk refused, is made at a later start.
    this.#checking = setTimeout(() => void check().catch(() => undefined), CHECK_AFTER).unref();
  }

  /** In a thread of its own, for as long as it takes. */
  async #runVerifier(verb: 'verify' | 'check', pace?: { rest?: number }): Promise<Damage[]> {
    if (this.#closed) throw new ParleyError('UNAVAILABLE');
    const verifier = this.#openVerifier();
    this.#verifiers.add(verifier);
    try {
      await verifier.opened;
      return await verifier.call(verb, [pace]);
    } finally {
      this.#verifiers.delete(verifier);
      await verifier.close();
    }
  }

  inNameOf({ tenant, user, issuedAt }: Acting): PersonalStorage {
    const acting = { tenant, user, issuedAt };
    const verbs = PERSONAL_VERBS.map((verb) => [verb, (...args: unknown[]) => this.#writer.call(verb, args, acting)]);
    return Object.fromEntries(verbs) as PersonalStorage;
  }

  async append(message: NewMessage): Promise<Appended> {
    const outcome = await this.#writer.call<AppendOutcome>('append', [message]);
    if (outcome.status !== 'appended') return outcome;
    const { conversation, cid, author, body } = message;
    return { status: 'appended', entry: { conversation, seq: outcome.seq, cid, author, at: outcome.at, body } };
  }

  async ping(): Promise<void> {
    await Promise.all([this.#writer.call('ping', []), this.#reader.call('ping', [])]);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#stopVerifiers();
    // The reader first: the last connection to close puts the write-ahead log into the database, and a reader cannot.
    await this.#reader.close();
    await this.#writer.close();
  }

  /** Without one of its threads a store answers nothing. */
  async stop(): Promise<void> {
    this.#closed = true;
    await Promise.all([this.#reader.stop(), this.#writer.stop(), this.#stopVerifiers()]);
  }

  async #stopVerifiers(): Promise<void> {
    clearTimeout(this.#checking);
    await Promise.all([...this.#verifiers].map((verifier) => verifier.stop()));
  }
}
