import type { ContactStorage } from '../contact-storage.js';
import { mutualContacts, readContacts } from './contact-reader.js';
import * as contacts from './contact-writer.js';
import type { Database } from './database.js';
import { setSettings } from './settings.js';

/** Favourites, personal groups and settings. */
export function contactVerbs(database: Database, now: () => number = Date.now): ContactStorage {
  return {
    contacts: (tenant, user) => database.read(tenant, (session) => readContacts(session, tenant, user)),
    mutualContacts: (tenant, user, others) => database.read(tenant, (session) => mutualContacts(session, tenant, user, others)),
    addContact: (tenant, ...rest) => database.write(tenant, (session) => contacts.addContact(session, tenant, now(), ...rest)),
    acceptContact: (tenant, ...rest) => database.write(tenant, (session) => contacts.acceptContact(session, tenant, now(), ...rest)),
    declineContact: (tenant, ...rest) => database.write(tenant, (session) => contacts.declineContact(session, tenant, ...rest)),
    removeContact: (tenant, ...rest) => database.write(tenant, (session) => contacts.removeContact(session, tenant, ...rest)),
    saveContactGroup: (tenant, ...rest) => database.write(tenant, (session) => contacts.saveContactGroup(session, tenant, ...rest)),
    removeContactGroup: (tenant, ...rest) => database.write(tenant, (session) => contacts.removeContactGroup(session, tenant, ...rest)),
    arrangeContactGroups: (tenant, ...rest) => database.write(tenant, (session) => contacts.arrangeContactGroups(session, tenant, ...rest)),
    setSettings: (tenant, ...rest) => database.write(tenant, (session) => setSettings(session, tenant, ...rest)),
  };
}
