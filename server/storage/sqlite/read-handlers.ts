import type { DatabaseSync } from 'node:sqlite';
import { AdminReader } from './admin-reader.js';
import { AnchorReader } from './anchors.js';
import { AuditReader } from './audit.js';
import { AuditorReader } from './auditor-reader.js';
import { ChangeReader } from './changes.js';
import { ContactReader } from './contacts.js';
import { ConversationReader } from './conversation-reader.js';
import { GroupReader } from './directory-groups.js';
import { InvitationReader } from './invitation-reader.js';
import { ListReader } from './list-reader.js';
import { LogReader } from './log-reader.js';
import { MessageSearcher } from './message-search.js';
import type { ReadHandlers } from './messages.js';
import { PeopleBrowser } from './people-browser.js';
import { PeopleReader } from './people-reader.js';
import { RevocationReader } from './revocations.js';
import { SignInReader } from './sign-in-reader.js';
import { TenantReader } from './tenants.js';
import { Views } from './views.js';

/**
 * Every verb that reads, over statements that are prepared once: building a text for each call cost more than SQLite needs to answer it.
 * Each is called inside a read transaction, so that all it finds is of one moment.
 */
export function readHandlers(db: DatabaseSync, now?: () => number): ReadHandlers {
  const changes = new ChangeReader(db);
  const people = new PeopleReader(db);
  const browser = new PeopleBrowser(db);
  const groups = new GroupReader(db);
  const tenants = new TenantReader(db);
  const contacts = new ContactReader(db, people);
  const invitations = new InvitationReader(db, people);
  const views = new Views(db, now);
  const revocations = new RevocationReader(db);
  const lists = new ListReader(db, { people, contacts, invitations, views });
  const signIns = new SignInReader({ lists, people, revocations });
  const logs = new LogReader(db, views);
  const details = new ConversationReader({ lists, logs, people });
  const auditor = new AuditorReader(db, views);
  const admin = new AdminReader(db);
  const messages = new MessageSearcher(db, views);
  const audit = new AuditReader(db);
  const anchors = new AnchorReader(db);
  return {
    people: (...args) => people.people(...args),
    searchPeople: (...args) => people.search(...args),
    browsePeople: (...args) => browser.browse(...args),
    personRecords: (...args) => people.records(...args),
    groups: (...args) => groups.groups(...args),
    mailboxes: (...args) => groups.mailboxes(...args),
    searchGroups: (...args) => groups.searchGroups(...args),
    searchMailboxes: (...args) => groups.searchMailboxes(...args),
    tenant: (...args) => tenants.tenant(...args),
    contacts: (...args) => contacts.contacts(...args),
    mutualContacts: (...args) => contacts.mutual(...args),
    signIn: (...args) => signIns.read(...args),
    userState: (...args) => lists.userState(...args),
    conversations: (...args) => lists.conversations(...args),
    heads: (...args) => lists.heads(...args),
    activeConversations: (...args) => lists.activeConversations(...args),
    conversation: (...args) => details.read(...args),
    summaries: (...args) => lists.summaries(...args),
    invitations: (...args) => invitations.read(...args),
    standing: (...args) => logs.standing(...args),
    members: (...args) => logs.members(...args),
    range: (...args) => logs.range(...args),
    auditedConversation: (...args) => auditor.conversation(...args),
    auditedRange: (...args) => auditor.range(...args),
    tenantCounts: (...args) => admin.counts(...args),
    conversationFacts: (...args) => admin.facts(...args),
    searchMessages: (...args) => messages.search(...args),
    changesSince: (cursor) => changes.since(cursor),
    auditRecords: (...args) => audit.records(...args),
    movedHeads: (...args) => anchors.moved(...args),
    anchorState: () => anchors.state(),
    tokensSince: (...args) => revocations.tokensSince(...args),
    revocationsSince: (cursor) => revocations.since(cursor),
    ping: () => undefined,
  };
}
