import type { PluralForms } from './en.js';

/** What is said where people are chosen, to begin a chat or for one (new-chat/). */
export const newChatMessages = {
  addPerson: 'Add people',
  personHint: 'Name, title or organisation',
  groupTitle: 'Title (optional)',
  groupDescription: 'Description (optional)',
  startChat: 'Start chat',
  removePerson: 'Remove {name}',
  personAdded: '{name} added',
  personRemoved: '{name} removed',
  hits: { one: '{count} person found', other: '{count} people found' },
} as const satisfies Record<string, string | PluralForms>;
