import type { ContactGroup, ContactRequest, Person, Preferences, Settings } from '#protocol';
import type { Revised } from './storage.js';

/** What one user keeps of others and what others ask of them, whatever the policy `presence` makes of it (domain/contacts.ts). */
export interface ContactsRecord {
  /** In the order in which they were added; `mutual` when each has the other. */
  favourites: { user: string; mutual: boolean }[];
  /**
   * Who has this user as a favourite and is none of theirs, newest first, at most `LIMITS.contacts`. While they want not to be disturbed,
   * only who had asked before.
   */
  askedBy: ContactRequest[];
  groups: ContactGroup[];
  /** Everybody named in the above, in no order. */
  people: Person[];
  /** The state's revision at which all of this holds. */
  revision: number;
}

export type ContactsChanged =
  /**
   * `revised` are the users whose state has a new revision, the one who asked among them. Not who wants not to be disturbed: they get
   * theirs when that ends.
   */
  | { status: 'changed'; contacts: ContactsRecord; revised: Revised[] }
  /** It was so before. */
  | { status: 'unchanged'; contacts: ContactsRecord }
  /** Nobody who can be added, no request to accept, no such group. */
  | { status: 'not-found' }
  /** As many as there may be. */
  | { status: 'too-many' };

/** Favourites, personal groups and settings, part of `Storage`. Every change gives those whose state it changes their next revision. */
export interface ContactStorage {
  contacts(tenant: string, user: string): Promise<ContactsRecord>;
  /** Those among these who have the user as a favourite and are one of theirs. */
  mutualContacts(tenant: string, user: string, others: readonly string[]): Promise<string[]>;
  /** `user` becomes a favourite of `owner`; with `consent` they are asked, so their state changes too. */
  addContact(tenant: string, owner: string, user: string, consent: boolean): Promise<ContactsChanged>;
  /** Like `addContact`, but only of somebody who has `owner` as a favourite. */
  acceptContact(tenant: string, owner: string, user: string, consent: boolean): Promise<ContactsChanged>;
  /** `owner` is no favourite of `user` any more, unless each has the other. */
  declineContact(tenant: string, owner: string, user: string): Promise<ContactsChanged>;
  /** `user` is no favourite of `owner` any more; with `consent`, nor `owner` one of `user`. */
  removeContact(tenant: string, owner: string, user: string, consent: boolean): Promise<ContactsChanged>;
  /** Creates the group or replaces its name and people. People who are new to it must be active people of the directory. */
  saveContactGroup(tenant: string, owner: string, group: ContactGroup): Promise<ContactsChanged>;
  removeContactGroup(tenant: string, owner: string, id: string): Promise<ContactsChanged>;
  /** The order of these groups; the others keep theirs, after them. */
  arrangeContactGroups(tenant: string, owner: string, ids: readonly string[]): Promise<ContactsChanged>;
  /** Changes the settings that are given; the others stay, whoever set them meanwhile. */
  setSettings(tenant: string, user: string, change: Partial<Preferences>): Promise<{ settings: Settings; revision: number }>;
}
