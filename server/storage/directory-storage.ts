import type { DirectoryGroup, Person, PredefinedMessage, SharedMailbox } from '#protocol';
import type { TenantPolicies } from '../domain/policies.js';
import type { AuditDraft } from './audit-storage.js';

/** A person as the host gives them: what everybody may see, and what the server alone needs. */
export interface DirectoryPerson extends Person {
  /** May start conversations where the tenant's policy is `initiate: authorised` (E3). */
  initiate?: boolean | undefined;
}

/** What is kept of a person beside what `people` answers. */
export interface PersonRecord {
  person: Person;
  initiate: boolean;
  /** False once the host has deactivated them; giving them again makes them active. */
  active: boolean;
}

export type BrowsedField = 'name' | 'title' | 'organisation' | 'email' | 'phone';

export interface BrowsePage {
  /** Which field contains the text; any of them when absent. */
  field?: BrowsedField | undefined;
  contains?: string | undefined;
  group?: string | undefined;
  after?: string | undefined;
  limit: number;
}

/** A group with everybody in it. */
export interface GroupRecord extends Omit<DirectoryGroup, 'memberCount'> {
  members: readonly string[];
}

/** What a tenant was given; what it was not given has its default. */
export interface TenantRecord {
  policies: Partial<TenantPolicies>;
  predefined: PredefinedMessage[];
}

/** The directory and the decisions of each tenant, part of `Storage`. A `record` is written down in the transaction of what it tells, if that happens. */
export interface DirectoryStorage {
  // --- people -------------------------------------------------------------------------------------------------
  /**
   * Adds people to a tenant's directory, or replaces them; a field that is absent is removed, or kept as it is stored. Who was
   * deactivated is active again, unless absent fields are kept: that is what a sign-in does. Resolves to those that changed, as they
   * were given.
   */
  putPeople(tenant: string, people: readonly DirectoryPerson[], absent?: 'removed' | 'kept'): Promise<DirectoryPerson[]>;
  /** The known ones among these, in no order; of who was deactivated `chat` is `unavailable` (M5). */
  people(tenant: string, ids: readonly string[]): Promise<Person[]>;
  /** People with, for each of the words of `text`, a word in name, title or organisation that begins with it; by name. Active ones only. */
  searchPeople(tenant: string, text: string, limit: number): Promise<Person[]>;
  /** A page of the active people by name; `next` is the `after` of the page that follows (E24). An `after` that is none is refused INVALID. */
  browsePeople(tenant: string, page: BrowsePage): Promise<{ people: Person[]; next: string | null }>;
  /** Those known among these, by id. */
  personRecords(tenant: string, ids: readonly string[]): Promise<PersonRecord[]>;
  /** They are found no more and cannot be added anywhere; what they said stays. False when there is nobody of that id. */
  deactivatePerson(tenant: string, id: string, record?: AuditDraft): Promise<boolean>;

  // --- groups and mailboxes -------------------------------------------------------------------------------------
  /** Adds a group or replaces it. */
  putGroup(tenant: string, group: GroupRecord): Promise<void>;
  /** False when there was none. */
  removeGroup(tenant: string, id: string): Promise<boolean>;
  putMailbox(tenant: string, mailbox: SharedMailbox): Promise<void>;
  removeMailbox(tenant: string, id: string): Promise<boolean>;
  /** The known ones among these, in no order; `memberCount` counts the active people. */
  groups(tenant: string, ids: readonly string[]): Promise<DirectoryGroup[]>;
  mailboxes(tenant: string, ids: readonly string[]): Promise<SharedMailbox[]>;
  /** Groups with, for each of the words of `text`, a word in their name that begins with it; by name. */
  searchGroups(tenant: string, text: string, limit: number): Promise<DirectoryGroup[]>;
  searchMailboxes(tenant: string, text: string, limit: number): Promise<SharedMailbox[]>;

  // --- the tenant -----------------------------------------------------------------------------------------------
  tenant(tenant: string): Promise<TenantRecord>;
  /**
   * Changes the policies that are given and keeps the others. One that decides what state people are shown (`enabled`, `presence`,
   * `visibleDays`) gives each of them a new revision, so that nobody holds on to the state of before.
   */
  setPolicies(tenant: string, change: Partial<TenantPolicies>, record?: AuditDraft): Promise<TenantRecord>;
  setPredefined(tenant: string, messages: readonly PredefinedMessage[], record?: AuditDraft): Promise<TenantRecord>;
}
