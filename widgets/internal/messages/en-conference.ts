import type { PluralForms } from './en.js';

/** What the conference wizard says; loaded with it. */
export const conferenceMessages = {
  conference: 'Start group chat',
  conferenceRoom: 'Room name',
  conferenceDescription: 'Description (optional)',
  conferenceFind: 'Find people',
  conferenceAll: 'All people',
  conferenceBy_name: 'Name contains',
  conferenceBy_title: 'Title contains',
  conferenceBy_organisation: 'Organisation contains',
  conferenceBy_email: 'E-mail contains',
  conferenceBy_phone: 'Phone contains',
  conferenceByGroup: 'Group or resource',
  conferenceText: 'Text',
  conferenceNobody: 'Nobody found.',
  conferenceMore: 'Show more',
  conferenceSelectAll: 'Select all shown',
  conferenceChosen: { one: '{count} person selected', other: '{count} people selected' },
  conferenceNobodyChosen: 'Nobody selected yet',
  conferenceCreate: 'Create',
  conferenceFailed: 'The room could not be created.',
  conferenceSearchFailed: 'The search did not work.',
} as const satisfies Record<string, string | PluralForms>;
