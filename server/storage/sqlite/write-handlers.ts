import type { DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import { decline, join } from '../sql/answer-invitation.js';
import { end, rename } from '../sql/change-conversation.js';
import { invite, leave } from '../sql/change-members.js';
import { createConversation } from '../sql/create-conversation.js';
import { sendHistory, settleMail, takeMail } from '../sql/mail-queue.js';
import type { WriteContext } from '../sql/membership-changes.js';
import { removeMember } from '../sql/remove-member.js';
import type { Tables } from '../sql/schema.js';
import { AnchorWriter } from './anchors.js';
import { MessageAppender } from './append.js';
import { AuditWriter } from './audit.js';
import { AvailabilityWriter } from './availability.js';
import { ContactReader, ContactWriter } from './contacts.js';
import { NodeSqliteDialect } from './dialect.js';
import { GroupWriter } from './directory-groups.js';
import { EntryWriter } from './entry-writer.js';
import { MarkWriter } from './marks.js';
import type { WriteHandlers } from './messages.js';
import { PeopleReader } from './people-reader.js';
import { PeopleWriter } from './people-writer.js';
import { Revisions } from './revisions.js';
import { RevocationWriter } from './revocations.js';
import { TenantWriter } from './tenants.js';
import { Views } from './views.js';

/** Every verb that writes, over the one connection that does. Each is called inside a transaction. */
export function writeHandlers(db: DatabaseSync, now?: () => number): WriteHandlers {
  const entries = new EntryWriter(db, now);
  const messages = new MessageAppender(db, entries);
  const revisions = new Revisions(db);
  const availability = new AvailabilityWriter(db, revisions, now);
  const views = new Views(db, now);
  const marks = new MarkWriter(db, revisions, views);
  const people = new PeopleWriter(db, now);
  const groups = new GroupWriter(db);
  const tenants = new TenantWriter(db);
  const audit = new AuditWriter(db, now);
  const anchors = new AnchorWriter(db);
  const revocations = new RevocationWriter(db, now);
  const peopleReader = new PeopleReader(db);
  const contacts = new ContactWriter(db, { reader: new ContactReader(db, peopleReader), people: peopleReader, revisions, now });
  const context: WriteContext = {
    db: new Kysely<Tables>({ dialect: new NodeSqliteDialect(db) }),
    write: (log, draft) => entries.write(log, draft),
    revise: (tenant, users) => revisions.revise(tenant, users),
  };
  return {
    append: (message) => messages.append(message),
    mark: (...args) => marks.mark(...args),
    putPeople: (...args) => people.putPeople(...args),
    deactivatePerson(tenant, id, record) {
      const done = people.deactivate(tenant, id);
      if (done && record) audit.add(tenant, record);
      return done;
    },
    revokeUser(tenant, user, record) {
      if (record) audit.add(tenant, record);
      revocations.revokeUser(tenant, user);
    },
    putGroup: (...args) => groups.putGroup(...args),
    removeGroup: (...args) => groups.removeGroup(...args),
    putMailbox: (...args) => groups.putMailbox(...args),
    removeMailbox: (...args) => groups.removeMailbox(...args),
    setPolicies(tenant, change, record) {
      if (record) audit.add(tenant, record);
      return tenants.setPolicies(tenant, change);
    },
    setPredefined(tenant, messages, record) {
      if (record) audit.add(tenant, record);
      return tenants.setPredefined(tenant, messages);
    },
    audit: (tenant, record) => audit.add(tenant, record),
    keepAnchor: (...args) => anchors.keep(...args),
    anchorDelivered: (...args) => anchors.delivered(...args),
    addContact: (...args) => contacts.add(...args),
    acceptContact: (...args) => contacts.accept(...args),
    declineContact: (...args) => contacts.decline(...args),
    removeContact: (...args) => contacts.remove(...args),
    saveContactGroup: (...args) => contacts.saveGroup(...args),
    removeContactGroup: (...args) => contacts.removeGroup(...args),
    arrangeContactGroups: (...args) => contacts.arrange(...args),
    setSettings: (...args) => revisions.setSettings(...args),
    setAvailability: (...args) => availability.set(...args),
    createConversation: (input) => createConversation(context, input),
    invite: (input) => invite(context, input),
    join: (input) => join(context, input),
    decline: (input) => decline(context, input),
    leave: (input) => leave(context, input),
    removeMember: (input) => removeMember(context, input),
    rename: (input) => rename(context, input),
    end: (input) => end(context, input),
    sendHistory: (input) => sendHistory(context, input),
    takeMail: (...args) => takeMail(context, ...args),
    settleMail: (...args) => settleMail(context, ...args),
    ping: () => undefined,
  };
}
