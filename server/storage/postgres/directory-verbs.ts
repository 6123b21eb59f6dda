import type { DirectoryStorage } from '../directory-storage.js';
import { writeAudit } from './audit-writer.js';
import type { Database } from './database.js';
import * as groups from './directory-groups.js';
import * as people from './people-reader.js';
import { deactivatePerson, putPeople } from './people-writer.js';
import { peopleChanged, sendsEnded, tokensRevoked } from './revocations.js';
import { readTenant, setPolicies, setPredefined } from './tenants.js';

/** The directory and the decisions of each tenant. */
export function directoryVerbs(database: Database, now: () => number = Date.now): DirectoryStorage {
  return {
    putPeople: (tenant, persons, absent) =>
      database.write(tenant, async (session) => {
        const { changed, rights } = await putPeople(session, tenant, persons, absent);
        await peopleChanged(session, tenant, rights, now());
        return changed;
      }),
    deactivatePerson: async (tenant, id, record) => {
      const at = now();
      const known = await database.write(tenant, async (session, call) => {
        if (!(await deactivatePerson(session, tenant, id, at))) return false;
        await tokensRevoked(session, tenant, id, at);
        if (record) await writeAudit(session, tenant, record, { call, now: at });
        return true;
      });
      if (known) await sendsEnded(database, tenant, id);
      return known;
    },
    people: (tenant, ids) => database.read(tenant, (session) => people.readPeople(session, tenant, ids)),
    personRecords: (tenant, ids) => database.read(tenant, (session) => people.readPersonRecords(session, tenant, ids)),
    searchPeople: (tenant, text, limit) => database.read(tenant, (session) => people.searchPeople(session, tenant, text, limit)),
    browsePeople: (tenant, page) => database.read(tenant, (session) => people.browsePeople(session, tenant, page)),

    putGroup: (tenant, group) => database.write(tenant, (session) => groups.putGroup(session, tenant, group)),
    removeGroup: (tenant, id) => database.write(tenant, (session) => groups.removeGroup(session, tenant, id)),
    putMailbox: (tenant, mailbox) => database.write(tenant, (session) => groups.putMailbox(session, tenant, mailbox)),
    removeMailbox: (tenant, id) => database.write(tenant, (session) => groups.removeMailbox(session, tenant, id)),
    groups: (tenant, ids) => database.read(tenant, (session) => groups.groups(session, tenant, ids)),
    mailboxes: (tenant, ids) => database.read(tenant, (session) => groups.mailboxes(session, tenant, ids)),
    searchGroups: (tenant, text, limit) => database.read(tenant, (session) => groups.searchGroups(session, tenant, text, limit)),
    searchMailboxes: (tenant, text, limit) => database.read(tenant, (session) => groups.searchMailboxes(session, tenant, text, limit)),

    tenant: (tenant) => database.read(tenant, (session) => readTenant(session, tenant)),
    setPolicies: (tenant, change, record) =>
      database.write(tenant, async (session, call) => {
        if (record) await writeAudit(session, tenant, record, { call, now: now() });
        return setPolicies(session, tenant, change, now());
      }),
    setPredefined: (tenant, messages, record) =>
      database.write(tenant, async (session, call) => {
        if (record) await writeAudit(session, tenant, record, { call, now: now() });
        return setPredefined(session, tenant, messages);
      }),
  };
}
