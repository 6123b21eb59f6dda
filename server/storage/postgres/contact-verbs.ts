import type { ContactStorage } from '../contact-storage.js';
import { mutualContacts, readContacts } from './contact-reader.js';
import * as contacts from './contact-writer.js';
import type { Door, Session } from './database.js';
import { setSettings } from './settings.js';
import { keyOf } from './turns.js';
import type { Turns } from './turns.js';

/** Favourites, personal groups and settings. */
export function contactVerbs(database: Door, turns: Turns, now: () => number): ContactStorage {
  /** Of one user one after the other: they would wait for the row of their state, each with a connection. */
  const writing = <T>(tenant: string, owner: string, work: (session: Session) => Promise<T>): Promise<T> =>
    turns.run(keyOf(tenant, owner), () => database.write(tenant, work));

  return {
    contacts: (tenant, user) => database.read(tenant, (session) => readContacts(session, tenant, user)),
    mutualContacts: (tenant, user, others) => database.read(tenant, (session) => mutualContacts(session, tenant, user, others)),
    addContact: (tenant, owner, ...rest) =>
      writing(tenant, owner, (session) => contacts.addContact(session, tenant, now(), owner, ...rest)),
    acceptContact: (tenant, owner, ...rest) =>
      writing(tenant, owner, (session) => contacts.acceptContact(session, tenant, now(), owner, ...rest)),
    declineContact: (tenant, owner, ...rest) =>
      writing(tenant, owner, (session) => contacts.declineContact(session, tenant, owner, ...rest)),
    removeContact: (tenant, owner, ...rest) => writing(tenant, owner, (session) => contacts.removeContact(session, tenant, owner, ...rest)),
    saveContactGroup: (tenant, owner, ...rest) =>
      writing(tenant, owner, (session) => contacts.saveContactGroup(session, tenant, owner, ...rest)),
    removeContactGroup: (tenant, owner, ...rest) =>
      writing(tenant, owner, (session) => contacts.removeContactGroup(session, tenant, owner, ...rest)),
    arrangeContactGroups: (tenant, owner, ...rest) =>
      writing(tenant, owner, (session) => contacts.arrangeContactGroups(session, tenant, owner, ...rest)),
    setSettings: (tenant, owner, ...rest) => writing(tenant, owner, (session) => setSettings(session, tenant, owner, ...rest)),
  };
}
